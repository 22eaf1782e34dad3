"""A scheme as one value: of a draft its text, of the matrix that ships its rows."""

import json
from decimal import Decimal

from assessments.models import AppetiteRule, Band, MatrixScheme
from assessments.models.matrix import Axis
from assessments.schemes.content import WORDED, DeclaredFloor, Rule, SchemeContent, Step, Words
from assessments.schemes.reading import read_scheme
from registers.choices import Level
from registers.models import RiskArea


def area_codes() -> frozenset[str]:
    return frozenset(RiskArea.objects.values_list("code", flat=True))


def content_of(scheme: MatrixScheme) -> SchemeContent:
    """What it says. One query for a draft, four for the matrix that ships."""
    if scheme.content:
        return read_text(scheme.content)
    return _from_rows(scheme)


def read_text(content: str) -> SchemeContent:
    """Of the canonical text that was kept: it was read once before."""
    data = json.loads(content, parse_float=Decimal)
    return read_scheme(data, frozenset(data["appetite"]["areas"]))


def _from_rows(scheme: MatrixScheme) -> SchemeContent:
    bands = list(scheme.bands.all())
    chance, impact = (
        [band for band in bands if band.axis == axis] for axis in (Axis.PROBABILITY, Axis.IMPACT)
    )
    texts = {
        (anchor.score, anchor.dimension): Words(anchor.text_zh, anchor.text_en)
        for anchor in scheme.impact_anchors.all()
    }
    rules = list(scheme.appetite_rules.select_related("area"))
    return SchemeContent(
        name=Words(scheme.name_zh, scheme.name_en),
        reference_orders=scheme.reference_orders,
        probability_limits=_limits(chance),
        impact_limits=_limits(impact),
        probability=tuple(
            Step(Words(b.name_zh, b.name_en), (Words(b.anchor_zh, b.anchor_en),)) for b in chance
        ),
        impact=tuple(
            Step(
                Words(b.name_zh, b.name_en),
                tuple(texts.get((b.score, one), Words()) for one in WORDED),
            )
            for b in impact
        ),
        cells={
            (p, i): level
            for p, i, level in scheme.cells.values_list("probability", "impact", "level")
        },
        floors=tuple(
            DeclaredFloor(tuple(one["cell"]), Words(one["reason"]["zh"], one["reason"]["en"]))
            for one in scheme.declared_floors
        ),
        rules=_rules(rules),
        areas={rule.area.code: rule.level for rule in rules if rule.area},
    )


def _limits(bands: list[Band]) -> tuple[Decimal, ...]:
    return tuple(band.lower.normalize() for band in bands if band.lower is not None)


def _rules(rows: list[AppetiteRule]) -> tuple[Rule, ...]:
    general = {row.level: row for row in rows if row.area_id is None}
    return tuple(
        Rule(
            row.needs_plan, row.needs_approval, row.approval_days, row.review_months,
            row.needs_special_measures, row.needs_contingency, Words(row.text_zh, row.text_en),
        )
        for row in (general[level] for level in Level.values)
    )  # fmt: skip
