from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import (
    ASSESSMENT_NEXT_STATES,
    AssessmentState,
    Confidence,
    Method,
    Trigger,
)
from assessments.effects import MOST_STEPS
from assessments.models.matrix import MatrixScheme
from assessments.querysets import AssessmentQuerySet
from registers.choices import Level
from registers.models import InsurancePolicy, Risk
from riskhub.accounts.names import name_for
from riskhub.entry.columns import Prose


class Assessment(models.Model):
    """A judgement of one risk under one scheme: inherent, residual and perhaps target.

    Levels are never typed: a composite foreign key (scheme, p, i, level) to the cells keeps them true,
    and a check keeps each triple whole or empty. One assessment per risk is confirmed.
    """

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="assessments")
    scheme = models.ForeignKey(MatrixScheme, models.PROTECT, related_name="assessments")
    method = models.CharField(
        _("method"), max_length=12, choices=Method.choices, default=Method.MATRIX
    )
    trigger = models.CharField(max_length=10, choices=Trigger.choices, default=Trigger.INITIAL)
    inherent_probability = models.PositiveSmallIntegerField(
        _("inherent probability"), null=True, blank=True
    )
    inherent_impact = models.PositiveSmallIntegerField(_("inherent impact"), null=True, blank=True)
    inherent_level = models.PositiveSmallIntegerField(
        null=True, editable=False, choices=Level.choices
    )
    residual_probability = models.PositiveSmallIntegerField(
        _("residual probability"), null=True, blank=True
    )
    residual_impact = models.PositiveSmallIntegerField(_("residual impact"), null=True, blank=True)
    residual_level = models.PositiveSmallIntegerField(
        null=True, editable=False, choices=Level.choices
    )
    target_probability = models.PositiveSmallIntegerField(
        _("target probability"), null=True, blank=True
    )
    target_impact = models.PositiveSmallIntegerField(_("target impact"), null=True, blank=True)
    target_level = models.PositiveSmallIntegerField(
        null=True, editable=False, choices=Level.choices
    )
    rationale = Prose(_("reasons"), blank=True)
    evidence = Prose(_("evidence"), blank=True, default="", db_default="")
    confidence = models.CharField(
        _("confidence"), max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    net_of_policy = models.ForeignKey(
        InsurancePolicy, models.PROTECT, null=True, blank=True, related_name="assessments",
        verbose_name=_("net of the policy"),
    )  # fmt: skip
    policy_impact = models.PositiveSmallIntegerField(
        _("policy lowers the impact by"), default=0, db_default=0
    )
    policy_until = models.DateField(
        _("policy valid until"), null=True, blank=True,
        help_text=_("As it stood when the risk was judged."),
    )  # fmt: skip
    is_unlinked_import = models.BooleanField(_("imported, controls not linked"), default=False)
    state = models.CharField(
        _("status"), max_length=10, choices=AssessmentState.choices, default=AssessmentState.DRAFT
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="assessments", verbose_name=_("assessed by"),
    )  # fmt: skip
    assessed_on = models.DateField(_("assessed on"), default=timezone.localdate)
    submitted_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmed_assessments",
        verbose_name=_("confirmed by"),
    )
    confirmed_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("confirmed in the name of"),
    )  # fmt: skip
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    rejected_reason = Prose(_("reason for sending back"), blank=True)
    client_uuid = models.UUIDField(null=True, unique=True, editable=False)
    client_digest = models.CharField(
        max_length=64, blank=True, default="", db_default="", editable=False
    )
    row_version = models.PositiveIntegerField(default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = ASSESSMENT_NEXT_STATES
    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        constraints = [
            models.UniqueConstraint(
                fields=["risk"],
                name="one_confirmed_assessment_per_risk",
                condition=Q(state=AssessmentState.CONFIRMED),
            ),
            models.UniqueConstraint(
                fields=["risk"],
                name="one_pending_assessment_per_risk",
                condition=Q(state=AssessmentState.SUBMITTED),
            ),
            models.CheckConstraint(
                name="residual_not_above_inherent",
                condition=Q(residual_probability__lte=F("inherent_probability"))
                & Q(residual_impact__lte=F("inherent_impact")),
            ),
            models.CheckConstraint(
                name="target_not_above_residual",
                condition=Q(target_probability=None)
                | (
                    Q(target_probability__lte=F("residual_probability"))
                    & Q(target_impact__lte=F("residual_impact"))
                ),
            ),
            models.CheckConstraint(
                name="assessment_rated_unless_draft",
                condition=Q(state=AssessmentState.DRAFT)
                | Q(inherent_level__isnull=False, residual_level__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_confirmed_has_time",
                condition=Q(
                    state__in=[AssessmentState.CONFIRMED, AssessmentState.SUPERSEDED],
                    confirmed_at__isnull=False,
                )
                | (
                    ~Q(state__in=[AssessmentState.CONFIRMED, AssessmentState.SUPERSEDED])
                    & Q(confirmed_at=None)
                ),
            ),
            models.CheckConstraint(
                name="high_assessment_confirmed_by_another",
                condition=~Q(state=AssessmentState.CONFIRMED)
                | Q(inherent_level__lt=Level.HIGH, residual_level__lt=Level.HIGH)
                | (
                    Q(confirmed_by__isnull=False)
                    & (Q(assessor=None) | ~Q(confirmed_by=F("assessor")))
                ),
            ),
            models.CheckConstraint(
                name="assessment_confirmed_for_another",
                condition=Q(confirmed_for=None)
                | (
                    ~Q(confirmed_for=F("confirmed_by"))
                    & (Q(assessor=None) | ~Q(confirmed_for=F("assessor")))
                ),
            ),
            models.CheckConstraint(
                name="assessment_net_of_policy_whole",
                condition=Q(net_of_policy=None, policy_impact=0, policy_until=None)
                | Q(net_of_policy__isnull=False, policy_impact__range=(1, MOST_STEPS)),
            ),
            models.CheckConstraint(
                name="assessment_net_of_policy_in_force",
                condition=Q(policy_until=None) | Q(policy_until__gte=F("assessed_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["risk", "-id"], name="assessment_risk"),
            models.Index(
                fields=["id"],
                name="assessment_waiting",
                condition=Q(state=AssessmentState.SUBMITTED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk} ({self.residual_probability},{self.residual_impact})"

    @property
    def confirmer(self) -> str:
        """Who confirmed it, and for whom; empty while nobody has."""
        return name_for(self.confirmed_by, self.confirmed_for) if self.confirmed_by else ""

    @property
    def needs_second_person(self) -> bool:
        """High and Critical, inherent or residual, are confirmed by somebody else."""
        return max(self.inherent_level or 0, self.residual_level or 0) >= Level.HIGH
