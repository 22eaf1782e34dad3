"""Load the standard matrix as scheme 1 and put it in force, if there is none yet."""

from importlib.resources import files
from typing import Any

import yaml
from django.utils import timezone

from assessments.choices import Dimension, SchemeState
from assessments.models import (
    AppetiteRule,
    Band,
    ImpactAnchor,
    MatrixCell,
    MatrixLevel,
    MatrixScheme,
)
from assessments.models.matrix import Axis
from registers.choices import LEVEL_RANKS
from registers.models import RiskArea
from riskhub.accounts.models import User
from riskhub.audit.context import acting


def load_scheme(*, by: User | None) -> int:
    """Returns 1 when the scheme was made, 0 when the company has one."""
    with acting(by, "library.loaded"):
        if MatrixScheme.objects.exists():
            return 0
        text = (files("assessments") / "library" / "matrix.yaml").read_text("utf-8")
        data: dict[str, Any] = yaml.safe_load(text)
        scheme = MatrixScheme.objects.create(
            number=1,
            name_zh=data["name"]["zh"],
            name_en=data["name"]["en"],
            basis=data["basis"],
            reference_orders=data["reference_orders_per_year"],
            band_factor=data["band_factor"],
            open_ends=data["open_ends"],
            declared_floors=data["declared_floors"],
        )
        _bands(scheme, data)
        _levels(scheme, data)
        _appetite(scheme, data["appetite"])
        scheme.state, scheme.in_force_from = SchemeState.IN_FORCE, timezone.now()
        scheme.save(update_fields=["state", "in_force_from"])
        return 1


def _bands(scheme: MatrixScheme, data: dict[str, Any]) -> None:
    bands = [
        Band(
            scheme=scheme, axis=Axis.PROBABILITY, score=row["score"], name_zh=row["name"]["zh"],
            name_en=row["name"]["en"], lower=row["annual"][0], upper=row["annual"][1],
            anchor_zh=row["anchor"]["zh"], anchor_en=row["anchor"]["en"],
        )
        for row in data["probability"]
    ]  # fmt: skip
    bands += [
        Band(
            scheme=scheme, axis=Axis.IMPACT, score=row["score"], name_zh=row["name"]["zh"],
            name_en=row["name"]["en"], lower=row["money_cny"][0], upper=row["money_cny"][1],
        )
        for row in data["impact"]
    ]  # fmt: skip
    Band.objects.bulk_create(bands)
    ImpactAnchor.objects.bulk_create(
        ImpactAnchor(
            scheme=scheme, score=row["score"], dimension=dimension,
            text_zh=row[dimension]["zh"], text_en=row[dimension]["en"],
        )
        for row in data["impact"]
        for dimension in Dimension.values
        if dimension in row
    )  # fmt: skip


def _levels(scheme: MatrixScheme, data: dict[str, Any]) -> None:
    MatrixLevel.objects.bulk_create(
        MatrixLevel(
            scheme=scheme, rank=row["rank"], name_zh=row["name"]["zh"], name_en=row["name"]["en"],
            color=row["color"], text_color=row["text"], glyph=row["glyph"], pattern=row["pattern"],
        )
        for row in data["levels"]
    )  # fmt: skip
    MatrixCell.objects.bulk_create(
        MatrixCell(scheme=scheme, probability=probability, impact=impact, level=LEVEL_RANKS[word])
        for impact in range(1, 6)
        for probability, word in enumerate(data["cells"][f"I{impact}"], start=1)
    )


def _appetite(scheme: MatrixScheme, data: dict[str, Any]) -> None:
    for word, rule in data["per_level"].items():
        AppetiteRule.objects.create(
            scheme=scheme,
            level=LEVEL_RANKS[word],
            needs_plan=rule["plan"] == "required",
            needs_approval=rule["decide"] == "management",
            approval_days=rule.get("approval_days"),
            review_months=rule["review_months"],
            text_zh=rule["text"]["zh"],
            text_en=rule["text"]["en"],
        )
    areas = {area.code: area for area in RiskArea.objects.all()}
    for code, word in data["per_area"].items():
        AppetiteRule.objects.create(scheme=scheme, level=LEVEL_RANKS[word], area=areas[code])
