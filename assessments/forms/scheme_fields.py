"""The fields of the editor of a matrix, named by place, and what they open with."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.choices import Dimension
from assessments.matrix import SCORES
from assessments.matrix_checks.drawn import Place
from assessments.schemes.content import MONTHS_OF_CRITICAL, WORDED, SchemeContent, Words
from assessments.schemes.presets import Preset, presets
from assessments.schemes.reading import (
    LEAST,
    MOST,
    MOST_DAYS,
    MOST_FLOORS,
    MOST_MONTHS,
    NAME,
    TEXT,
)
from registers.choices import Level
from riskhub.web.forms import Line

AXES = ("probability", "impact")
LANGUAGES = ("zh", "en")
FLAGS = {
    "needs_plan": _("Plan"),
    "needs_approval": _("Approval"),
    "needs_special_measures": _("Special measures"),
    "needs_contingency": _("Contingency plan"),
}
_LANGUAGE = {"zh": _("Chinese"), "en": _("English")}
AXIS_WORDS = {"probability": _("Probability"), "impact": _("Impact")}


def with_preset(data: QueryDict, preset: Preset) -> QueryDict:
    """What was sent, with the cells and the floors of a preset; all else as typed.

    Only the name of another preset goes with the cells that it stood for.
    """
    reshaped = data.copy()
    names = {(one.name_zh, one.name_en) for one in presets().values()}
    if (data.get("name_zh", ""), data.get("name_en", "")) in names:
        reshaped["name_zh"], reshaped["name_en"] = preset.name_zh, preset.name_en
    for (p, i), level in preset.cells.items():
        reshaped[f"cell_{p}{i}"] = str(level)
    for number in range(1, MOST_FLOORS + 1):
        for part in ("cell", *LANGUAGES):
            reshaped.pop(f"floor_{number}_{part}", None)
    for number, floor in enumerate(preset.floors, start=1):
        reshaped[f"floor_{number}_cell"] = "{}{}".format(*floor["cell"])
        for language in LANGUAGES:
            reshaped[f"floor_{number}_{language}"] = floor["reason"][language]
    return reshaped


def floor_rows_of(content: SchemeContent, data: Mapping[str, Any] | None) -> int:
    """One more than are stored or sent: none of either is left out. No more than there are cells."""
    sent = [
        number
        for number in range(1, MOST_FLOORS + 1)
        if any((data or {}).get(f"floor_{number}_{part}") for part in ("cell", *LANGUAGES))
    ]
    return min(MOST_FLOORS, max(len(content.floors), *sent[-1:], 0) + 1)


def initial_of(content: SchemeContent) -> dict[str, Any]:
    """What the form opens with."""
    found: dict[str, Any] = {"reference_orders": content.reference_orders}
    found |= _spread("name", content.name)
    found |= {f"cell_{p}{i}": level for (p, i), level in content.cells.items()}
    for axis, limits, steps, anchors in (
        ("probability", content.probability_limits, content.probability, ("anchor",)),
        ("impact", content.impact_limits, content.impact, tuple(d.value for d in WORDED)),
    ):
        found |= {f"{axis}_from_{n}": _plain(limit) for n, limit in enumerate(limits, start=2)}
        for score, step in enumerate(steps, start=1):
            found |= _spread(f"{axis}_{score}", step.name)
            for name, words in zip(anchors, step.anchors, strict=True):
                found |= _spread(f"{axis}_{score}_{name}", words)
    for number, floor in enumerate(content.floors, start=1):
        found[f"floor_{number}_cell"] = "{}{}".format(*floor.place)
        found |= _spread(f"floor_{number}", floor.reason)
    for rank, rule in enumerate(content.rules):
        found |= {f"level_{rank}_{flag}": getattr(rule, flag) for flag in FLAGS}
        found[f"level_{rank}_approval_days"] = rule.approval_days
        is_fixed = rank == Level.CRITICAL
        found[f"level_{rank}_review_months"] = (
            MONTHS_OF_CRITICAL if is_fixed else rule.review_months
        )
        found |= _spread(f"level_{rank}", rule.text)
    return found | {f"area_{code}": level for code, level in content.areas.items()}


def _spread(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_zh": words.zh, f"{name}_en": words.en}


def _plain(limit: Decimal) -> str:
    return f"{limit:f}".rstrip("0").rstrip(".") if "." in f"{limit:f}" else f"{limit:f}"


def level_field(label: str) -> forms.Field:
    return forms.TypedChoiceField(label=label, choices=Level.choices, coerce=int)


def scale_fields(axis: str) -> Iterator[tuple[str, forms.Field]]:
    for score in SCORES:
        named = {"axis": AXIS_WORDS[axis], "score": score}
        if score > SCORES[0]:
            label = gettext("%(axis)s %(score)d from") % named
            yield (
                f"{axis}_from_{score}",
                forms.DecimalField(
                    label=label, min_value=LEAST, max_value=MOST, max_digits=14, decimal_places=4
                ),
            )
        for language in LANGUAGES:
            label = gettext("%(axis)s %(score)d, name in %(language)s")
            yield f"{axis}_{score}_{language}", _line(label, NAME, **named, language=language)
        for name in _anchors_of(axis):
            for language in LANGUAGES:
                label = "%(axis)s %(score)d, %(what)s, %(language)s"
                what = _("description") if name == "anchor" else Dimension(name).label
                field = _line(label, TEXT, **named, what=what, language=language)
                yield f"{axis}_{score}_{name}_{language}", field


def _anchors_of(axis: str) -> tuple[str, ...]:
    return ("anchor",) if axis == "probability" else tuple(d.value for d in WORDED)


def anchor_names(axis: str, score: int) -> list[str]:
    return [f"{axis}_{score}_{one}_{lang}" for one in _anchors_of(axis) for lang in LANGUAGES]


def _line(label: str, most: int, *, language: str, **named: Any) -> forms.Field:  # noqa: ANN401 - words and numbers
    said = label % (named | {"language": _LANGUAGE[language]})
    tongue = "zh-Hans" if language == "zh" else "en"
    return Line(
        label=said, max_length=most, required=False, widget=forms.TextInput({"lang": tongue})
    )


def floor_fields(number: int) -> Iterator[tuple[str, forms.Field]]:
    places: list[Place] = [(p, i) for i in reversed(SCORES) for p in SCORES]
    choices = [("", _("none")), *((f"{p}{i}", f"({p},{i})") for p, i in places)]
    named = {"number": number}
    yield (
        f"floor_{number}_cell",
        forms.ChoiceField(
            label=gettext("Floor %(number)d") % named, choices=choices, required=False
        ),
    )
    for language in LANGUAGES:
        label = gettext("Reason of floor %(number)d in %(language)s")
        yield f"floor_{number}_{language}", _line(label, TEXT, **named, language=language)


def rule_fields(level: Level) -> Iterator[tuple[str, forms.Field]]:
    name = f"level_{level.value}"
    for flag, label in FLAGS.items():
        yield f"{name}_{flag}", forms.BooleanField(label=label, required=False)
    for field, words, most in (
        ("approval_days", _("Days to decide"), MOST_DAYS),
        ("review_months", _("Months to the next review"), MOST_MONTHS),
    ):
        is_fixed = field == "review_months" and level == Level.CRITICAL
        yield (
            f"{name}_{field}",
            forms.IntegerField(
                label=words, min_value=1, max_value=most, required=False, disabled=is_fixed,
                help_text=_("Fixed: Critical is reviewed every month.") if is_fixed else "",
            ),
        )  # fmt: skip
    for language in LANGUAGES:
        said = gettext("%(level)s means, in %(language)s")
        yield f"{name}_{language}", _line(said, TEXT, level=level.label, language=language)
