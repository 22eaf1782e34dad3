"""The name of kept answers; the answers themselves are changed by importing a file with others."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskhub.imports.models import ImportMapping
from riskhub.web.conflicts import remember_opened
from riskhub.web.forms import Line


class KeptMappingForm(forms.Form):
    name = Line(label=_("Name"), max_length=120)
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: ImportMapping, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial = {"name": kept.name, "row_version": kept.row_version}
        remember_opened(self)
