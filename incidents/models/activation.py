"""People act by a contingency plan because it happened: which steps, when, by whom."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.contingency.feasibility import is_missed
from assessments.models import ContingencyPlan, ContingencyVersion
from assessments.models.contingency import said_actor
from incidents.activations.querysets import ActivationQuerySet, ActivationStepQuerySet
from incidents.models.incident import Incident
from riskhub.accounts.bilingual import in_language
from riskhub.accounts.models import Department
from riskhub.entry.columns import Line, Prose

_USER: Any = settings.AUTH_USER_MODEL


class ContingencyActivation(models.Model):
    """Of one incident a plan runs once at a time; ended with a summary it stays as it was."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="activations")
    plan = models.ForeignKey(
        ContingencyPlan, models.PROTECT, related_name="activations",
        verbose_name=_("contingency plan"),
    )  # fmt: skip
    version = models.ForeignKey(ContingencyVersion, models.PROTECT, related_name="activations")
    started_at = models.DateTimeField(_("begun at"), default=timezone.now)
    started_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")
    summary = Prose(_("how it went"), max_length=2000, blank=True)

    objects = ActivationQuerySet.as_manager()

    class Meta:
        verbose_name = _("activation of a contingency plan")
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "plan"], condition=Q(ended_at=None),
                name="activation_runs_once",
            ),
            models.CheckConstraint(
                name="activation_ended_with_a_summary",
                condition=Q(ended_at=None, ended_by=None, summary="")
                | (Q(ended_at__gte=F("started_at"), ended_by__isnull=False) & ~Q(summary="")),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["plan", "-started_at"], name="activation_of_plan")]

    def __str__(self) -> str:
        return f"{self.incident.code} {self.plan.code}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


class ActivationStep(models.Model):
    """A step as the version in force gave it, and when it was done."""

    activation = models.ForeignKey(ContingencyActivation, models.PROTECT, related_name="steps")
    seq = models.PositiveSmallIntegerField()
    minute = models.PositiveIntegerField(_("minute"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("department"),
    )  # fmt: skip
    who = Line(_("who"), max_length=100, blank=True)
    text_zh = Line(_("what to do"), max_length=300, blank=True)
    text_en = Line(_("what to do, in English"), max_length=300, blank=True)
    phone = Line(_("phone"), max_length=40, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        _USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )

    objects = ActivationStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an activation")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["activation", "seq"], name="activation_step_once"),
            models.CheckConstraint(
                name="activation_step_done_by_somebody",
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)

    @property
    def actor(self) -> str:
        return said_actor(self.who, self.department)

    @property
    def due_at(self) -> datetime:
        return self.activation.started_at + timedelta(minutes=self.minute)

    @property
    def took(self) -> int | None:
        """Whole minutes from the beginning; None while it is not done."""
        if self.done_at is None:
            return None
        return int((self.done_at - self.activation.started_at).total_seconds() // 60)

    @property
    def is_late(self) -> bool:
        """Done later than it should have been; what is due at once may take any time."""
        return self.took is not None and is_missed(self.took, self.minute)
