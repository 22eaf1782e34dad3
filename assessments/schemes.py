"""Read the scheme in force: its grid, and what a level demands in an area."""

from dataclasses import dataclass

from assessments.matrix import Grid
from assessments.models import AppetiteRule, MatrixCell, MatrixScheme
from registers.choices import Level


class NoScheme(Exception):  # noqa: N818 - reads as what it says
    """No matrix is in force: `manage.py load_library` brings the standard one."""


@dataclass(frozen=True)
class Demand:
    """What a risk at a level asks for: a plan, an approval within days, a review within months."""

    needs_plan: bool
    needs_approval: bool
    approval_days: int | None
    review_months: int | None
    text: str


def scheme_in_force() -> MatrixScheme:
    scheme = MatrixScheme.objects.in_force().first()
    if scheme is None:
        raise NoScheme("no matrix scheme is in force")
    return scheme


def grid_in_force() -> Grid:
    """One query; raises NoScheme."""
    rows = list(
        MatrixCell.objects.filter(scheme__state="in_force").values_list(
            "scheme_id", "probability", "impact", "level"
        )
    )
    if not rows:
        raise NoScheme("no matrix scheme is in force")
    return Grid.of(rows[0][0], (row[1:] for row in rows))


def demand_of(scheme: int, level: int, area_id: int | None) -> Demand:
    """The rule of the level, made stricter where the area tolerates less."""
    rules = list(AppetiteRule.objects.filter(scheme=scheme))
    general = next(rule for rule in rules if rule.area_id is None and rule.level == level)
    limits = [rule.level for rule in rules if rule.area_id is not None and rule.area_id == area_id]
    is_stricter = bool(limits) and level > min(limits)
    if not is_stricter or general.needs_approval:
        return _demand(general, general)
    approval = next(rule for rule in rules if rule.area_id is None and rule.level == Level.HIGH)
    return _demand(general, approval)


def _demand(review: AppetiteRule, approval: AppetiteRule) -> Demand:
    return Demand(
        needs_plan=approval.needs_plan,
        needs_approval=approval.needs_approval,
        approval_days=approval.approval_days,
        review_months=review.review_months,
        text=approval.text,
    )
