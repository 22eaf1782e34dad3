"""Whether people can do what the contingency plan says: drills, and what they have shown to be missing."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.contingency.choices import (
    DRILL_NEXT_STATES,
    GAP_NEXT_STATES,
    DrillKind,
    DrillResult,
    DrillState,
    GapState,
)
from assessments.contingency.feasibility import is_missed, is_target_missed
from assessments.contingency.querysets import DrillGapQuerySet, DrillQuerySet
from assessments.models.contingency import MOST_MINUTES, ContingencyPlan, ContingencyVersion
from riskhub.entry.columns import Day, Line, Prose
from riskhub.entry.days import HAPPENED, PLANNED

MOST_PEOPLE = 10_000
NEAR = timedelta(days=14)
"""So long before its day people prepare it, and may well hold it."""
MOST_TOOK = 7 * 24 * 60
"""Minutes of a drill: more than a week is a slip of the pen."""


class Drill(models.Model):
    """One drill of a plan: on which day, and what it showed.

    `timings` is [{"seq", "text", "target", "took"}]: the steps as they were then, the minutes that they
    are given and those that they took (null: not done). `proves_until` stands on one that passed,
    `next_due_on` on each that was held: until then the next one is due.
    """

    client_uuid = models.UUIDField(null=True, unique=True, editable=False)
    plan = models.ForeignKey(ContingencyPlan, models.PROTECT, related_name="drills")
    version = models.ForeignKey(
        ContingencyVersion, models.PROTECT, null=True, blank=True, related_name="drills",
        verbose_name=_("version"),
    )  # fmt: skip
    kind = models.CharField(_("kind of drill"), max_length=8, choices=DrillKind.choices)
    scheduled_on = Day(_("scheduled on"), span=PLANNED)
    state = models.CharField(
        _("state"), max_length=11, choices=DrillState.choices, default=DrillState.SCHEDULED
    )
    held_on = Day(_("held on"), null=True, blank=True, span=HAPPENED)
    attendance = models.PositiveIntegerField(
        _("people who took part"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PEOPLE)],
    )
    attendees = Prose(_("who took part"), blank=True, max_length=2000)
    target_took = models.PositiveIntegerField(
        _("minutes it took"), null=True, blank=True, validators=[MaxValueValidator(MOST_MINUTES)]
    )
    timings = models.JSONField(_("times of the steps"), default=list, blank=True)
    result = models.CharField(
        _("result"), max_length=6, choices=DrillResult.choices, blank=True, default=""
    )
    note = Prose(_("what was seen"), blank=True)
    missed_reason = Prose(_("why it was not held"), blank=True)
    proves_until = models.DateField(_("proven until"), null=True, blank=True)
    next_due_on = models.DateField(_("next one due"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("recorded by"),
    )  # fmt: skip
    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = DRILL_NEXT_STATES
    objects = DrillQuerySet.as_manager()

    class Meta:
        verbose_name = _("drill")
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state=DrillState.SCHEDULED),
                name="drill_one_scheduled",
            ),
            models.CheckConstraint(
                name="drill_state_known", condition=Q(state__in=DrillState.values)
            ),
            models.CheckConstraint(
                name="drill_held_has_result",
                condition=Q(
                    state=DrillState.HELD,
                    held_on__isnull=False,
                    next_due_on__isnull=False,
                    version__isnull=False,
                    result__in=DrillResult.values,
                )
                | ~Q(state=DrillState.HELD) & Q(held_on=None, result="", next_due_on=None),
            ),
            models.CheckConstraint(
                name="drill_proves_only_when_passed",
                condition=Q(result=DrillResult.PASS, proves_until__isnull=False)
                | ~Q(result=DrillResult.PASS) & Q(proves_until=None),
            ),
            models.CheckConstraint(
                name="drill_missed_has_reason",
                condition=~Q(state__in=[DrillState.MISSED, DrillState.RESCHEDULED])
                | ~Q(missed_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["scheduled_on"], name="drill_due", condition=Q(state=DrillState.SCHEDULED)
            ),
            models.Index(fields=["plan", "-held_on", "-id"], name="drill_last"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plan.code} {self.held_on or self.scheduled_on}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:drill_detail", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        return self.state == DrillState.SCHEDULED and self.scheduled_on < timezone.localdate()

    @property
    def is_near(self) -> bool:
        """Soon it is held, or it should have been."""
        return self.scheduled_on <= timezone.localdate() + NEAR

    @property
    def is_ahead(self) -> bool:
        return self.state == DrillState.SCHEDULED and self.scheduled_on >= timezone.localdate()

    @property
    def has_missed(self) -> bool:
        """Whether a step or the target was too late or not reached, when it was held."""
        if self.version is None:
            return False
        late = any(is_missed(one["took"], one["target"]) for one in self.timings)
        return late or is_target_missed(
            self.version.target, self.version.target_minutes, self.target_took
        )

    @property
    def day(self) -> Any:  # noqa: ANN401 - a date
        """On which it was held, or should be."""
        return self.held_on or self.scheduled_on


class DrillGap(models.Model):
    """What a drill has shown to be missing; who closes it until when, and another one who verifies it."""

    drill = models.ForeignKey(Drill, models.PROTECT, related_name="gaps")
    text = Line(_("what is missing"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="drill_gaps", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due"))
    state = models.CharField(
        _("status"), max_length=8, choices=GapState.choices, default=GapState.OPEN
    )
    note = Prose(_("what was done"), blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("done by"),
    )  # fmt: skip
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("verified by"),
    )  # fmt: skip
    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = GAP_NEXT_STATES
    objects = DrillGapQuerySet.as_manager()

    class Meta:
        verbose_name = _("gap of a drill")
        constraints = [
            models.CheckConstraint(name="drill_gap_not_blank", condition=~Q(text="")),
            models.CheckConstraint(
                name="drill_gap_verified_by_another",
                condition=Q(verified_by=None) | ~Q(verified_by=F("done_by")),
            ),
            models.CheckConstraint(
                name="drill_gap_done_has_note",
                condition=Q(state=GapState.OPEN)
                | ~Q(note="") & Q(done_by__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="drill_gap_verified_by_somebody",
                condition=~Q(state=GapState.VERIFIED) | Q(verified_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], name="drill_gap_open", condition=Q(state=GapState.OPEN)
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_overdue(self) -> bool:
        return self.state == GapState.OPEN and self.due_on < timezone.localdate()
