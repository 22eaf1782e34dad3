"""A single day on which the company works otherwise than on other days of its kind."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from riskhub.company.models import CalendarDay
from riskhub.entry.days import PLANNED
from riskhub.web.forms import Day, Line

_KINDS = (
    ("closed", pgettext_lazy("day of a calendar", "Closed")),
    ("worked", pgettext_lazy("day of a calendar", "Worked")),
)


class CalendarDayForm(forms.Form):
    day = Day(label=_("Day"), span=PLANNED, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=_("On this day"), choices=_KINDS, widget=forms.RadioSelect, initial="closed"
    )
    note = Line(
        label=_("Note"), max_length=100, required=False,
        help_text=_("Such as: stocktaking, company outing."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        kept: CalendarDay | None = None,
    ) -> None:
        super().__init__(*args)
        if kept:
            self.initial = _initial(kept)
            del self.fields["day"]
        else:
            self.fields["day"].widget.attrs["min"] = f"{timezone.localdate():%Y-%m-%d}"

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"is_worked": said["kind"] == "worked", "note": said["note"]}

    @property
    def day_chosen(self) -> date:
        chosen: date = self.cleaned_data["day"]
        return chosen


def _initial(kept: CalendarDay) -> dict[str, Any]:
    return {"kind": "worked" if kept.is_worked else "closed", "note": kept.note}
