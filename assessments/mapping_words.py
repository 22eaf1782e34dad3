"""Kept answers in words: which column is what, what a value is worth, and what the file lacks."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from assessments.forms.import_mapping import FIELD_WORDS
from assessments.models.matrix import Axis
from assessments.register_import.fields import AXES
from assessments.register_import.mapping import RESERVED, SAME_STEPS
from registers.models import RiskCategory, RiskSource
from riskhub.accounts.models import Department
from riskhub.imports.models import ImportRun
from riskhub.imports.sheets import column_letter

_MOST = 12


def mapping_in_words(mapping: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(what, answer), in the order of the wizard."""
    return [*_columns(mapping), *_scales(mapping), *_defaults(mapping)]


def recalled_in_words(run: ImportRun) -> dict[str, Any] | None:
    """Whose answers a file was given; None where they are its own."""
    if run.recalled is None:
        return None
    return {**run.recalled, "at": parse_datetime(run.recalled["at"])}


def _columns(mapping: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    columns = mapping.get("columns") or {}
    for name, words in FIELD_WORDS.items():
        if found := columns.get(name):
            letters = [column_letter(number - 1) for number in found]
            yield str(words), _("column %(letters)s") % {"letters": _(", ").join(letters)}


def _scales(mapping: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    scales = mapping.get("scales") or {}
    for axis in AXES:
        if rule := scales.get(axis):
            yield _("Scale: %(axis)s") % {"axis": Axis(axis).label}, _rule(rule)


def _rule(rule: Any) -> str:  # noqa: ANN401 - JSON
    if rule == SAME_STEPS:
        return _("1 to 5 as they stand")
    bands = rule.get("bands")
    parts = (
        [_("limits %(limits)s") % {"limits": _(", ").join(f"{b:g}" for b in bands)}]
        if bands
        else []
    )
    scores = [(value, score) for value, score in rule.items() if value not in RESERVED]
    parts += [
        f"{value} → {_('not rated') if score is None else score}"
        for value, score in sorted(scores, key=lambda pair: (pair[1] or 0, pair[0]))
    ]
    shown, more = parts[:_MOST], len(parts) - _MOST
    words = _(", ").join(shown)
    return words if more <= 0 else _("%(rows)s and %(count)d more") % {"rows": words, "count": more}


def _defaults(mapping: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    models: dict[str, Any] = {
        "category": RiskCategory, "department": Department, "source": RiskSource,
    }  # fmt: skip
    defaults = mapping.get("defaults") or {}
    for name, model in models.items():
        code = defaults.get(name)
        if not code:
            continue
        term = model.objects.filter(code=code).first()
        yield (
            _("%(field)s that the file lacks") % {"field": FIELD_WORDS[name]},
            term.name if term else code,
        )
