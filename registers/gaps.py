"""Where protection is missing: one rule for the page of a risk, the list of gaps and every number.

A risk of such a level that has no control in use of such a type; a control in use whose last check
found that it does not work, or whose check is overdue.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from registers.choices import ControlState, ControlType, Effectiveness, Level


@dataclass(frozen=True)
class RiskGap:
    """From this level on a risk needs a control of this type."""

    key: str
    from_level: Level
    lacks: ControlType
    words: StrPromise


@dataclass(frozen=True)
class ControlGap:
    key: str
    words: StrPromise


NO_PREVENTIVE = RiskGap(
    "no_preventive", Level.HIGH, ControlType.PREVENTIVE, _("No preventive control")
)
NO_EMERGENCY = RiskGap(
    "no_emergency", Level.CRITICAL, ControlType.EMERGENCY,
    _("No emergency control or contingency plan"),
)  # fmt: skip
RISK_GAPS = (NO_PREVENTIVE, NO_EMERGENCY)
INEFFECTIVE = ControlGap("ineffective", _("Last check: ineffective"))
OVERDUE = ControlGap("overdue", _("Check overdue"))
CONTROL_GAPS = (INEFFECTIVE, OVERDUE)


def gaps_of_risk(level: int | None, types: Collection[str]) -> list[RiskGap]:
    """`types` are those of the controls in use; a contingency plan counts as an emergency control."""
    if level is None:
        return []
    return [gap for gap in RISK_GAPS if level >= gap.from_level and gap.lacks not in types]


def gaps_of_control(state: str, last_result: str | None, *, is_overdue: bool) -> list[ControlGap]:
    """Only what is in use protects, so only that can have a gap."""
    if state != ControlState.ACTIVE:
        return []
    found = [INEFFECTIVE] if last_result == Effectiveness.INEFFECTIVE else []
    return [*found, OVERDUE] if is_overdue else found
