"""Which risk goes on where two are one, and why they are."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registers.forms.triage import MergeForm
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.web.forms import Line, Prose


class RiskMergeForm(MergeForm):
    takes_words = False
    risk = Line(
        label=_("Number of the risk that goes on"), max_length=20,
        widget=forms.TextInput(attrs={"list": "alikes", "autocomplete": "off"}),
    )  # fmt: skip
    reason = Prose(
        label=_("Why the two are one risk"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, user: User, merged: Risk, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, user=user, **kwargs)
        self.merged = merged

    def clean_risk(self) -> Risk:
        into = super().clean_risk()
        if into.pk == self.merged.pk:
            raise ValidationError(gettext("Choose another risk: this is the one to be merged."))
        return into
