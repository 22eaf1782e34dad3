"""Tables of rows in a form: as many as there are and one more; what stays empty does not count.

A button of the form adds a row (`add_row=step`) or takes one away (`drop_row=step-2`), without script.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    FormSet = BaseFormSet[Any]
else:  # the class takes no argument when the program runs
    FormSet = BaseFormSet

MOST_ROWS = 240
"""No page sends as many: what a table may have is its own, smaller number."""
_WORDS: dict[str, Any] = {
    "missing_management_form": _("Part of the page did not arrive: send it once more."),
    "too_many_forms": ngettext_lazy("At most %(num)d row.", "At most %(num)d rows.", "num"),
    "too_few_forms": ngettext_lazy("At least %(num)d row.", "At least %(num)d rows.", "num"),
}


@dataclass(frozen=True)
class WrongCell:
    """One thing to change in a table, and where it stands."""

    label: str
    anchor: str
    error: str


class RowForm(forms.Form):
    """One row; `counted` are the fields of which one must be filled for the row to be one."""

    counted: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Nothing stands in it yet, so it asks for nothing."""
        return not any(self[name].value() for name in self.counted)

    def has_changed(self) -> bool:
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.counted)


class TooManyRows(SuspiciousOperation):
    """No page sends as many: answered with 400 before any row is made."""


class Rows(FormSet):
    def __init__(self, data: Any, *, initial: Sequence[Any] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.extra = len(initial or ()) + 1
        super().__init__(data, initial=initial, error_messages=_WORDS, **kwargs)
        self.max_num = max(self.max_num, len(initial or ()))  # what is stored is never left out
        if self.is_bound and sent_rows(self.data, str(self.prefix)) > MOST_ROWS:
            raise TooManyRows

    def initial_form_count(self) -> int:
        return 0

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Whoever asked for a row writes in it next."""
        super().add_fields(form, index)
        is_last = index == self.total_form_count() - 1
        if self.is_bound and is_last and self.data.get("add_row") == self.prefix:
            first = next(one for one in form.fields.values() if not one.widget.is_hidden)
            first.widget.attrs["autofocus"] = True

    def clean(self) -> None:
        """Refused, and still shown; rows that stay empty do not count."""
        if sum(form.has_changed() for form in self.forms) > self.max_num:
            raise ValidationError(self.at_most)

    @property
    def at_most(self) -> str:
        return str(_WORDS["too_many_forms"] % {"num": self.max_num})

    @property
    def is_full(self) -> bool:
        """Nobody is offered a row that would be refused."""
        return self.total_form_count() >= self.max_num

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
        total = sent_rows(data, prefix)
        if total > MOST_ROWS:
            raise TooManyRows
        kept = [n for n in range(total) if (table, gone) != (prefix, str(n))]
        for place, number in enumerate(kept):
            for name in names:
                changed[f"{prefix}-{place}-{name}"] = data.get(f"{prefix}-{number}-{name}", "")
        is_longer = data.get("add_row") == prefix and len(kept) < MOST_ROWS
        if is_longer:
            for name in names:
                changed.pop(f"{prefix}-{len(kept)}-{name}", None)
        changed[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + is_longer)
    return changed


def sent_rows(data: Mapping[str, Any], prefix: str) -> int:
    """How many a page says that it sends; what is no number says none."""
    text = str(data.get(f"{prefix}-TOTAL_FORMS", ""))
    return int(text[:9]) if text.isascii() and text.isdecimal() else 0


def is_reshaping(data: Mapping[str, Any]) -> bool:
    return bool({"add_row", "drop_row"} & {*data})
