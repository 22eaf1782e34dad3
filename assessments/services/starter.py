"""The matrix to begin with: the standard one is loaded, another one that ships may be chosen instead."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import Dimension, SchemeState
from assessments.models import (
    AppetiteRule,
    Assessment,
    Band,
    ImpactAnchor,
    MatrixCell,
    MatrixLevel,
    MatrixScheme,
)
from assessments.models.matrix import Axis
from assessments.schemes.presets import STEP, Preset, money_bands, presets, shipped_matrix
from assessments.schemes.rows import content_of
from registers.choices import LEVEL_RANKS
from registers.models import RiskArea
from riskhub.accounts.models import User
from riskhub.audit.context import acting


def load_scheme(*, by: User | None) -> int:
    """Returns 1 when the scheme was made, 0 when the company has one."""
    with acting(by, "library.loaded"):
        if MatrixScheme.objects.exists():
            return 0
        standard = next(iter(presets().values()))
        _put_in_force(_make_scheme(1, standard, revenue=None))
        return 1


def use_preset(code: str, *, by: User, revenue: int) -> MatrixScheme:
    """Begin with this matrix and this scale of losses; only while nothing is judged by another one."""
    with acting(by, "scheme.chosen"):
        former = MatrixScheme.objects.select_for_update().in_force().first()
        if former and Assessment.objects.exists():
            raise ValidationError(
                _("Risks are assessed already. The matrix stays: changing it needs an approval.")
            )
        wanted = presets()[code]
        if former and _is_like(former, wanted, revenue):
            return former
        last = MatrixScheme.objects.aggregate(last=Max("number"))["last"] or 0
        scheme = _make_scheme(last + 1, wanted, revenue=revenue)
        if former:
            former.state = SchemeState.RETIRED
            former.save(update_fields=["state"])
        return _put_in_force(scheme)


def _is_like(scheme: MatrixScheme, preset: Preset, revenue: int) -> bool:
    cells = scheme.cells.values_list("probability", "impact", "level")
    losses = scheme.bands.filter(axis=Axis.IMPACT, score__gt=1).order_by("score")
    return {(p, i): level for p, i, level in cells} == preset.cells and [
        int(band.lower or 0) for band in losses
    ] == money_bands(revenue)


def _make_scheme(number: int, preset: Preset, *, revenue: int | None) -> MatrixScheme:
    """A draft; without `revenue` with the losses as shipped."""
    data = shipped_matrix()
    losses = money_bands(revenue) if revenue else None
    scheme = MatrixScheme.objects.create(
        number=number,
        name_zh=data["name"]["zh"] if number == 1 else preset.name_zh,
        name_en=data["name"]["en"] if number == 1 else preset.name_en,
        basis=data["basis"],
        reference_orders=data["reference_orders_per_year"],
        band_factor=data["band_factor"],
        open_ends=_open_ends(data["open_ends"], losses),
        declared_floors=preset.floors,
    )
    _bands(scheme, data, losses)
    _levels(scheme, data, preset)
    _appetite(scheme, data["appetite"])
    return scheme


def _put_in_force(scheme: MatrixScheme) -> MatrixScheme:
    """With its text, whose hash says what it was, as with every other matrix."""
    scheme.content = content_of(scheme).canonical()
    scheme.state, scheme.in_force_from = SchemeState.IN_FORCE, timezone.now()
    scheme.save(update_fields=["content", "state", "in_force_from"])
    return scheme


def _open_ends(shipped: dict[str, Any], losses: list[int] | None) -> dict[str, Any]:
    """Where the lowest and the highest loss are closed for arithmetic: one step further."""
    if losses is None:
        return shipped
    return shipped | {"impact": [max(1, losses[0] // STEP), losses[-1] * STEP]}


def _bands(scheme: MatrixScheme, data: dict[str, Any], losses: list[int] | None) -> None:
    ends = [None, *losses, None] if losses else None
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
            name_en=row["name"]["en"],
            lower=ends[place] if ends else row["money_cny"][0],
            upper=ends[place + 1] if ends else row["money_cny"][1],
        )
        for place, row in enumerate(data["impact"])
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


def _levels(scheme: MatrixScheme, data: dict[str, Any], preset: Preset) -> None:
    MatrixLevel.objects.bulk_create(
        MatrixLevel(
            scheme=scheme, rank=row["rank"], name_zh=row["name"]["zh"], name_en=row["name"]["en"],
            color=row["color"], text_color=row["text"], glyph=row["glyph"], pattern=row["pattern"],
        )
        for row in data["levels"]
    )  # fmt: skip
    MatrixCell.objects.bulk_create(
        MatrixCell(scheme=scheme, probability=probability, impact=impact, level=level)
        for (probability, impact), level in preset.cells.items()
    )


def _appetite(scheme: MatrixScheme, data: dict[str, Any]) -> None:
    for word, rule in data["per_level"].items():
        AppetiteRule.objects.create(
            scheme=scheme,
            level=LEVEL_RANKS[word],
            needs_plan=rule["plan"] == "required",
            needs_approval=rule["decide"] == "management",
            needs_special_measures=rule.get("special_measures") == "required",
            needs_contingency=rule.get("contingency") == "required",
            approval_days=rule.get("approval_days"),
            review_months=rule["review_months"],
            text_zh=rule["text"]["zh"],
            text_en=rule["text"]["en"],
        )
    areas = {area.code: area for area in RiskArea.objects.all()}
    for code, word in data["per_area"].items():
        AppetiteRule.objects.create(scheme=scheme, level=LEVEL_RANKS[word], area=areas[code])
