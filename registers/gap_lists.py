"""The gaps as lists and as numbers: what a number says and what its list shows are one queryset."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django_stubs_ext import StrPromise

from registers.barriers import covered
from registers.choices import ControlState, ControlType, Effectiveness
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
    """Two queries, however many risks, controls and kinds of gap there are."""
    risks = Risk.objects.visible_to(user).open()
    lowest = min(gap.from_level for gap in RISK_GAPS)
    lacking = {gap.key: Count("pk", filter=_lacks(gap)) for gap in RISK_GAPS}
    counts = risks.filter(residual_level__gte=lowest).order_by().aggregate(**lacking)
    controls = Control.objects.visible_to(user).with_last_check()
    counts |= controls.tally({gap.key: _has(gap) for gap in CONTROL_GAPS})
    return [GapCount(key, gap.words, counts[key]) for key, gap in GAPS.items()]


def risks_lacking(gap: RiskGap, user: User) -> RiskQuerySet:
    """As `gaps_of_risk` has it, in the database."""
    return Risk.objects.visible_to(user).open().filter(_lacks(gap))


def controls_with(gap: ControlGap, user: User) -> ControlQuerySet:
    """As `gaps_of_control` has it, in the database."""
    return Control.objects.visible_to(user).with_last_check().filter(_has(gap))


def _lacks(gap: RiskGap) -> Q:
    """Of such a level, and nothing in use is of that type."""
    held = RiskControl.objects.filter(
        risk=OuterRef("pk"), control__type=gap.lacks, control__state=ControlState.ACTIVE
    )
    lacking = Q(residual_level__gte=gap.from_level) & ~Q(Exists(held))
    for condition in covered() if gap.lacks == ControlType.EMERGENCY else ():
        lacking &= ~condition
    return lacking


def _has(gap: ControlGap) -> Q:
    """Of controls `with_last_check()`."""
    in_use = Q(state=ControlState.ACTIVE)
    if gap == INEFFECTIVE:
        return in_use & Q(last_result=Effectiveness.INEFFECTIVE)
    return in_use & Q(next_check_on__lt=timezone.localdate())
