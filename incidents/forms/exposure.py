"""Orders of a month, as somebody types them."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.models import ExposureMonth
from registers.models import ServiceLine
from riskhub.web.conflicts import Changing, remember_opened

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
MOST = 100_000_000


class Month(forms.CharField):
    """The first day of a month that has begun."""

    widget = forms.TextInput(attrs={"type": "month"})

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        match = _MONTH.fullmatch(super().clean(value).strip())
        month = _first_day(match) if match else None
        if month is None or not date(1990, 1, 1) <= month <= timezone.localdate():
            raise ValidationError(_("Choose a month that has begun, as 2026-03."))
        return month


class ExposureFigures(forms.Form):
    orders = forms.IntegerField(label=_("Orders"), min_value=0, max_value=MOST)
    care_days = forms.IntegerField(
        label=_("Days of care"), min_value=0, max_value=MOST, required=False
    )
    staff_days = forms.IntegerField(
        label=_("Days of staff"), min_value=0, max_value=MOST, required=False
    )


class ExposureForm(ExposureFigures):
    line = forms.ModelChoiceField(label=_("Service line"), queryset=ServiceLine.objects.none())
    month = Month(label=_("Month"))
    field_order = ("line", "month", "orders", "care_days", "staff_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        line: Any = self.fields["line"]
        line.queryset = ServiceLine.objects.filter(is_active=True)


class ExposureCorrectionForm(Changing, forms.ModelForm):  # type: ignore[type-arg]  # of one model
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ExposureMonth
        fields = ("orders", "care_days", "staff_days")

    def __init__(self, *args: Any, instance: ExposureMonth, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[misc]  # Django's arguments
        self.initial["row_version"] = instance.row_version
        remember_opened(self)


def _first_day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
