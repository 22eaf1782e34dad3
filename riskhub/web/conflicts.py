"""409: somebody saved while this form was open. Both texts are shown, and nothing typed is lost.

    except StaleVersion as stale:
        conflict = conflict_of(form, stale.current)
        return render_page(request, "registers/risk_edit.html",
                           {"form": conflict.form, "conflict": conflict}, status=409)

and `{% include "components/conflict.html" %}` above `{{ form }}`. The form still holds the user's
words; its hidden `row_version` is now the stored one, so that saving again is a decision.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.forms import BaseForm
from django.forms.models import model_to_dict
from django.http import QueryDict

VERSION_FIELD = "row_version"


@dataclass(frozen=True)
class Difference:
    label: str
    stored: str
    typed: str
    anchor: str


@dataclass(frozen=True)
class Conflict:
    form: BaseForm
    differences: list[Difference]


def conflict_of(form: BaseForm, stored: Model) -> Conflict:
    """Compare a bound form with the stored row; answer the same form, bound to the new version."""
    values = model_to_dict(stored, fields=[name for name in form.fields if name != VERSION_FIELD])
    differences = [
        Difference(
            label=str(bound.label),
            stored=in_words(bound.field, values[name]),
            typed=in_words(bound.field, bound.value()),
            anchor=bound.id_for_label,
        )
        for name, bound in ((name, form[name]) for name in values)
        if bound.field.has_changed(values[name], bound.data)
    ]
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[form.add_prefix(VERSION_FIELD)] = str(getattr(stored, VERSION_FIELD))
    form.data = data
    return Conflict(form, differences)


def in_words(field: Any, value: Any) -> str:  # noqa: ANN401 - any form field, any value
    """The words of a choice instead of its code; several of them joined."""
    if value in (None, "", []):
        return ""
    values = value if isinstance(value, list | tuple) else [value]
    words = {str(key): str(label) for key, label in _flat(getattr(field, "choices", ()))}
    return ", ".join(words.get(str(getattr(one, "pk", one)), str(one)) for one in values)


def _flat(choices: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - Django's nested choices
    found = []
    for key, label in choices:
        if isinstance(label, list | tuple):
            found += [tuple(pair) for pair in label]
        else:
            found.append((key, label))
    return found
