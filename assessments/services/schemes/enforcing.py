"""A matrix comes into force: its rows are made, and every risk reads its level in it."""

from django.utils import timezone

from assessments.choices import SchemeState
from assessments.models import (
    AppetiteRule,
    Band,
    ImpactAnchor,
    MatrixCell,
    MatrixLevel,
    MatrixScheme,
)
from assessments.models.matrix import Axis
from assessments.schemes.changes import changed_risks
from assessments.schemes.content import WORDED, SchemeContent
from assessments.schemes.rows import content_of
from assessments.services.schemes.readings import ask_to_confirm_levels
from registers.models import Risk, RiskArea
from registers.services.standing import reread_levels
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move


def put_scheme_in_force(scheme: MatrixScheme, *, by: User) -> None:
    """Of a locked, approved scheme: the same few statements however many risks.

    Everybody locks a risk before reading the matrix in force, so all risks are locked first: whoever judges
    one meanwhile waits, and then reads the new matrix.
    """
    with acting(by, "scheme.approved"):
        list(Risk.objects.select_for_update().order_by("pk").values_list("pk"))
        former = MatrixScheme.objects.select_for_update().in_force().get()
        content = content_of(scheme)
        changes = changed_risks(Risk.objects.open(), content.cells)
        _write_rows(scheme, content, former)
        move(former, SchemeState.RETIRED)
        move(
            scheme, SchemeState.IN_FORCE, in_force_from=timezone.now(), approved_by=by,
        )  # fmt: skip
        reread_levels(scheme.number, content.cells, by=by)
        days = {level: rule.approval_days for level, rule in enumerate(content.rules)}
        ask_to_confirm_levels(scheme, {one.risk: one.level for one in changes}, days, by=by)


def _write_rows(scheme: MatrixScheme, content: SchemeContent, former: MatrixScheme) -> None:
    MatrixCell.objects.bulk_create(
        MatrixCell(scheme=scheme, probability=p, impact=i, level=level)
        for (p, i), level in content.cells.items()
    )
    MatrixLevel.objects.bulk_create(_levels(scheme, former))
    Band.objects.bulk_create(_bands(scheme, content))
    ImpactAnchor.objects.bulk_create(
        ImpactAnchor(
            scheme=scheme, score=score, dimension=dimension, text_zh=words.zh, text_en=words.en
        )
        for score, step in enumerate(content.impact, start=1)
        for dimension, words in zip(WORDED, step.anchors, strict=True)
    )
    areas = {area.code: area for area in RiskArea.objects.filter(code__in=content.areas)}
    AppetiteRule.objects.bulk_create(
        [
            AppetiteRule(
                scheme=scheme, level=level, needs_plan=rule.needs_plan,
                needs_approval=rule.needs_approval, approval_days=rule.approval_days,
                review_months=rule.review_months,
                needs_special_measures=rule.needs_special_measures,
                needs_contingency=rule.needs_contingency, text_zh=rule.text.zh,
                text_en=rule.text.en,
            )
            for level, rule in enumerate(content.rules)
        ]
        + [
            AppetiteRule(scheme=scheme, level=level, area=areas[code])
            for code, level in content.areas.items()
            if code in areas
        ]
    )  # fmt: skip


def _levels(scheme: MatrixScheme, former: MatrixScheme) -> list[MatrixLevel]:
    """Words, colours and signs of the levels are the same in every matrix."""
    levels = list(former.levels.all())
    for level in levels:
        level.pk, level.scheme = None, scheme
    return levels


def _bands(scheme: MatrixScheme, content: SchemeContent) -> list[Band]:
    bands = []
    for axis, limits, steps in (
        (Axis.PROBABILITY, content.probability_limits, content.probability),
        (Axis.IMPACT, content.impact_limits, content.impact),
    ):
        lowers, uppers = [None, *limits], [*limits, None]
        for place, step in enumerate(steps):
            anchor = step.anchors[0] if axis == Axis.PROBABILITY else None
            bands.append(
                Band(
                    scheme=scheme, axis=axis, score=place + 1, lower=lowers[place],
                    upper=uppers[place], name_zh=step.name.zh, name_en=step.name.en,
                    anchor_zh=anchor.zh if anchor else "", anchor_en=anchor.en if anchor else "",
                )
            )  # fmt: skip
    return bands
