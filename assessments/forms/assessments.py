"""The two steps of an assessment on one page: without controls, with controls, and perhaps a target."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from assessments.choices import Confidence, Dimension, Method
from assessments.matrix import QUALITATIVE_SCORES
from assessments.models import Band
from assessments.models.matrix import Axis
from assessments.scales import Scales, frequency, money_range
from assessments.services import Scores
from riskhub.web.forms import DescribedLabel, Prose, RadioCards

KINDS = ("inherent", "residual", "target")
AXES = ("probability", "impact")
FIVE, QUICK = "five", "quick"
_QUICK_WORDS = {"L": _("Low"), "M": _("Medium"), "H": _("High")}
_LINES = {"rows": 3}


class ScoreField(forms.TypedChoiceField):
    """A score 1..5, chosen by what it means."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(coerce=int, empty_value=None, **kwargs)


class AssessmentForm(forms.Form):
    """`entry` is five scores with their anchors, or quick: high, medium, low."""

    inherent_probability = ScoreField(label=_("Inherent probability"))
    inherent_impact = ScoreField(
        label=_("Inherent impact"), help_text=_("The worst dimension counts, never an average.")
    )
    residual_probability = ScoreField(label=_("Residual probability"))
    residual_impact = ScoreField(label=_("Residual impact"))
    target_probability = ScoreField(label=_("Target probability"), required=False)
    target_impact = ScoreField(label=_("Target impact"), required=False)
    rationale = Prose(
        label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs=_LINES),
        help_text=_("What it rests on: which events, which check. One sentence at least."),
    )  # fmt: skip
    confidence = forms.ChoiceField(
        label=_("How sure are you?"), choices=Confidence.choices, initial=Confidence.MEDIUM,
        widget=forms.RadioSelect,
    )  # fmt: skip
    entry = forms.ChoiceField(
        choices=[(FIVE, FIVE), (QUICK, QUICK)], initial=FIVE, required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scales: Scales, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.is_quick = self["entry"].value() == QUICK
        for kind in KINDS:
            for axis in AXES:
                field = self.fields[f"{kind}_{axis}"]
                assert isinstance(field, ScoreField)  # noqa: S101 - declared above
                self._offer(field, kind, getattr(scales, axis), scales)

    def _offer(self, field: ScoreField, kind: str, bands: Iterable[Band], scales: Scales) -> None:
        """Cards with anchors; a target is an afterthought and gets a list."""
        if kind == "target":
            field.choices = [
                ("", gettext("none")),
                *((b.score, f"{b.score} {b.name}") for b in bands),
            ]
            return
        if self.is_quick:
            names = {band.score: f"{band.score} {band.name}" for band in bands}
            quick = reversed(QUALITATIVE_SCORES.items())
            field.choices = [(s, DescribedLabel(str(_QUICK_WORDS[w]), names[s])) for w, s in quick]
        else:
            field.choices = [
                (b.score, _card(b, scales, is_short=kind == "residual")) for b in bands
            ]
        field.widget = RadioCards(columns=3 if self.is_quick else 5, choices=field.choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for axis in AXES:
            inherent, residual, target = (data.get(f"{kind}_{axis}") for kind in KINDS)
            if inherent and residual and residual > inherent:
                self.add_error(
                    f"residual_{axis}", _("With controls it cannot be higher than without.")
                )
            if residual and target and target > residual:
                self.add_error(
                    f"target_{axis}", _("The target cannot be above the residual score.")
                )
        self._check_target_is_whole(data)
        return data

    def _check_target_is_whole(self, data: dict[str, Any]) -> None:
        names = [f"target_{axis}" for axis in AXES]
        missing = [name for name in names if not data.get(name)]
        if len(missing) == 1 and self.errors.keys().isdisjoint(names):
            self.add_error(missing[0], _("A target has both scores, or none."))

    @property
    def scores(self) -> Scores:
        """Of a valid form."""
        pairs = [tuple(self.cleaned_data[f"{kind}_{axis}"] for axis in AXES) for kind in KINDS]
        inherent, residual, target = pairs
        return Scores(inherent, residual, target if all(target) else None)

    @property
    def method(self) -> Method:
        return Method.QUALITATIVE if self.is_quick else Method.MATRIX


class RejectForm(forms.Form):
    reason = Prose(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs=_LINES),
        help_text=_("What is missing? The assessor reads it."),
    )  # fmt: skip


def _card(band: Band, scales: Scales, *, is_short: bool) -> DescribedLabel:
    """Score, name and anchor; the second time the range is enough."""
    name = f"{band.score} {band.name}"
    if band.axis == Axis.PROBABILITY:
        return DescribedLabel(name, frequency(band) if is_short else band.anchor)
    anchors = scales.anchors.get(band.score, ())
    injury = [str(a) for a in anchors if a.dimension == Dimension.INJURY and not is_short]
    return DescribedLabel(
        name, pgettext("between range and anchor", ". ").join([money_range(band), *injury])
    )
