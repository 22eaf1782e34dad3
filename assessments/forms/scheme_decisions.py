from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.choices import Decision
from riskhub.web.forms import Line, Prose


class VersionForm(forms.Form):
    """The version that the page showed."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)


class SchemeDecisionForm(forms.Form):
    """The buttons are the decision; `content_hash` is of the matrix that the page showed."""

    comment = Prose(
        label=_("Comment"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Needed to ask for changes."),
    )  # fmt: skip
    decision = forms.ChoiceField(
        label="",
        choices=[one for one in Decision.choices if one[0] != Decision.REJECTED],
    )
    content_hash = Line(max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_silent = "comment" not in self.errors and not data.get("comment")
        if data.get("decision") == Decision.CHANGES and is_silent:
            self.add_error("comment", _("Write one sentence: the author will read it."))
        return data
