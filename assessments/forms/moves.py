"""Between which two days the matrix is compared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskhub.entry.days import HAPPENED
from riskhub.web.forms import Day

_OF_THE_FILTERS = {"form": "risk-filters"}


class DaysForm(forms.Form):
    """Its fields belong to the form of the filters, so that one address holds both."""

    since = Day(
        label=_("From the end of"), span=HAPPENED, widget=forms.DateInput(attrs=_OF_THE_FILTERS)
    )
    until = Day(
        label=_("To the end of"), span=HAPPENED, widget=forms.DateInput(attrs=_OF_THE_FILTERS)
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and data["since"] >= data["until"]:
            self.add_error("until", _("The second day comes after the first."))
        return data
