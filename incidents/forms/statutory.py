"""Reminders by law: how they are set, and how those of an incident are answered."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from incidents.forms.investigating import SEVERITIES, StepForm
from incidents.incidents.choices import Hurt
from incidents.models import IncidentKind, StatutoryClock, StatutoryRule
from incidents.statutory.choices import ClockAnswer
from riskhub.entry.days import HAPPENED
from riskhub.web.conflicts import Changing, remember_opened
from riskhub.web.forms import Line, Moment, Prose

MOST_HOURS = 8760
"""A year."""


class RuleForm(Changing, forms.ModelForm):  # type: ignore[type-arg]  # of one model
    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=1, max_value=MOST_HOURS)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of incident"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    hurt = forms.MultipleChoiceField(
        label=gettext_lazy("Who is hurt"), choices=Hurt.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "What is left empty fits every incident. Empty all three: it is started by hand."
        ),
    )  # fmt: skip
    least_severity = forms.TypedChoiceField(
        label=gettext_lazy("Severity as it came out, at least"),
        choices=[("", "–"), *SEVERITIES], coerce=int, empty_value=None, required=False,
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = StatutoryRule
        fields = (
            "name_zh", "name_en", "hours", "begins", "from_zh", "from_en", "basis_zh", "basis_en",
            "kinds", "hurt", "least_severity",
        )  # fmt: skip

    def __init__(self, *args: Any, instance: StatutoryRule, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[misc]  # Django's arguments
        kinds: Any = self.fields["kinds"]
        kinds.choices = [(kind.code, kind.name) for kind in IncidentKind.objects.all()]
        self.initial["row_version"] = instance.row_version
        remember_opened(self)


class StartClockForm(StepForm):
    rule = forms.ModelChoiceField(
        label=gettext_lazy("Which reminder"), queryset=StatutoryRule.objects.none(),
        to_field_name="code", empty_label=None, widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        rules: Any = self.fields["rule"]
        rules.queryset = StatutoryRule.objects.confirmed().exclude(clocks__incident=self.incident)


class AnswerClockForm(StepForm):
    answer = forms.ChoiceField(
        label=gettext_lazy("What was done about it"), choices=ClockAnswer.choices[1:],
        widget=forms.RadioSelect,
    )  # fmt: skip
    told_at = Moment(label=gettext_lazy("Reported at"), span=HAPPENED, required=False)
    told_to = Line(
        label=gettext_lazy("Reported to"), max_length=200, required=False,
        help_text=gettext_lazy("Which office, and the number under which they have it."),
    )  # fmt: skip
    reason = Prose(
        label=gettext_lazy("Why it does not apply"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, clock: StatutoryClock, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial.update(
            answer=clock.answer, told_at=timezone.localtime(clock.told_at or timezone.now()),
            told_to=clock.told_to, reason=clock.reason,
        )  # fmt: skip
