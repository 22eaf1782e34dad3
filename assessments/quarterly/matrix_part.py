"""The scheme in force, as the report's method section prints it."""

from collections.abc import Iterable

from assessments.matrix import Cell
from assessments.models import AppetiteRule, Band, MatrixScheme
from assessments.models.matrix import Axis
from assessments.quarterly.frame import Frame
from assessments.quarterly.schema import BandPart, MatrixPart, Words
from assessments.quarterly.wording import moment, name_of, pair
from registers.choices import LEVEL_WORDS, Level

LINE_AFTER = Level.MEDIUM


def matrix_part(scheme: MatrixScheme, frame: Frame) -> MatrixPart:
    rules = list(scheme.appetite_rules.select_related("area"))
    demands = {rule.level: pair(rule.text_zh, rule.text_en) for rule in rules if rule.area is None}
    levels = {cell.pair: LEVEL_WORDS[cell.level] for cell in _cells(scheme)}
    bands = list(scheme.bands.all())
    return {
        "number": scheme.number,
        "name": name_of(scheme),
        "in_force_from": moment(scheme.in_force_from, frame.zone) if scheme.in_force_from else None,
        "levels": [
            {
                "rank": level.rank,
                "word": LEVEL_WORDS[level.rank],
                "name": name_of(level),
                "fill": level.color,
                "ink": level.text_color,
                "glyph": level.glyph,
                "demands": demands[level.rank],
            }
            for level in scheme.levels.all()
        ],
        "probability": _bands((b for b in bands if b.axis == Axis.PROBABILITY), {}),
        "impact": _bands((b for b in bands if b.axis == Axis.IMPACT), _impact_anchors(scheme)),
        "cells": [
            [levels[probability, impact] for probability in range(1, 6)] for impact in range(1, 6)
        ],
        "line_after": LEVEL_WORDS[LINE_AFTER],
        "area_lines": _area_lines(rules),
        "floors": [
            {
                "cell": list(floor["cell"]),
                "level": floor["level"],
                "reason": pair(floor["reason"]["zh"], floor["reason"]["en"]),
            }
            for floor in scheme.declared_floors
        ],
    }


def _cells(scheme: MatrixScheme) -> Iterable[Cell]:
    for probability, impact, level in scheme.cells.values_list("probability", "impact", "level"):
        yield Cell(probability, impact, level)


def _impact_anchors(scheme: MatrixScheme) -> dict[int, dict[str, Words]]:
    anchors: dict[int, dict[str, Words]] = {}
    for anchor in scheme.impact_anchors.all():
        anchors.setdefault(anchor.score, {})[anchor.dimension] = pair(
            anchor.text_zh, anchor.text_en
        )
    return anchors


def _bands(bands: Iterable[Band], anchors: dict[int, dict[str, Words]]) -> list[BandPart]:
    return [
        {
            "score": band.score,
            "name": name_of(band),
            "lower": None if band.lower is None else float(band.lower),
            "upper": None if band.upper is None else float(band.upper),
            "anchors": anchors.get(band.score) or {"text": pair(band.anchor_zh, band.anchor_en)},
        }
        for band in bands
    ]


def _area_lines(rules: Iterable[AppetiteRule]) -> dict[str, str]:
    """Of the areas whose line is stricter than the company's."""
    return {
        rule.area.code: LEVEL_WORDS[rule.level]
        for rule in rules
        if rule.area and rule.level < LINE_AFTER
    }
