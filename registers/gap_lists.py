"""The gaps as lists and as numbers: what a number says and what its list shows are one queryset."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_stubs_ext import StrPromise

from registers.barriers import covered
from registers.choices import ControlState, ControlType
from registers.control_querysets import ControlQuerySet
from registers.gaps import CONTROL_GAPS, INEFFECTIVE, RISK_GAPS, ControlGap, RiskGap
from registers.models import Control, Risk, RiskControl
from registers.querysets import RiskQuerySet
from riskhub.accounts.models import User

GAPS: dict[str, RiskGap | ControlGap] = {gap.key: gap for gap in (*RISK_GAPS, *CONTROL_GAPS)}


@dataclass(frozen=True)
class GapCount:
    key: str
    words: StrPromise
    count: int


def gap_rows(key: str, user: User) -> RiskQuerySet | ControlQuerySet:
    """Open risks that lack something, or controls that may not hold, which the user sees; in order."""
    gap = GAPS[key]
    if isinstance(gap, RiskGap):
        return risks_lacking(gap, user).in_ranking()
    return controls_with(gap, user).order_by("next_check_on", "number")


def gap_counts(user: User) -> list[GapCount]:
    """One query for each gap, however many risks there are."""
    return [GapCount(key, gap.words, gap_rows(key, user).order_by().count())
            for key, gap in GAPS.items()]  # fmt: skip


def risks_lacking(gap: RiskGap, user: User) -> RiskQuerySet:
    """As `gaps_of_risk` has it, in the database."""
    held = RiskControl.objects.filter(
        risk=OuterRef("pk"), control__type=gap.lacks, control__state=ControlState.ACTIVE
    )
    risks = Risk.objects.visible_to(user).open().filter(residual_level__gte=gap.from_level)
    missing = ~Q(Exists(held))
    for condition in covered() if gap.lacks == ControlType.EMERGENCY else ():
        missing &= ~condition
    return risks.filter(missing)


def controls_with(gap: ControlGap, user: User) -> ControlQuerySet:
    """As `gaps_of_control` has it, in the database."""
    controls = Control.objects.visible_to(user)
    if gap == INEFFECTIVE:
        return controls.ineffective()
    return controls.overdue(timezone.localdate())
