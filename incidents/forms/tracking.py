"""What a customer types on the page on which they follow their complaint."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incidents.complaints.secrets import fits
from incidents.models import Complaint
from riskhub.web.forms import Line


class TrackingForm(forms.Form):
    """A number that does not exist and a secret that does not fit are answered alike, after the same work."""

    number = Line(
        label=pgettext_lazy("of a complaint", "Number"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=gettext_lazy("Such as C-2026-0001."),
    )  # fmt: skip
    secret = Line(
        label=gettext_lazy("Secret"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=gettext_lazy("Ten letters and digits, from the page on which you got the number."),
    )  # fmt: skip
    complaint: Complaint | None = None

    def clean_number(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["number"])
        return "".join(typed.upper().split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        found = Complaint.objects.filter(code=data["number"]).first()
        if not fits(found.secret_hash if found else "", data["number"], data["secret"]):
            raise ValidationError(
                _("Number and secret do not go together. Look at both once more.")
            )
        self.complaint = found
        return data
