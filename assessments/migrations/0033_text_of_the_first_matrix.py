"""The matrix that shipped had rows alone, and the hash of no text: it gets the text that its rows say."""

import json
from decimal import Decimal
from typing import Any

from django.db import migrations

_LEVELS = ("low", "medium", "high", "critical")
_WORDED = ("injury", "reputation", "regulatory", "continuity")
_STAYS = "ALTER TABLE assessments_matrixscheme {0} TRIGGER matrix_scheme_stays"


def text_of(scheme: Any) -> str:  # noqa: ANN401 - a row as it was
    """Format 1 as it was on the day of this migration, whatever it is later."""
    said = {
        "format": "riskhub.matrix", "version": 1, "name": _words(scheme, "name"),
        "reference_orders": scheme.reference_orders,
        "probability": _scale(scheme, "probability"), "impact": _scale(scheme, "impact"),
        "cells": _cells(scheme), "floors": scheme.declared_floors, "appetite": _appetite(scheme),
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _words(row: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - the same
    return {"zh": getattr(row, f"{name}_zh"), "en": getattr(row, f"{name}_en")}


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _scale(scheme: Any, axis: str) -> dict[str, Any]:  # noqa: ANN401 - the same
    bands = list(scheme.bands.filter(axis=axis).order_by("score"))
    anchors = {
        (one.score, one.dimension): _words(one, "text") for one in scheme.impact_anchors.all()
    }
    nothing = {"zh": "", "en": ""}
    return {
        "limits": [_number(band.lower) for band in bands if band.lower is not None],
        "bands": [
            {"name": _words(band, "name")}
            | (
                {"anchor": _words(band, "anchor")}
                if axis == "probability"
                else {one: anchors.get((band.score, one), nothing) for one in _WORDED}
            )
            for band in bands
        ],
    }


def _cells(scheme: Any) -> dict[str, list[str]]:  # noqa: ANN401 - the same
    levels = {(cell.probability, cell.impact): cell.level for cell in scheme.cells.all()}
    return {f"I{i}": [_LEVELS[levels[p, i]] for p in range(1, 6)] for i in range(5, 0, -1)}


def _appetite(scheme: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    rules = list(scheme.appetite_rules.select_related("area"))
    flags = (
        "needs_plan", "needs_approval", "approval_days", "review_months", "needs_special_measures",
        "needs_contingency",
    )  # fmt: skip
    return {
        "levels": {
            _LEVELS[rule.level]: {flag: getattr(rule, flag) for flag in flags}
            | {"text": _words(rule, "text")}
            for rule in rules
            if rule.area_id is None
        },
        "areas": {rule.area.code: _LEVELS[rule.level] for rule in rules if rule.area_id},
    }


def write_texts(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401 - Django's signature
    """No new version: what it says is what it said. The trigger that holds it still is off meanwhile."""
    schemes = apps.get_model("assessments", "MatrixScheme").objects.filter(content="")
    found = list(schemes.exclude(state="draft"))
    if not found:
        return
    schema_editor.execute(_STAYS.format("DISABLE"))
    for scheme in found:
        schemes.filter(pk=scheme.pk).update(content=text_of(scheme))
    schema_editor.execute(_STAYS.format("ENABLE"))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0032_names_of_shared_tasks")]

    operations = [migrations.RunPython(write_texts, migrations.RunPython.noop)]
