"""The scheme in force as people read it: two scales with anchors, four levels, the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.choices import Dimension
from assessments.matrix import Grid
from assessments.models import Band, ImpactAnchor, MatrixLevel, MatrixScheme
from assessments.models.matrix import Axis
from assessments.schemes.in_force import scheme_in_force
from registers.choices import LEVEL_WORDS, Level
from riskhub.accounts.bilingual import is_english
from riskhub.reports.charts import levels as chart_levels
from riskhub.reports.charts.grid import Matrix, Step

DIMENSIONS = (
    Dimension.MONEY, Dimension.INJURY, Dimension.REPUTATION, Dimension.REGULATORY,
    Dimension.CONTINUITY,
)  # fmt: skip
_THOUSAND, _TEN_THOUSAND = 1_000, 10_000


@dataclass(frozen=True)
class Scales:
    """`anchors` gives, for a score of impact, what it means in each dimension."""

    scheme: MatrixScheme
    levels: Sequence[MatrixLevel]
    probability: Sequence[Band]
    impact: Sequence[Band]
    anchors: Mapping[int, Sequence[ImpactAnchor]]
    grid: Grid

    @property
    def matrix(self) -> Matrix:
        """As the charts draw it."""
        return Matrix(
            levels=[
                chart_levels.Level(
                    level.rank, LEVEL_WORDS[level.rank], level.name, level.color, level.text_color
                )
                for level in self.levels
            ],
            probability=[Step(b.score, b.name, frequency(b)) for b in self.probability],
            impact=[Step(b.score, b.name, money_range(b)) for b in self.impact],
            cells=self.grid.levels,
            line_after=Level.MEDIUM,
        )


def scales_in_force() -> Scales:
    """Five queries; raises NoScheme."""
    scheme = scheme_in_force()
    bands = list(scheme.bands.all())
    anchors: dict[int, list[ImpactAnchor]] = {}
    for anchor in scheme.impact_anchors.all():
        anchors.setdefault(anchor.score, []).append(anchor)
    return Scales(
        scheme=scheme,
        levels=list(scheme.levels.all()),
        probability=[band for band in bands if band.axis == Axis.PROBABILITY],
        impact=[band for band in bands if band.axis == Axis.IMPACT],
        anchors=anchors,
        grid=Grid.of(scheme.number, scheme.cells.values_list("probability", "impact", "level")),
    )


def dimension_rows(scales: Scales) -> list[tuple[Band, list[str]]]:
    """For each score of impact its anchors, in the order of `DIMENSIONS`, money first."""
    rows = []
    for band in scales.impact:
        texts = {anchor.dimension: str(anchor) for anchor in scales.anchors.get(band.score, ())}
        rows.append((band, [money_range(band), *(texts.get(d, "") for d in DIMENSIONS[1:])]))
    return rows


def frequency(band: Band) -> str:
    """Events a year in a few words: "once in 1–5 years", "5–25 a year"."""
    lower, upper = band.lower, band.upper
    if upper is None:
        return _("%(from)s a year or more") % {"from": _plain(lower)}
    if upper > 1:
        return _("%(from)s–%(to)s a year") % {"from": _plain(lower), "to": _plain(upper)}
    if lower is None:
        return _("once in over %(years)s years") % {"years": _plain(1 / upper)}
    return _("once in %(from)s–%(to)s years") % {"from": _plain(1 / upper), "to": _plain(1 / lower)}


def money_range(band: Band) -> str:
    """CNY per event in a few words: "CNY 2k–10k", 2千–1万元."""
    if band.upper is None:
        return _("CNY %(from)s or more") % {"from": _money(band.lower)}
    if band.lower is None:
        return _("Under CNY %(to)s") % {"to": _money(band.upper)}
    return _("CNY %(from)s–%(to)s") % {"from": _money(band.lower), "to": _money(band.upper)}


def _plain(value: Decimal | None) -> str:
    return f"{value or 0:.4f}".rstrip("0").rstrip(".")


def _money(value: Decimal | None) -> str:
    amount = value or Decimal(0)
    if not is_english():
        if amount >= _TEN_THOUSAND:
            return f"{_plain(amount / _TEN_THOUSAND)}万"
        return f"{_plain(amount / _THOUSAND)}千" if amount >= _THOUSAND else _plain(amount)
    return f"{_plain(amount / _THOUSAND)}k" if amount >= _THOUSAND else _plain(amount)
