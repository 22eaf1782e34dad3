"""409: somebody saved while this form was open. Nothing typed is lost, and nothing that they saved.

    remember_opened(self)                                 # last in the form's __init__
    ...
    except StaleVersion as stale:
        conflict = conflict_of(form, stale.current)
        return render_page(request, "registers/risk_edit.html",
                           {"form": conflict.form, "conflict": conflict}, status=409)

and `{% include "components/conflict.html" %}` above `{{ form }}`. Three texts are compared: the one
that the form opened with, the typed one and the stored one. What the user did not touch takes over
what is stored now; what both changed is shown for a decision, and the form keeps the user's words. Its
hidden `row_version` is then the stored one. The opened text travels in the form, as what this page
showed; it decides nothing but which of the user's own fields count as touched, and without it all do.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.forms.models import model_to_dict
from django.http import QueryDict

VERSION_FIELD = "row_version"
OPENED_FIELD = "opened"
_NOT_COMPARED = {VERSION_FIELD, OPENED_FIELD}


@dataclass(frozen=True)
class Difference:
    label: str
    stored: str
    typed: str
    anchor: str


@dataclass(frozen=True)
class Conflict:
    """`differences` are for the user to decide; `taken` stand in the form as they are stored now.

    `saved` is a sentence on who saved in between, where that is known; `is_own`: the user, elsewhere.
    """

    form: forms.BaseForm
    differences: list[Difference]
    taken: list[Difference] = field(default_factory=list)
    saved: str = ""
    is_own: bool = False


class Changing:
    """Of a form that changes a stored row: what is saved of it besides its version."""

    cleaned_data: dict[str, Any]

    def changes(self) -> dict[str, Any]:
        return {
            name: value for name, value in self.cleaned_data.items() if name not in _NOT_COMPARED
        }


def remember_opened(form: forms.BaseForm) -> None:
    """Give the form a hidden field that holds what its other fields open with."""
    opened = {
        name: _raw(one, form.get_initial_for_field(one, name))
        for name, one in form.fields.items()
        if name not in _NOT_COMPARED
    }
    form.fields[OPENED_FIELD] = opened_field()
    form.initial = {**form.initial, OPENED_FIELD: _text(opened)}


def opened_field() -> forms.Field:
    return forms.Field(required=False, widget=forms.HiddenInput)


def opened_in(form: forms.BaseForm) -> dict[str, Any]:
    """What the form opened with; empty where it does not say so in a way that can be read."""
    try:
        found = json.loads(form.data.get(form.add_prefix(OPENED_FIELD), ""))
    except (ValueError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def conflict_of(form: forms.BaseForm, stored: Model) -> Conflict:
    """Compare a bound form with the stored row; answer the same form, bound to the new version."""
    names = [name for name in form.fields if name not in _NOT_COMPARED]
    return conflict_between(form, model_to_dict(stored, fields=names), stored.row_version)  # type: ignore[attr-defined]  # of every editable row


def conflict_between(
    form: forms.BaseForm,
    stored: Mapping[str, Any],
    version: int,
    rows: Sequence[Sequence[str]] = (),
) -> Conflict:
    """The same with the stored values of the form's fields.

    The fields of one of `rows` belong together: one that was touched keeps them all as typed.
    """
    opened, data = opened_in(form), QueryDict(mutable=True)
    data.update(form.data)
    differences, taken = [], []
    row_of = {name: row for row in rows for name in row}
    for name, value in stored.items():
        bound, now = form[name], _raw(form.fields[name], value)
        typed = _raw(bound.field, bound.data)
        if typed == now:
            continue
        found = Difference(
            label=str(bound.label),
            stored=in_words(bound.field, value),
            typed=in_words(bound.field, bound.value()),
            anchor=getattr(bound, "anchor", bound.id_for_label),
        )
        if opened and _is_untouched(form, opened, row_of.get(name, (name,))):
            taken.append(found)
            _put(data, bound, now)
        elif opened.get(name) != now:
            differences.append(found)
    data[form.add_prefix(VERSION_FIELD)] = str(version)
    data[form.add_prefix(OPENED_FIELD)] = _text(
        opened | {name: _raw(form.fields[name], value) for name, value in stored.items()}
    )
    form.data = data
    return Conflict(form, differences, taken)


def _is_untouched(form: forms.BaseForm, opened: Mapping[str, Any], names: Sequence[str]) -> bool:
    typed = {name: _raw(form[name].field, form[name].data) for name in names}
    return all(opened.get(name, raw) == raw for name, raw in typed.items())


def in_words(field: Any, value: Any) -> str:  # noqa: ANN401 - any form field, any value
    """The words of a choice instead of its code; several of them joined."""
    if value in (None, "", []):
        return ""
    values = value if isinstance(value, list | tuple) else [value]
    words = {str(key): str(label) for key, label in _flat(getattr(field, "choices", ()))}
    return ", ".join(words.get(str(getattr(one, "pk", one)), str(one)) for one in values)


def _raw(field: forms.Field, value: Any) -> str | list[str]:  # noqa: ANN401 - any value
    """As the browser sends it, whichever way it is known; the order of several does not count."""
    value = field.prepare_value(value)
    if isinstance(field, forms.CharField):
        value = field.to_python(value)
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return []
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _put(data: QueryDict, bound: BoundField, raw: str | list[str]) -> None:
    if isinstance(raw, list):
        data.setlist(bound.html_name, raw)
    elif raw or not isinstance(bound.field, forms.BooleanField):
        data[bound.html_name] = raw
    else:
        data.pop(bound.html_name, None)


def _text(opened: Mapping[str, Any]) -> str:
    return json.dumps(opened, ensure_ascii=False, separators=(",", ":"))


def _flat(choices: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - Django's nested choices
    found = []
    for key, label in choices:
        if isinstance(label, list | tuple):
            found += [tuple(pair) for pair in label]
        else:
            found.append((key, label))
    return found
