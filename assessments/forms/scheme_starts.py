"""With what a draft of the matrix begins."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.schemes.content import DeclaredFloor, SchemeContent, Words
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.presets import presets
from assessments.schemes.rows import content_of
from riskhub.web.forms import DescribedLabel, RadioCards

IN_FORCE = "in_force"


class StartForm(forms.Form):
    start = forms.ChoiceField(label=_("Begin with"), widget=RadioCards())
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.in_force = scheme_in_force()
        field: Any = self.fields["start"]
        hint = _("Scales, words and rules are those in force; only the cells are the preset's.")
        field.choices = [
            (IN_FORCE, DescribedLabel(
                str(_("The matrix in force")), f"{self.in_force.code} {self.in_force.name}"
            )),
            *((one.code, DescribedLabel(one.name, str(hint))) for one in presets().values()),
        ]  # fmt: skip
        field.initial = IN_FORCE

    @property
    def content(self) -> SchemeContent:
        """Of a valid form."""
        content, chosen = content_of(self.in_force), self.cleaned_data["start"]
        if chosen == IN_FORCE:
            return content
        taken = presets()[chosen]
        return replace(
            content,
            name=Words(taken.name_zh, taken.name_en),
            cells=taken.cells,
            floors=tuple(
                DeclaredFloor(
                    (one["cell"][0], one["cell"][1]),
                    Words(one["reason"]["zh"], one["reason"]["en"]),
                )
                for one in taken.floors
            ),
        )
