"""What is found out about an incident, one short form for each step; `facts` is what the service takes."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.incidents.choices import GRAVEST, LEAST, MOST_WHYS, LossKind, LossState
from incidents.models import Incident, IncidentKind
from registers.models import Risk
from registers.querysets import OWNERS, onlookers_of
from riskhub.accounts.models import User
from riskhub.entry.days import HAPPENED
from riskhub.web.forms import Day, Line, Prose, ReadVersion

_SEVERITIES = [(one, str(one)) for one in range(LEAST, GRAVEST + 1)]
_LINES = {"rows": 3}


class StepForm(forms.Form):
    """Of one incident, by somebody."""

    def __init__(self, *args: Any, incident: Incident, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.incident, self.user = incident, user
        if "version" in self.fields:
            self.initial["version"] = incident.row_version

    @property
    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


class TriageForm(StepForm):
    kind = forms.ModelChoiceField(
        label=gettext_lazy("Kind"), queryset=IncidentKind.objects.all(), to_field_name="code",
        empty_label=None,
    )  # fmt: skip
    actual_severity = forms.TypedChoiceField(
        label=gettext_lazy("Severity as it came out"), choices=[("", "–"), *_SEVERITIES],
        coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("1 to 5, as on the scale of impact. Empty where it is not known yet."),
    )  # fmt: skip
    potential_severity = forms.TypedChoiceField(
        label=gettext_lazy("Severity as it could have been"), choices=_SEVERITIES, coerce=int
    )
    investigator = forms.ModelChoiceField(
        label=gettext_lazy("Looked into by"), queryset=User.objects.none()
    )
    version = ReadVersion()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        people: Any = self.fields["investigator"]
        people.queryset = onlookers_of([self.incident.department], OWNERS).order_by("display_name")
        self.initial.update(kind=self.incident.kind.code, investigator=self.user.pk)


class AnalyseForm(StepForm):
    root_cause = Prose(
        label=gettext_lazy("Root cause"), max_length=1000, required=False,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    lessons = Prose(
        label=gettext_lazy("What we learned"), max_length=2000, required=False,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    version = ReadVersion()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        names = [f"why_{place}" for place in range(1, MOST_WHYS + 1)]
        for place, name in enumerate(names, start=1):
            label = _("Why did it happen?") if place == 1 else _("And why that?")
            self.fields[name] = Line(label=label, max_length=500, required=False)
        self.order_fields(names)
        self.initial.update({
            "root_cause": self.incident.root_cause, "lessons": self.incident.lessons,
            **dict(zip(names, self.incident.whys, strict=False)),
        })  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        said = {**self.cleaned_data}
        whys = [said.pop(f"why_{place}") for place in range(1, MOST_WHYS + 1)]
        return {**said, "whys": whys}


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


class LossForm(StepForm):
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
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial.update({
            "client_uuid": uuid4(), "booked_on": timezone.localdate(), "state": LossState.ESTIMATE,
        })  # fmt: skip
