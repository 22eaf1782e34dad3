"""A change of how the company works; it does not go live before its risks were judged again."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.changes.querysets import ChangeQuerySet, ChangeRiskQuerySet
from assessments.choices import (
    CHANGE_NEXT_STATES,
    ChangeKind,
    ChangeOrigin,
    ChangeOutcome,
    ChangeState,
)
from assessments.models.reassessment import ReassessmentTask
from registers.models import Control, ProcessNode, Risk, Supplier
from registers.models.titled import Titled
from riskhub.accounts.models import Department
from riskhub.entry.columns import Day, Line, Prose
from riskhub.entry.days import HAPPENED, PLANNED


class ProcessChange(Titled, models.Model):
    """What is changed, where, when and how it is undone.

    `none_affected` is the word of whoever looked and found no risk that it touches. `first_planned_on` stays
    empty until it is postponed.
    """

    number = models.PositiveIntegerField(unique=True, editable=False)
    code = models.CharField(max_length=12, unique=True, editable=False)
    client_uuid = models.UUIDField(null=True, unique=True, editable=False)
    title = Line(_("what is changed"), max_length=200)
    title_alt = Line(
        _("name in the other language"), max_length=200, blank=True, default="", db_default=""
    )
    lang = models.CharField(
        _("language of the text"), max_length=10, default="zh-hans", choices=settings.LANGUAGES
    )
    kind = models.CharField(_("kind"), max_length=9, choices=ChangeKind.choices)
    description = Prose(_("description"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="changes", verbose_name=_("department")
    )
    nodes = models.ManyToManyField(
        ProcessNode, blank=True, related_name="changes", verbose_name=_("process steps")
    )
    controls = models.ManyToManyField(
        Control, blank=True, related_name="changes", verbose_name=_("controls")
    )
    suppliers = models.ManyToManyField(
        Supplier, blank=True, related_name="changes", verbose_name=_("suppliers")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    planned_on = Day(_("planned for"), span=PLANNED)
    first_planned_on = models.DateField(_("planned for at first"), null=True, blank=True)
    effective_on = Day(_("live since"), span=HAPPENED, null=True, blank=True)
    rollback = Prose(_("how it is undone"), blank=True)
    none_affected = Prose(_("why no risk is affected"), blank=True)
    state = models.CharField(
        _("status"), max_length=11, choices=ChangeState.choices, default=ChangeState.DRAFT
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=6, choices=ChangeOutcome.choices, blank=True
    )
    early_reason = Prose(_("why it is live before its day"), blank=True, default="", db_default="")
    implemented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("put live by"),
    )  # fmt: skip
    review = Prose(_("what the review found"), blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("reviewed by"),
    )  # fmt: skip
    cancelled_reason = Prose(_("why it is cancelled"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    row_version = models.PositiveIntegerField(default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = CHANGE_NEXT_STATES
    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("process change")
        constraints = [
            models.CheckConstraint(name="process_change_title_not_blank", condition=~Q(title="")),
            models.CheckConstraint(
                name="process_change_live_since_a_day",
                condition=Q(
                    state__in=[ChangeState.IMPLEMENTED, ChangeState.REVIEWED],
                    effective_on__isnull=False,
                )
                | (
                    ~Q(state__in=[ChangeState.IMPLEMENTED, ChangeState.REVIEWED])
                    & Q(effective_on=None)
                ),
            ),
            models.CheckConstraint(
                name="process_change_reviewed_with_outcome",
                condition=(Q(state=ChangeState.REVIEWED) & ~Q(outcome="") & ~Q(review=""))
                | (~Q(state=ChangeState.REVIEWED) & Q(outcome="", review="")),
            ),
            models.CheckConstraint(
                name="process_change_cancelled_with_reason",
                condition=(Q(state=ChangeState.CANCELLED) & ~Q(cancelled_reason=""))
                | (~Q(state=ChangeState.CANCELLED) & Q(cancelled_reason="")),
            ),
            models.CheckConstraint(
                name="process_change_reviewed_by_another",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("implemented_by")),
            ),
        ]
        indexes = [models.Index(fields=["state", "planned_on"], name="process_change_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:change_detail", args=[self.code])

    @property
    def judged(self) -> int:
        """Of a row of the list: how many of its risks are judged again, or need not be."""
        return int(self.asked - self.to_do)  # type: ignore[attr-defined]  # see `for_list`

    @property
    def is_draft(self) -> bool:
        return bool(self.state == ChangeState.DRAFT)


class ChangeRisk(models.Model):
    """A risk that a change touches. Of a draft only those that somebody added or took off by hand.

    Waived for this change alone: another one that shares the task waits on.
    """

    change = models.ForeignKey(ProcessChange, models.PROTECT, related_name="risks")
    risk = models.ForeignKey(
        Risk, models.PROTECT, related_name="change_risks", verbose_name=_("risk")
    )
    origin = models.CharField(_("found by"), max_length=8, choices=ChangeOrigin.choices)
    task = models.ForeignKey(
        ReassessmentTask, models.PROTECT, null=True, blank=True, related_name="change_risks",
        verbose_name=_("reassessment task"),
    )  # fmt: skip
    removed_reason = Prose(_("why it is not affected"), blank=True)
    waived_reason = Prose(_("why it is not needed"), blank=True, default="", db_default="")

    objects = ChangeRiskQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk of a process change")
        constraints = [
            models.UniqueConstraint(fields=["change", "risk"], name="change_risk_once"),
            models.CheckConstraint(
                name="change_risk_removed_has_no_task",
                condition=Q(removed_reason="") | Q(task=None),
            ),
            models.CheckConstraint(
                name="change_risk_waived_of_a_task",
                condition=Q(waived_reason="") | Q(task__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change} {self.risk}"

    @property
    def is_to_do(self) -> bool:
        """Still to be judged again for this change."""
        return bool(self.task and self.task.is_open and not self.waived_reason)
