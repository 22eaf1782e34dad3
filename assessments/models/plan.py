from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import (
    LIVE_PLAN_STATES,
    PLAN_NEXT_STATES,
    Decision,
)
from assessments.querysets import PlanQuerySet
from registers.choices import Level, PlanState, Strategy
from registers.models import Risk
from riskhub.accounts.names import name_for
from riskhub.entry.columns import Prose


class ResponsePlan(models.Model):
    """The answer to one risk. Its text lives in versions; `head` is the newest one."""

    number = models.PositiveIntegerField(unique=True)
    code = models.CharField(max_length=12, unique=True)
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="plans")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="owned_plans",
        verbose_name=_("owner"),
    )
    state = models.CharField(
        _("status"), max_length=18, choices=PlanState.choices, default=PlanState.DRAFT
    )
    head = models.OneToOneField(
        "PlanVersion", models.PROTECT, null=True, blank=True, related_name="head_of"
    )
    in_force = models.OneToOneField(
        "PlanVersion", models.PROTECT, null=True, blank=True, related_name="in_force_of",
        verbose_name=_("version in force"),
    )  # fmt: skip
    ended_reason = Prose(_("reason for ending"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    row_version = models.PositiveIntegerField(default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = PLAN_NEXT_STATES
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("response plan")
        constraints = [
            models.UniqueConstraint(
                fields=["risk"],
                name="one_live_plan_per_risk",
                condition=Q(state__in=LIVE_PLAN_STATES),
            )
        ]
        indexes = [models.Index(fields=["state", "id"], name="plan_state")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_PLAN_STATES


class PlanVersion(models.Model):
    """One wording of a plan.

    `content` is canonical JSON (a text, so that what was hashed can be shown byte for byte) and
    `content_hash` its sha256, computed by the database. Submitting freezes the row (a trigger refuses
    changes); a further word makes a new version. The columns repeat those parts of the content that
    the database itself checks.
    """

    plan = models.ForeignKey(ResponsePlan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.TextField()
    content_hash = models.GeneratedField(
        expression=Func(F("content"), function="public.text_sha256"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )
    strategy = models.CharField(_("strategy"), max_length=8, choices=Strategy.choices)
    scheme = models.ForeignKey(
        "MatrixScheme", models.PROTECT, null=True, blank=True, related_name="+"
    )
    residual_probability = models.PositiveSmallIntegerField(null=True, blank=True)
    residual_impact = models.PositiveSmallIntegerField(null=True, blank=True)
    residual_level = models.PositiveSmallIntegerField(null=True, blank=True, choices=Level.choices)
    target_probability = models.PositiveSmallIntegerField(null=True, blank=True)
    target_impact = models.PositiveSmallIntegerField(null=True, blank=True)
    target_level = models.PositiveSmallIntegerField(null=True, blank=True, choices=Level.choices)
    accept_reason = Prose(blank=True)
    accept_until = models.DateField(null=True, blank=True)
    special_measures = Prose(_("special measures"), blank=True, default="", db_default="")
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("sponsor"),
    )  # fmt: skip
    requires_approval = models.BooleanField(default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted_versions",
        verbose_name=_("submitted by"),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a plan")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(fields=["id", "content_hash"], name="plan_version_hash"),
            models.CheckConstraint(
                name="plan_version_submitted_whole",
                condition=Q(submitted_by=None, submitted_at=None)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accept_only_low_or_approved",
                condition=~Q(strategy=Strategy.ACCEPT)
                | Q(submitted_at=None)
                | Q(residual_probability__lte=2, residual_impact__lte=2)
                | (Q(requires_approval=True, accept_until__isnull=False) & ~Q(accept_reason="")),
            ),
            models.CheckConstraint(
                name="high_plan_requires_approval",
                condition=Q(submitted_at=None)
                | Q(residual_level__lt=Level.HIGH)
                | Q(requires_approval=True),
            ),
            models.CheckConstraint(
                name="submitted_plan_knows_its_level",
                condition=Q(submitted_at=None) | Q(residual_level__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"

    @property
    def is_frozen(self) -> bool:
        return self.submitted_at is not None


class PlanAuthor(models.Model):
    """Who wrote words of this version: none of them may approve it."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="authors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="plan_author_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.user}"


class Approval(models.Model):
    """A decision on exactly this content: a composite foreign key binds it to (version, hash)."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="approvals")
    content_hash = models.CharField(_("hash of the text"), max_length=64)
    step = models.PositiveSmallIntegerField(default=1)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals",
        verbose_name=_("decided by"),
    )  # fmt: skip
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("in the name of"),
    )  # fmt: skip
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices)
    comment = Prose(_("comment"), blank=True)
    at = models.DateTimeField(_("decided at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision on a plan")
        constraints = [
            models.UniqueConstraint(fields=["version", "step"], name="approval_once_per_step"),
            models.CheckConstraint(
                name="approval_refusal_has_comment",
                condition=Q(decision=Decision.APPROVED) | ~Q(comment=""),
            ),
            models.CheckConstraint(
                name="approval_for_another",
                condition=Q(on_behalf_of=None) | ~Q(on_behalf_of=F("approver")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def who(self) -> str:
        """As in: Wang Fang for Ma Wenbin."""
        return name_for(self.approver, self.on_behalf_of)
