from django import forms
from django.utils.translation import gettext_lazy

from riskhub.entry.days import HAPPENED
from riskhub.web.forms import Moment, Prose


class TickForm(forms.Form):
    """`at`: when the phone was tapped, where that was sent later."""

    at = Moment(span=HAPPENED, required=False)
    undone = forms.BooleanField(required=False)


class EndForm(forms.Form):
    summary = Prose(
        label=gettext_lazy("How it went"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What worked, what did not, and how it stands now."),
    )  # fmt: skip
