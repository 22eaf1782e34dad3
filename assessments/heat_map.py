"""The heat map of a set of risks: how many stand in each cell, and which ones in the open cell.

Risks that are not rated (or have no target) stand in no cell; they are counted beside the picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from assessments.demands import demand_words
from assessments.matrix import SCORES, Cell, Grid, is_rare_and_severe
from assessments.models import AppetiteRule, Band, MatrixScheme
from assessments.models.matrix import Axis
from assessments.schemes.in_force import Appetite, scheme_in_force
from assessments.schemes.scales import Scales, frequency, money_range
from registers.choices import LEVEL_WORDS
from registers.models import Risk
from registers.querysets import RiskQuerySet
from riskhub.accounts.bilingual import in_language
from riskhub.reports.charts.grid import Matrix, Place

RESIDUAL = "residual"
MOST_RISKS = 20


@dataclass(frozen=True)
class LevelCount:
    """`word` as in the address: low, medium, high, critical."""

    word: str
    name: str
    count: int


@dataclass(frozen=True)
class Standard:
    """What a scheme in force says: the database refuses every change to it."""

    scales: Scales
    appetite: Appetite


@dataclass(frozen=True)
class HeatMap:
    """`kind` says whose scores are counted: inherent, residual or target."""

    kind: str
    standard: Standard
    counts: Mapping[Place, int]
    not_rated: int

    @property
    def scales(self) -> Scales:
        return self.standard.scales

    @cached_property
    def matrix(self) -> Matrix:
        """As the charts draw it."""
        return self.scales.matrix

    @property
    def rated(self) -> int:
        return sum(self.counts.values())

    @property
    def count(self) -> int:
        return self.rated + self.not_rated

    @property
    def above(self) -> int:
        """How many stand above the appetite line."""
        return sum(count for place, count in self.counts.items() if self.matrix.is_above(place))

    @property
    def share_above(self) -> int:
        """Per cent of the rated risks, rounded."""
        return round(100 * self.above / self.rated) if self.rated else 0

    @property
    def levels(self) -> list[LevelCount]:
        """From the highest."""
        of_rank = dict.fromkeys(LEVEL_WORDS, 0)
        for place, count in self.counts.items():
            of_rank[self.matrix.cells[place]] += count
        return [
            LevelCount(LEVEL_WORDS[level.rank], level.name, of_rank[level.rank])
            for level in reversed(self.scales.levels)
        ]

    @property
    def notes(self) -> dict[Place, str]:
        """What is special about a cell; the report lists the same risks."""
        rare = [place for place in self.matrix.cells if is_rare_and_severe(*place)]
        return dict.fromkeys(rare, _("rare but severe"))

    def floor_reason(self, place: Place) -> str:
        """Why the level of this cell is higher than its band, or nothing."""
        floors = self.scales.scheme.declared_floors
        reasons = [floor["reason"] for floor in floors if tuple(floor["cell"]) == place]
        return in_language(reasons[0]["zh"], reasons[0]["en"]) if reasons else ""


@dataclass(frozen=True)
class OpenCell:
    """The cell that is looked into: what its scores mean and its first risks, in the one order.

    `demand` says what its level asks for; only the residual risk is asked for anything.
    """

    cell: Cell
    count: int
    risks: Sequence[Risk]
    probability: Band
    impact: Band
    demand: str
    floor_reason: str

    @property
    def is_cut(self) -> bool:
        return len(self.risks) < self.count

    @property
    def frequency(self) -> str:
        return frequency(self.probability)

    @property
    def money(self) -> str:
        return money_range(self.impact)


def heat_map_of(risks: RiskQuerySet, kind: str) -> HeatMap:
    """Two queries, however many risks (more when a scheme is seen first); raises NoScheme."""
    counts = count_cells(risks, kind)
    not_rated = counts.pop(None, 0)
    standard = standard_in_force()
    return HeatMap(kind, standard, {p: n for p, n in counts.items() if p}, not_rated)


def standard_in_force() -> Standard:
    """One query (more when a scheme is seen first); raises NoScheme."""
    scheme = scheme_in_force()
    return _standard(scheme.number, scheme.in_force_from)


def open_cell(heat: HeatMap, place: Place, risks: RiskQuerySet) -> OpenCell:
    """One query, for the risks."""
    cell, scales = heat.scales.grid.cell(*place), heat.scales
    demand = ""
    if heat.kind == RESIDUAL:
        demand = demand_words(heat.standard.appetite.demand(cell.level, None, cell.pair))
    return OpenCell(
        cell=cell,
        count=heat.counts.get(place, 0),
        risks=_first_risks(risks, heat.kind, place) if place in heat.counts else [],
        probability=_band(scales.probability, cell.probability),
        impact=_band(scales.impact, cell.impact),
        demand=demand,
        floor_reason=heat.floor_reason(place),
    )


def count_cells(risks: RiskQuerySet, kind: str) -> dict[Place | None, int]:
    """How many risks stand in each cell that has any; under None those that stand in none.

    Only the two scores are read, so that one index answers, in a department or register too.
    """
    axes = (f"{kind}_probability", f"{kind}_impact")
    rows = risks.order_by().values_list(*axes).annotate(risks=Count("*"))
    return {
        (None if probability is None else (probability, impact)): count
        for probability, impact, count in rows
    }


def is_place(probability: object, impact: object) -> bool:
    """Whether both are scores, as an address writes them."""
    scores = {str(score) for score in SCORES}
    return probability in scores and impact in scores


def _first_risks(risks: RiskQuerySet, kind: str, place: Place) -> list[Risk]:
    """In the one order, which an index holds for the cells of the residual risk.

    Of the other kinds they are found first and then sorted: by the bare column the database would
    walk the whole order to meet the few of one cell.
    """
    axes = {f"{kind}_probability": place[0], f"{kind}_impact": place[1]}
    order = F("rank_key") if kind == RESIDUAL else Coalesce("rank_key", Value(""))
    keys = risks.filter(**axes).order_by(order).values("pk")[:MOST_RISKS]
    rows = Risk.objects.for_list().filter(pk__in=keys).in_ranking()
    return list(rows.annotate(priority=F("standing_priority")))


@lru_cache(maxsize=4)
def _standard(number: int, in_force_from: datetime | None) -> Standard:
    """Kept by number and moment: what is in force stays as it is until another one follows."""
    scheme = MatrixScheme.objects.get(number=number, in_force_from=in_force_from)
    bands = list(scheme.bands.all())
    cells = scheme.cells.values_list("probability", "impact", "level")
    scales = Scales(
        scheme=scheme,
        levels=list(scheme.levels.all()),
        probability=[band for band in bands if band.axis == Axis.PROBABILITY],
        impact=[band for band in bands if band.axis == Axis.IMPACT],
        anchors={},
        grid=Grid.of(number, cells),
    )
    return Standard(scales, Appetite(list(AppetiteRule.objects.filter(scheme=scheme))))


def _band(bands: Sequence[Band], score: int) -> Band:
    return next(band for band in bands if band.score == score)
