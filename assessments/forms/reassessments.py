from django import forms
from django.utils.translation import gettext_lazy as _

from riskhub.web.forms import Prose


class WaiveForm(forms.Form):
    reason = Prose(
        label=_("Why is no assessment needed?"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who looked at what. It stands in the history of the risk."),
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput)
