"""A level that the matrix in force gives, and nobody has judged: the owner is asked to confirm it."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from assessments.choices import ReassessmentReason
from assessments.models import MatrixScheme
from assessments.services.reassessments import Cause, open_reassessments
from registers.choices import Level
from riskhub.accounts.models import User
from riskhub.audit.context import acting

LOOK_AGAIN_WITHIN = timedelta(days=30)
"""Unless the level asks for an approval sooner."""


def ask_to_confirm_levels(
    scheme: MatrixScheme,
    levels: Mapping[int, int],
    approval_days: Mapping[int, int | None],
    *,
    by: User | None,
) -> None:
    """`levels`: {key of a risk: its level there}; `approval_days` by level."""
    with acting(by, "reassessment.opened"):
        today = timezone.localdate()
        due = {level: _within(approval_days.get(level)) for level in Level.values}
        open_reassessments(
            [
                Cause(
                    risk, ReassessmentReason.SCHEME, today + due[level], ref=f"scheme:{scheme.number}",
                    label_zh=f"按矩阵 {scheme.code} 确认", label_en=f"Confirm under matrix {scheme.code}",
                )
                for risk, level in levels.items()
            ],
            by=by,
        )  # fmt: skip


def _within(approval_days: int | None) -> timedelta:
    if not approval_days:
        return LOOK_AGAIN_WITHIN
    return min(LOOK_AGAIN_WITHIN, timedelta(days=approval_days))
