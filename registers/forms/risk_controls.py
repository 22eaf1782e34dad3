from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registers.choices import ActsOn, ControlType
from registers.control_querysets import ControlQuerySet
from registers.forms.risks import take_errors
from registers.models import Control, Risk, RiskControl
from registers.querysets import RiskQuerySet
from riskhub.web.conflicts import remember_opened
from riskhub.web.forms import DescribedLabel, Line, Prose, RadioCards

STRENGTHS = {
    0: (_("Not at all"), _("It is there, but the score stays as it is.")),
    1: (_("By one step"), _("As from 4 to 3.")),
    2: (_("By two steps"), _("As from 4 to 2.")),
}


def strength_cards() -> list[tuple[int, str]]:
    return [(n, DescribedLabel(str(name), str(hint))) for n, (name, hint) in STRENGTHS.items()]


class EffectForm(forms.Form):
    """What a control lowers, and by how many steps."""

    acts_on = forms.ChoiceField(
        label=_("What does it lower?"), choices=ActsOn.choices, widget=forms.RadioSelect
    )
    strength = forms.TypedChoiceField(
        label=_("By how much?"), choices=strength_cards, coerce=int, initial=1,
        widget=RadioCards(columns=3),
    )  # fmt: skip
    note = Prose(
        label=pgettext_lazy("of a link", "Note"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Where it does not reach: night shifts, contractors, one branch."),
    )  # fmt: skip

    def take(self, error: ValidationError) -> None:
        take_errors(self, error)


class EffectEditForm(EffectForm):
    row_version = forms.IntegerField(widget=forms.HiddenInput)
    back = Line(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, link: RiskControl, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        for name in ("acts_on", "strength", "note", "row_version"):
            self.initial.setdefault(name, getattr(link, name))
        remember_opened(self)

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("acts_on", "strength", "note")}


class LinkForm(EffectForm):
    """The effect of a new link; its type says what a control usually lowers."""

    acts_on = forms.ChoiceField(
        label=_("What does it lower?"), required=False, widget=forms.RadioSelect,
        choices=[("", _("As usual for its type")), *ActsOn.choices],
    )  # fmt: skip


class LinkControlForm(LinkForm):
    """A control for this risk, out of those that the user sees and that are not on it yet."""

    field_order = ("control", "acts_on", "strength", "note")
    control = forms.ModelChoiceField(
        label=_("Control"), queryset=Control.objects.none(), to_field_name="code"
    )

    def __init__(self, *args: Any, controls: ControlQuerySet, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        field: Any = self.fields["control"]
        field.queryset = controls
        field.choices = _by_type(controls)


class LinkRiskForm(LinkForm):
    """The same from the page of the control: a risk for it."""

    field_order = ("risk", "acts_on", "strength", "note")
    risk = Line(label=_("Risk number"), max_length=20, help_text=_("As in the list: R012."))

    def __init__(self, *args: Any, risks: RiskQuerySet, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.risks = risks

    def clean_risk(self) -> Risk:
        risk = self.risks.coded(str(self.cleaned_data["risk"])).first()
        if risk is None:
            raise forms.ValidationError(
                _("There is no open risk of yours with this number. Write it as R012.")
            )
        return risk


def _by_type(controls: ControlQuerySet) -> list[tuple[str, Any]]:
    rows = controls.order_by("type", "number")
    labels = dict(ControlType.choices)
    groups = {
        kind: [(one.code, str(one)) for one in group]
        for kind, group in groupby(rows, key=lambda one: one.type)
    }
    found = [(str(labels[kind]), groups[kind]) for kind in ControlType.values if kind in groups]
    return [("", _("Choose")), *found]
