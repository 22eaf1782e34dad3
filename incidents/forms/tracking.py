"""What a customer types on the page on which they follow their complaint."""

import unicodedata
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incidents.choices import OfferAnswer
from incidents.complaints.secrets import fits
from incidents.models import Complaint
from riskhub.web.forms import Line, Prose


def number_of(typed: str) -> str:
    """As it stands on the receipt, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", typed).upper().split())


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
        return number_of(self.cleaned_data["number"])

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


class MessageForm(forms.Form):
    """`client_uuid` comes with the page, so that sending twice says it once."""

    text = Prose(
        label=gettext_lazy("Your message"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def begin_anew(self) -> None:
        """The same words again, as another message."""
        self.data = {"text": self.data["text"], "client_uuid": str(uuid4())}


class AnswerForm(forms.Form):
    """`offer`: which of those that the page shows, counted from 1. Two buttons bring the answer."""

    comment = Prose(
        label=gettext_lazy("What you want to say about it (optional)"), max_length=1000,
        required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    offer = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=999)
    answer = forms.ChoiceField(
        choices=[(one, "") for one in (OfferAnswer.ACCEPTED, OfferAnswer.DECLINED)]
    )


class ReopenForm(forms.Form):
    reason = Prose(
        label=gettext_lazy("What is still not right?"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=gettext_lazy("How satisfied are you with what we did?"), coerce=int,
        choices=[
            (5, gettext_lazy("5, very satisfied")), (4, gettext_lazy("4, satisfied")),
            (3, gettext_lazy("3, neither nor")), (2, gettext_lazy("2, dissatisfied")),
            (1, gettext_lazy("1, very dissatisfied")),
        ],
        widget=forms.RadioSelect,
    )  # fmt: skip
