"""Read the scheme in force: its grid, and what a level demands in an area."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessments.choices import SchemeState
from assessments.matrix import Grid, is_high_high
from assessments.models import AppetiteRule, MatrixCell, MatrixScheme
from assessments.schemes.content import MONTHS_OF_CRITICAL
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
    needs_special_measures: bool = False
    needs_contingency: bool = False


@dataclass(frozen=True)
class Appetite:
    """The rules of one scheme, read once for however many risks."""

    rules: Sequence[AppetiteRule]

    def demand(
        self, level: int, area_id: int | None, pair: tuple[int, int] | None = None
    ) -> Demand:
        """The rule of the level, made stricter where the area tolerates less.

        Critical, and with `pair` the corner in which both scores are high, is looked at every month,
        whatever the scheme says; in the corner the plan names special measures and a contingency plan.
        """
        found = self._demand(level, area_id)
        if pair and is_high_high(*pair):
            found = replace(found, needs_special_measures=True, needs_contingency=True)
        if level == Level.CRITICAL or (pair and is_high_high(*pair)):
            return replace(found, review_months=MONTHS_OF_CRITICAL)
        return found

    def _demand(self, level: int, area_id: int | None) -> Demand:
        general = self._of_level(level)
        limits = [rule.level for rule in self.rules if rule.area_id and rule.area_id == area_id]
        if general.needs_approval or not limits or level <= min(limits):
            return _demand(general, general)
        return _demand(general, self._of_level(Level.HIGH))

    @property
    def approval_days(self) -> dict[int, int]:
        """{level rank: days until management should have decided}.

        A lower level waits for a decision too, where the area is stricter or the risk is accepted: it
        has as long as a High one. Empty where the scheme sets no days at all.
        """
        days = {
            rule.level: rule.approval_days
            for rule in self.rules
            if rule.area_id is None and rule.needs_approval and rule.approval_days is not None
        }
        usual = days.get(Level.HIGH, max(days.values(), default=None))
        return {} if usual is None else {level: days.get(level, usual) for level in Level.values}

    @property
    def own_approval_days(self) -> dict[int, int | None]:
        """{level rank: days}, as the level itself says."""
        return {level: self._of_level(level).approval_days for level in Level.values}

    def _of_level(self, level: int) -> AppetiteRule:
        return next(rule for rule in self.rules if rule.area_id is None and rule.level == level)


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


def appetite_of(scheme: int) -> Appetite:
    """One query."""
    return Appetite(list(AppetiteRule.objects.filter(scheme=scheme)))


def demand_of(
    scheme: int, level: int, area_id: int | None, pair: tuple[int, int] | None = None
) -> Demand:
    """For a single risk; many ask `appetite_of` once."""
    return appetite_of(scheme).demand(level, area_id, pair)


def appetite_today() -> Appetite:
    """Of the scheme in force, by which every risk reads its level; one query."""
    return Appetite(list(AppetiteRule.objects.filter(scheme__state=SchemeState.IN_FORCE)))


def demand_today(level: int, area_id: int | None) -> Demand:
    """For a single risk; many ask `appetite_today` once."""
    return appetite_today().demand(level, area_id)


def _demand(review: AppetiteRule, approval: AppetiteRule) -> Demand:
    return Demand(
        needs_plan=approval.needs_plan,
        needs_approval=approval.needs_approval,
        approval_days=approval.approval_days,
        review_months=review.review_months,
        text=approval.text,
        needs_special_measures=approval.needs_special_measures,
        needs_contingency=approval.needs_contingency,
    )
