from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import (
    REASSESSMENT_NEXT_STATES,
    ReassessmentReason,
    ReassessmentState,
)
from assessments.models.assessment import Assessment
from assessments.querysets import ReassessmentQuerySet
from registers.models import Risk
from riskhub.accounts.bilingual import in_language, is_english
from riskhub.entry.columns import Prose


class ReassessmentTask(models.Model):
    """A risk has to be looked at again, for one reason; whoever owns the risk owns the task.

    `ref` names the cause for the program (as in "change:CH-003"), the labels name it for people. One
    open task per risk and reason: twelve incidents ask once. An assessment that was submitted later
    than the task was opened finishes it when it is confirmed.
    """

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="reassessments")
    reason = models.CharField(_("reason"), max_length=10, choices=ReassessmentReason.choices)
    ref = models.CharField(max_length=100, blank=True)
    label_zh = models.CharField(_("cause in Chinese"), max_length=300, blank=True)
    label_en = models.CharField(_("cause in English"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)
    due_on = models.DateField(_("due"))
    state = models.CharField(
        _("status"), max_length=6, choices=ReassessmentState.choices, default=ReassessmentState.OPEN
    )
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="reassessments",
        verbose_name=_("assessment"),
    )  # fmt: skip
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("closed by"),
    )  # fmt: skip
    waived_reason = Prose(_("why it is not needed"), blank=True)
    row_version = models.PositiveIntegerField(default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = REASSESSMENT_NEXT_STATES
    objects = ReassessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("reassessment task")
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "reason"],
                name="one_open_reassessment_per_reason",
                condition=Q(state=ReassessmentState.OPEN),
            ),
            models.CheckConstraint(
                name="reassessment_done_by_assessment",
                condition=Q(state=ReassessmentState.DONE, assessment__isnull=False)
                | (~Q(state=ReassessmentState.DONE) & Q(assessment=None)),
            ),
            models.CheckConstraint(
                name="reassessment_waived_with_reason",
                condition=~Q(state=ReassessmentState.WAIVED) | ~Q(waived_reason=""),
            ),
            models.CheckConstraint(
                name="reassessment_closed_has_time",
                condition=Q(state=ReassessmentState.OPEN, closed_at=None)
                | (~Q(state=ReassessmentState.OPEN) & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="reassessment_open",
                condition=Q(state=ReassessmentState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return f"{self.risk}: {self.get_reason_display()}"

    @property
    def label_language(self) -> str:
        """For `lang=` where the cause is written in the other language alone, else empty."""
        is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in self.label)
        return "zh-Hans" if is_english() and is_chinese else ""

    @property
    def is_open(self) -> bool:
        return bool(self.state == ReassessmentState.OPEN)

    @property
    def label(self) -> str:
        """What it was that asked for it, in the reader's language; may be empty."""
        return in_language(self.label_zh, self.label_en)
