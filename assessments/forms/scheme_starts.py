"""With what a draft of the matrix begins."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.heat_map import standard_in_force
from assessments.schemes.content import DeclaredFloor, SchemeContent, Words
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.presets import Preset, presets
from assessments.schemes.rows import content_of
from riskhub.reports.charts.grid import Matrix
from riskhub.reports.charts.mini_matrix import mini_map
from riskhub.web.forms import DescribedLabel, RadioCards

IN_FORCE = "in_force"


FITS = {
    "balanced": _(
        "For most services in the home: the level follows the sum of both scores, and what is rare but "
        "catastrophic is High."
    ),
    "cautious": _(
        "Where people are cared for: Medium and High begin one step earlier, so more needs a "
        "plan and an approval."
    ),
    "classic_product": _(
        "For whoever is used to the product of both scores: made for linear scales, 4×4 is only High and the "
        "checks warn of it."
    ),
}


class StartForm(forms.Form):
    start = forms.ChoiceField(label=_("Begin with"), widget=RadioCards())
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.in_force = scheme_in_force()
        field: Any = self.fields["start"]
        matrix = standard_in_force().scales.matrix
        field.choices = [
            (IN_FORCE, DescribedLabel(
                str(_("The matrix in force")), f"{self.in_force.code} {self.in_force.name}",
                mini_map(matrix, str(_("Its map"))),
            )),
            *((one.code, _described(one, matrix)) for one in presets().values()),
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


def _described(preset: Preset, matrix: Matrix) -> DescribedLabel:
    """What it is for, how far it is from the matrix in force, and its map."""
    count = sum(level != preset.cells[place] for place, level in matrix.cells.items())
    differs = ngettext(
        "%(count)d cell differs from the matrix in force.",
        "%(count)d cells differ from the matrix in force.",
        count,
    )
    said = differs % {"count": count} if count else _("Its cells are those in force.")
    picture = mini_map(replace(matrix, cells=preset.cells), str(_("Its map")))
    return DescribedLabel(preset.name, f"{FITS[preset.code]} {said}", picture)
