"""What is found out about an incident piece by piece: its timeline, the injured, risks, losses."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Action
from incidents.forms.handling import Keyed
from incidents.forms.investigating import SEVERITIES, StepForm
from incidents.incidents.choices import Hurt, LossKind, LossState
from incidents.models import IncidentRisk, InjuredPerson, LossEntry
from incidents.services.injuries import NAME_MOST
from registers.models import Risk
from riskhub.entry.days import HAPPENED
from riskhub.web.forms import Day, Line, Moment, Prose, ReadVersion

_FEW_LINES = {"rows": 2}


class ReasonForm(StepForm):
    """Why something is taken back."""

    reason = Prose(
        label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs=_FEW_LINES)
    )


class FactForm(StepForm, Keyed):
    at = Moment(label=gettext_lazy("When"), span=HAPPENED)
    text = Prose(
        label=gettext_lazy("What happened then"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial["at"] = timezone.localtime(self.incident.occurred_at)


class InjuryForm(StepForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Who"), choices=Hurt.choices, widget=forms.RadioSelect
    )
    person_name = Line(
        label=gettext_lazy("Name"), max_length=NAME_MOST, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Only where somebody has to know it. It is kept sealed and shown masked."
        ),
    )  # fmt: skip
    severity = forms.TypedChoiceField(
        label=gettext_lazy("How badly"), choices=[("", "–"), *SEVERITIES], coerce=int,
        empty_value=None, required=False,
        help_text=gettext_lazy("1 to 5, as on the scale of impact. Empty where it is not known yet."),
    )  # fmt: skip
    days_lost = forms.IntegerField(
        label=gettext_lazy("Days lost"), min_value=0, max_value=9999, required=False,
        help_text=gettext_lazy("Empty where it is not known yet; 0 where no day was lost."),
    )  # fmt: skip
    note = Prose(
        label=gettext_lazy("Note"), max_length=500, required=False,
        widget=forms.Textarea(attrs=_FEW_LINES),
    )  # fmt: skip


class InjuryEditForm(InjuryForm):
    """The name is not shown again: a new one takes its place, an empty field leaves it."""

    is_unnamed = forms.BooleanField(label=gettext_lazy("Take the name out"), required=False)
    version = ReadVersion()

    def __init__(self, *args: Any, person: InjuredPerson, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial.update(
            role=person.role, severity=person.severity, days_lost=person.days_lost,
            note=person.note, version=person.row_version,
        )  # fmt: skip
        if person.person_name:
            words = _("%(name)s is kept. Empty leaves it so; another name takes its place.")
            self.fields["person_name"].help_text = words % {"name": person.shown_name}
        else:
            del self.fields["is_unnamed"]

    @property
    def facts(self) -> dict[str, Any]:
        said = {**self.cleaned_data}
        is_unnamed = said.pop("is_unnamed", False)
        said["person_name"] = "" if is_unnamed else said["person_name"] or None
        return said


class LinkForm(StepForm):
    risk = Line(
        label=gettext_lazy("Risk number"),
        max_length=20,
        help_text=gettext_lazy("As in the list: R012."),
    )
    known_before = forms.TypedChoiceField(
        label=gettext_lazy("Did it stand in the register before it happened?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda chosen: chosen == "yes", widget=forms.RadioSelect,
    )  # fmt: skip

    def clean_risk(self) -> Risk:
        risks = Risk.objects.visible_to(self.user).open()
        risk: Risk | None = risks.coded(str(self.cleaned_data["risk"])).first()
        if risk is None:
            words = _("There is no open risk of yours with this number. Write it as R012.")
            raise forms.ValidationError(words)
        return risk


class LinkEditForm(StepForm):
    known_before = LinkForm.base_fields["known_before"]

    def __init__(self, *args: Any, link: IncidentRisk, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial["known_before"] = "yes" if link.known_before else "no"


class MeasureForm(StepForm):
    action = forms.ModelChoiceField(
        label=gettext_lazy("Which action"), queryset=Action.objects.none(), empty_label=None,
        help_text=gettext_lazy(
            "Actions of the response plans of the risks that are named. Another one is written into "
            "the plan first."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        risks = self.incident.risk_links.values("risk")
        actions = Action.objects.visible_to(self.user).filter(plan__risk__in=risks)
        field: Any = self.fields["action"]
        field.queryset = actions.exclude(incident_measures__incident=self.incident)


class LossForm(StepForm, Keyed):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=LossKind.choices)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount, CNY"), max_digits=14, decimal_places=2, min_value=0,
        help_text=gettext_lazy("What is not known yet is not entered: empty is not 0."),
    )  # fmt: skip
    state = forms.ChoiceField(
        label=gettext_lazy("How sure"), choices=LossState.choices, widget=forms.RadioSelect
    )
    booked_on = Day(label=gettext_lazy("Booked on"), span=HAPPENED, widget=forms.DateInput)
    note = Prose(
        label=gettext_lazy("Note"), max_length=500, required=False,
        widget=forms.Textarea(attrs=_FEW_LINES),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial.update(booked_on=timezone.localdate(), state=LossState.ESTIMATE)


class LossEditForm(StepForm):
    """What it is stays: another kind is another entry."""

    amount = LossForm.base_fields["amount"]
    state = LossForm.base_fields["state"]
    booked_on = LossForm.base_fields["booked_on"]
    note = LossForm.base_fields["note"]
    version = ReadVersion()

    def __init__(self, *args: Any, loss: LossEntry, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial.update(
            amount=loss.amount, state=loss.state, booked_on=loss.booked_on, note=loss.note,
            version=loss.row_version,
        )  # fmt: skip
