"""The two steps of an assessment on one page: without controls, with controls, and perhaps a target."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from assessments.choices import Confidence, Dimension, Method
from assessments.effects import AXES, Effect, Lowering, NetOf, proposed_residual
from assessments.forms.counting import Count, count_of, counting_fields, effect_of, effects_in
from assessments.forms.dimensions import (
    DimensionRow,
    dimension_faults,
    dimension_fields,
    dimensions_of,
    scores_in,
    worst_of,
)
from assessments.forms.lec import NAMES as LEC_NAMES
from assessments.forms.lec import lec_fault, lec_fields, lec_of
from assessments.forms.net_of import net_of_chosen, net_of_fault, net_of_fields, net_of_in
from assessments.grounds import Basis
from assessments.lec import Lec
from assessments.matrix import QUALITATIVE_SCORES
from assessments.models import Band
from assessments.models.matrix import Axis
from assessments.schemes.scales import Scales, frequency, money_range
from assessments.services import Scores
from registers.models import RiskControl
from registers.models.transfers import Transfer
from riskhub.web.conflicts import OPENED_FIELD, VERSION_FIELD, remember_opened
from riskhub.web.forms import DescribedLabel, Prose, RadioCards

KINDS = ("inherent", "residual", "target")
FIVE, QUICK = "five", "quick"
_QUICK_WORDS = {"L": _("Low"), "M": _("Medium"), "H": _("High")}
_NEVER_TYPED = ("client_uuid", VERSION_FIELD, OPENED_FIELD)
_LINES = {"rows": 3}
LOWEST_QUICK = min(QUALITATIVE_SCORES.values())


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
    residual_probability = ScoreField(label=_("Residual probability"), required=False)
    residual_impact = ScoreField(label=_("Residual impact"), required=False)
    target_probability = ScoreField(label=_("Target probability"), required=False)
    target_impact = ScoreField(label=_("Target impact"), required=False)
    rationale = Prose(
        label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs=_LINES),
        help_text=_("What it rests on: which events, which check. One sentence at least."),
    )  # fmt: skip
    evidence = Prose(
        label=_("Evidence"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Where others find it: incidents, complaints, records, photos."),
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
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        scales: Scales,
        links: Sequence[RiskControl] = (),
        counted: Mapping[int, Effect] | None = None,
        policies: Sequence[Transfer] = (),
        has_lec: bool = False,
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        """`links` are the controls in use on the risk, `counted` what they counted for last time.

        `policies` are those in force.
        """
        super().__init__(*args, **kwargs)
        self.links = links
        self.is_quick = self["entry"].value() == QUICK
        for kind in KINDS:
            for axis in AXES:
                field = self.fields[f"{kind}_{axis}"]
                assert isinstance(field, ScoreField)  # noqa: S101 - declared above
                self._offer(field, kind, getattr(scales, axis), scales)
        self.fields |= counting_fields(links, counted or {}) | dimension_fields(scales)
        self.fields |= net_of_fields(policies) | (lec_fields() if has_lec else {})
        self.has_lec, self.has_policies = has_lec, bool(policies)
        opened = self.initial.get(OPENED_FIELD)
        remember_opened(self)
        self.initial[OPENED_FIELD] = opened or self.initial[OPENED_FIELD]
        self.fields["inherent_impact"].required = worst_of(self, "inherent") is None

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
        if faults := dimension_faults(data, is_quick=self.is_quick):
            for name, words in faults.items():
                self.add_error(name, words)
            return data  # what follows from them is not known
        self._fill_what_follows(data)
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
        if missing := lec_fault(data):
            self.add_error(missing, _("LEC has all three values, or none."))
        if half := net_of_fault(data):
            self.add_error(*half)
        return data

    def _fill_what_follows(self, data: dict[str, Any]) -> None:
        """The worst dimension is the impact; the residual is what the controls give, unless chosen."""
        for kind in KINDS[:2]:
            name, worst = f"{kind}_impact", worst_of(self, kind)
            if worst and not data.get(name) and name not in self.errors:
                data[name] = worst.score
        probability, impact = (data.get(f"inherent_{axis}") for axis in AXES)
        proposed = None
        if probability and impact:
            proposed = proposed_residual((probability, impact), self.lowering)
        for axis, name in ((0, "residual_probability"), (1, "residual_impact")):
            if data.get(name) or name in self.errors:
                continue
            if proposed is None:
                self.add_error(name, self.fields[name].error_messages["required"])
            else:
                data[name] = max(proposed[axis], LOWEST_QUICK if self.is_quick else 1)

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
    def effects(self) -> tuple[Effect, ...]:
        """As far as they can be read, of what is chosen now."""
        return tuple(effect_of(self, link) for link in self.links)

    @property
    def net_of(self) -> NetOf | None:
        """As it is chosen now."""
        return net_of_chosen(self)

    @property
    def lowering(self) -> list[Lowering]:
        return [*self.effects, *filter(None, [self.net_of])]

    @property
    def basis(self) -> Basis:
        """Of a valid form."""
        return Basis(
            effects=effects_in(self.cleaned_data, self.links),
            inherent=scores_in(self.cleaned_data, "inherent"),
            residual=scores_in(self.cleaned_data, "residual"),
            evidence=self.cleaned_data["evidence"],
            lec=lec_of(self.cleaned_data),
            net_of=net_of_in(self.cleaned_data),
        )

    @property
    def lec(self) -> Lec | None:
        """Of what is chosen now, on a form that need not be valid."""
        return lec_of({name: self[name].value() for name in LEC_NAMES}) if self.has_lec else None

    def counts(self) -> list[Count]:
        """The rows of the controls."""
        return [count_of(self, link) for link in self.links]

    @property
    def refused_dimensions(self) -> bool:
        return any(row.score.errors for kind in KINDS[:2] for row in dimensions_of(self, kind))

    def inherent_dimensions(self) -> list[DimensionRow]:
        return dimensions_of(self, "inherent")

    def residual_dimensions(self) -> list[DimensionRow]:
        return dimensions_of(self, "residual")

    def texts(self) -> list[str]:
        """The fields that a preview needs not: nobody's words stand in an address."""
        words = [name for name, field in self.fields.items() if isinstance(field, forms.CharField)]
        return ["csrfmiddlewaretoken", *_NEVER_TYPED, *words]

    def typed(self) -> dict[str, str]:
        """What stands in the fields of a form that was sent, for a draft."""
        return {
            name: self.data[name]
            for name in self.fields
            if name in self.data and name not in _NEVER_TYPED
        }

    @property
    def method(self) -> Method:
        return Method.QUALITATIVE if self.is_quick else Method.MATRIX


class RejectForm(forms.Form):
    reason = Prose(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs=_LINES),
        help_text=_("What is missing? The assessor reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_own: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        if is_own:
            self.fields["reason"].help_text = _("Why you take it back. It stands in the history.")


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
