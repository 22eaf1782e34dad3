"""Tables of rows in a form: as many as there are and one more; what stays empty does not count.

A button of the form adds a row (`add_row=step`) or takes one away (`drop_row=step-2`), without script.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext

if TYPE_CHECKING:
    FormSet = BaseFormSet[Any]
else:  # the class takes no argument when the program runs
    FormSet = BaseFormSet

MOST_ROWS = 60


@dataclass(frozen=True)
class WrongCell:
    """One thing to change in a table, and where it stands."""

    label: str
    anchor: str
    error: str


class RowForm(forms.Form):
    """One row; `counted` are the fields of which one must be filled for the row to be one."""

    counted: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.counted)


class Rows(FormSet):
    def __init__(self, data: Any, *, initial: Sequence[Any] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.extra = len(initial or ()) + 1
        super().__init__(data, initial=initial, **kwargs)

    def initial_form_count(self) -> int:
        return 0

    @property
    def filled(self) -> list[dict[str, Any]]:
        """What stands in the rows that count; of valid ones."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    @property
    def wrong(self) -> list[WrongCell]:
        """What the summary above the form says about the table."""
        if not self.is_bound:
            return []
        said = [WrongCell("", "", str(error)) for error in self.non_form_errors()]
        for number, form in enumerate(self.forms, start=1):
            for name, errors in form.errors.items():
                words = gettext("Row %(number)d, %(field)s") % {
                    "number": number, "field": form[name].label if name in form.fields else "",
                }  # fmt: skip
                anchor = form[name].auto_id if name in form.fields else ""
                said += [WrongCell(words, anchor, str(error)) for error in errors]
        return said


def reshaped(data: QueryDict, columns: Mapping[str, Sequence[str]]) -> QueryDict:
    """The same with one row more or less in the table that a button names; {prefix: its columns}."""
    changed = data.copy()
    table, _dash, gone = data.get("drop_row", "").rpartition("-")
    for prefix, names in columns.items():
        text = data.get(f"{prefix}-TOTAL_FORMS", "")
        total = min(int(text), MOST_ROWS) if text.isascii() and text.isdecimal() else 0
        kept = [n for n in range(total) if (table, gone) != (prefix, str(n))]
        for place, number in enumerate(kept):
            for name in names:
                changed[f"{prefix}-{place}-{name}"] = data.get(f"{prefix}-{number}-{name}", "")
        is_longer = data.get("add_row") == prefix
        if is_longer:
            for name in names:
                changed.pop(f"{prefix}-{len(kept)}-{name}", None)
        changed[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + is_longer)
    return changed


def is_reshaping(data: Mapping[str, Any]) -> bool:
    return bool({"add_row", "drop_row"} & {*data})
