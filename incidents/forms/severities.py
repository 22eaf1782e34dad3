"""The clocks of a severity, and the hours in which the company works."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.models import Severity
from riskhub.company.business_calendar import weekday_names
from riskhub.company.choices import WorkedDays
from riskhub.web.conflicts import Changing, remember_opened

MOST_MINUTES = 525_600
"""A year."""


class SeverityForm(Changing, forms.ModelForm):  # type: ignore[type-arg]  # of one model
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Severity
        fields = (
            "name_zh", "name_en", "when_zh", "when_en", "clock", "first_contact", "offer", "close",
        )  # fmt: skip

    def __init__(self, *args: Any, instance: Severity, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[misc]  # Django's arguments
        for step in Severity.steps:
            self.fields[step] = forms.IntegerField(
                label=self.fields[step].label, min_value=1, max_value=MOST_MINUTES
            )
        self.initial["row_version"] = instance.row_version
        remember_opened(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        minutes = [data[step] for step in Severity.steps if data.get(step)]
        if minutes != sorted(minutes):
            raise ValidationError(
                _("First contact comes before the offer, and the offer before closing.")
            )
        return data


class WorkingTimeForm(forms.Form):
    """Empty breaks: work goes on over noon."""

    worked_days = forms.ChoiceField(
        label=gettext_lazy("Days"), choices=WorkedDays.choices, widget=forms.RadioSelect
    )
    worked_weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which days of the week"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Counts where “Certain days of the week” is chosen above."),
    )  # fmt: skip
    work_begins = forms.TimeField(label=gettext_lazy("Work begins"))
    work_ends = forms.TimeField(label=gettext_lazy("Work ends"))
    break_begins = forms.TimeField(label=gettext_lazy("Break begins"), required=False)
    break_ends = forms.TimeField(label=gettext_lazy("Break ends"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        days: Any = self.fields["worked_weekdays"]
        days.choices = weekday_names()
        for name, field in self.fields.items():
            if name.startswith(("work_", "break_")):
                field.widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
