"""The impact dimension by dimension: the worst decides, and the form says which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from assessments.choices import Dimension, ScoreKind
from assessments.grounds import Score, faults_of_quick
from assessments.matrix import SCORES
from assessments.models import Assessment
from assessments.schemes.scales import DIMENSIONS, Scales, dimension_rows
from riskhub.web.forms import Line


@dataclass(frozen=True)
class DimensionRow:
    score: BoundField
    note: BoundField


def dimension_fields(scales: Scales) -> dict[str, forms.Field]:
    """`inherent_injury` and `inherent_injury_note`; each score stands with what it means."""
    texts: dict[str, list[tuple[int, str]]] = {one.value: [] for one in DIMENSIONS}
    for band, anchors in dimension_rows(scales):
        for dimension, anchor in zip(DIMENSIONS, anchors, strict=True):
            texts[dimension].append((band.score, f"{band.score} {anchor or band.name}"))
    fields: dict[str, forms.Field] = {}
    for kind in ScoreKind.values:
        for dimension in DIMENSIONS:
            name = _name(kind, dimension)
            choices = [("", _("not scored")), *texts[dimension]]
            fields[name] = forms.TypedChoiceField(
                label=dimension.label, choices=choices, coerce=int, empty_value=None, required=False
            )
            words = _("Note on %(dimension)s") % {"dimension": dimension.label}
            fields[f"{name}_note"] = Line(
                label=words, required=False, max_length=300,
                widget=forms.TextInput(attrs={"placeholder": _("Note")}),
            )  # fmt: skip
    return fields


def dimensions_of(form: forms.BaseForm, kind: str) -> list[DimensionRow]:
    names = [_name(kind, dimension) for dimension in DIMENSIONS]
    return [DimensionRow(form[name], form[f"{name}_note"]) for name in names]


def worst_of(form: forms.BaseForm, kind: str) -> Score | None:
    """What decides, of what is chosen now on a form that need not be valid; the first of equals."""
    known = {str(score): score for score in SCORES}
    chosen = [
        Score(dimension, known[value])
        for dimension in DIMENSIONS
        if (value := str(form[_name(kind, dimension)].value())) in known
    ]
    return max(chosen, key=lambda one: one.score, default=None)


def scores_in(data: Mapping[str, Any], kind: str) -> tuple[Score, ...]:
    """Of what is valid so far."""
    names = [(dimension, _name(kind, dimension)) for dimension in DIMENSIONS]
    return tuple(
        Score(dimension, data[name], data.get(f"{name}_note", ""))
        for dimension, name in names
        if data.get(name)
    )


def dimension_faults(data: Mapping[str, Any], *, is_quick: bool) -> dict[str, str]:
    """{field: sentence}: a note that would be lost, and a score that quick entry does not have."""
    faults: dict[str, str] = {}
    for kind in ScoreKind.values:
        names = [_name(kind, dimension) for dimension in DIMENSIONS]
        words = _("Choose a score for this note, or take it out.")
        faults |= {
            name: words for name in names if data.get(f"{name}_note") and data.get(name, "") is None
        }
        if is_quick:
            faults |= faults_of_quick(kind, scores_in(data, kind))
    return faults


def scored_in(former: Assessment | None) -> dict[str, Any]:
    """What the fields hold of a former assessment; one query."""
    values: dict[str, Any] = {}
    for one in former.impact_scores.all() if former else ():
        name = f"{one.kind}_{one.dimension}"
        values |= {name: one.score, f"{name}_note": one.note}
    return values


def _name(kind: str, dimension: Dimension) -> str:
    return f"{kind}_{dimension.value}"
