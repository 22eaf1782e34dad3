"""What the scores chosen so far mean: levels, picture, and what the level will ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.demands import demand_words
from assessments.effects import Lowering, is_below, proposed_residual, uncovered_axes
from assessments.matrix import SCORES, Cell
from assessments.schemes.in_force import Demand, demand_of
from assessments.schemes.scales import Scales
from registers.choices import Level
from registers.models import Risk
from riskhub.reports.charts.mini_matrix import mini_matrix


@dataclass(frozen=True)
class Preview:
    """`needs_second_person` as the service will see it; `demand` of the residual level.

    `proposed` is what the controls give, `uncovered` the axes that are lower without a control.
    """

    inherent: Cell | None
    residual: Cell | None
    target: Cell | None
    demand: Demand | None
    picture: SafeString | None
    proposed: Cell | None = None
    uncovered: Sequence[str] = ()

    @property
    def departs(self) -> bool:
        """Lower than the controls give, and covered: it needs words in the reasons."""
        if self.uncovered or not self.residual or not self.proposed:
            return False
        return is_below(self.residual.pair, self.proposed.pair)

    @property
    def is_higher(self) -> bool:
        """More careful than the controls: allowed, and said."""
        if not self.residual or not self.proposed:
            return False
        return is_below(self.proposed.pair, self.residual.pair)

    @property
    def proposed_words(self) -> str:
        """As 3,2."""
        return "{},{}".format(*self.proposed.pair) if self.proposed else ""

    @property
    def needs_second_person(self) -> bool:
        return any(c and c.level >= Level.HIGH for c in (self.inherent, self.residual))

    @property
    def is_upside_down(self) -> bool:
        """Controls that make it worse: the form will refuse."""
        return _is_above(self.residual, self.inherent) or _is_above(self.target, self.residual)

    @property
    def demand_words(self) -> str:
        return demand_words(self.demand) if self.demand else ""


def preview_of(
    values: Mapping[str, object], scales: Scales, risk: Risk, effects: Sequence[Lowering] = ()
) -> Preview:
    """From raw values named like the fields of the form; what is no score is left out.

    A residual that is not chosen is what the controls give.
    """
    inherent, residual, target = (
        scales.grid.maybe_cell(
            _score(values.get(f"{kind}_probability")), _score(values.get(f"{kind}_impact"))
        )
        for kind in ("inherent", "residual", "target")
    )
    proposed = None
    if inherent:
        proposed = scales.grid.cell(*proposed_residual(inherent.pair, effects))
    residual = residual or proposed
    if residual is None:
        return Preview(inherent, None, target, None, None)
    picture = mini_matrix(
        scales.matrix, code=risk.code, residual=residual.pair,
        inherent=inherent.pair if inherent else None, target=target.pair if target else None,
    )  # fmt: skip
    demand = demand_of(scales.grid.scheme, residual.level, risk.area_id, residual.pair)
    uncovered = uncovered_axes(inherent.pair, residual.pair, effects) if inherent else []
    return Preview(inherent, residual, target, demand, picture, proposed, uncovered)


def _score(value: object) -> int | None:
    text = str(value)
    return int(text) if text in {str(score) for score in SCORES} else None


def _is_above(cell: Cell | None, limit: Cell | None) -> bool:
    return bool(
        cell and limit and (cell.probability > limit.probability or cell.impact > limit.impact)
    )
