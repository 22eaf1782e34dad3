"""What is found out about an incident, one short form for each step; `facts` is what the service takes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.incidents.choices import GRAVEST, LEAST, MOST_WHYS
from incidents.models import Incident, IncidentKind
from registers.models import ServiceLine
from registers.querysets import OWNERS, onlookers_of
from riskhub.accounts.models import User
from riskhub.entry.days import HAPPENED
from riskhub.web.forms import Line, Moment, Prose, ReadVersion

SEVERITIES = [(one, str(one)) for one in range(LEAST, GRAVEST + 1)]
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
        label=gettext_lazy("Severity as it came out"), choices=[("", "–"), *SEVERITIES],
        coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("1 to 5, as on the scale of impact. Empty where it is not known yet."),
    )  # fmt: skip
    potential_severity = forms.TypedChoiceField(
        label=gettext_lazy("Severity as it could have been"), choices=SEVERITIES, coerce=int
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


class EditForm(StepForm):
    """What is known besides the words of whoever reported it."""

    occurred_at = Moment(label=gettext_lazy("Happened at"), span=HAPPENED)
    place = Line(label=gettext_lazy("Where in the service"), max_length=200, required=False)
    service_line = forms.ModelChoiceField(
        label=gettext_lazy("Service line"), queryset=ServiceLine.objects.all(), required=False
    )
    order_ref = Line(label=gettext_lazy("Order number"), max_length=100, required=False)
    immediate_action = Prose(
        label=gettext_lazy("What was done at once"), max_length=2000, required=False,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    version = ReadVersion()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        known = self.incident
        self.initial.update(
            occurred_at=timezone.localtime(known.occurred_at), place=known.place,
            service_line=known.service_line_id, order_ref=known.order_ref,
            immediate_action=known.immediate_action,
        )  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        """To the minute: the moment that was not touched keeps its seconds."""
        said = {**self.cleaned_data}
        was = self.incident.occurred_at
        if said["occurred_at"] == was.replace(second=0, microsecond=0):
            said["occurred_at"] = was
        return said


class MergeForm(StepForm):
    same_as = Line(
        label=gettext_lazy("Number of the incident that goes on"), max_length=20,
        help_text=gettext_lazy("As in the list: I-2026-0012. Both stay; this one counts no more."),
    )  # fmt: skip

    def clean_same_as(self) -> Incident:
        rows = Incident.objects.visible_to(self.user)
        code = str(self.cleaned_data["same_as"]).upper()
        found: Incident | None = rows.filter(code=code).first()
        if found is None:
            words = _("You see no incident with this number. Write it as I-2026-0012.")
            raise forms.ValidationError(words)
        return found
