"""What somebody records of a drill: who was there, how long it took, what was missing."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import formset_factory
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.contingency.choices import DrillKind, DrillResult
from assessments.forms.rows import MOST_ROWS, RowForm, Rows, is_reshaping, reshaped
from assessments.models import ContingencyStep, Drill
from assessments.models.drill import MOST_PEOPLE, MOST_TOOK
from assessments.services import DrillFound, GapFound
from registers.querysets import owners_for
from riskhub.accounts.models import User
from riskhub.entry.day_words import day as in_words
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.web.forms import Day, Line, Prose

GAP = "gap"
COLUMNS = {GAP: ("text", "owner", "due_on")}
MOST_GAPS = 20


class DrillForm(forms.Form):
    """Of the next drill: on which day, and of which kind."""

    scheduled_on = Day(label=_("Day"), span=PLANNED, widget=forms.DateInput)
    kind = forms.ChoiceField(
        label=_("Kind of drill"), choices=DrillKind.choices, widget=forms.RadioSelect
    )
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_uuid", uuid4())


class MissedForm(forms.Form):
    """Of a drill that is put off, or was not held; and the day on which it will be."""

    reason = Prose(
        label=_("Why was it not held?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_on = Day(label=_("New day"), span=PLANNED, widget=forms.DateInput)

    def __init__(self, *args: Any, is_ahead: bool, latest: date, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        if is_ahead:
            self.fields["reason"].label = _("Why is it moved?")
        words = _("By %(day)s at the latest.") % {"day": in_words(latest)}
        self.fields["next_on"].help_text = words


class HeldForm(forms.Form):
    held_on = Day(label=_("Held on"), span=HAPPENED, widget=forms.DateInput)
    kind = forms.ChoiceField(
        label=_("Kind of drill"), choices=DrillKind.choices, widget=forms.RadioSelect
    )
    attendance = forms.IntegerField(
        label=_("How many took part"), min_value=1, max_value=MOST_PEOPLE
    )
    attendees = Prose(
        label=_("Who took part"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    target_took = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=0, max_value=MOST_TOOK
    )
    result = forms.ChoiceField(
        label=_("Result of the drill"), choices=DrillResult.choices, widget=forms.RadioSelect,
        help_text=_("Failed: people could not do what the plan says. It is drilled again within 60 days."),
    )  # fmt: skip
    note = Prose(label=_("What was seen"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    next_on = Day(
        label=_("Next drill"), span=PLANNED, required=False, widget=forms.DateInput,
        help_text=_("Empty: after the usual interval; after a failure within 60 days."),
    )  # fmt: skip
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        steps: Sequence[ContingencyStep],
        target: str,
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        if target:
            self.fields["target_took"].label = target
            self.fields["target_took"].help_text = _("Minutes from the call; empty: never.")
        else:
            del self.fields["target_took"]
        for step in steps:
            self.fields[f"took_{step.seq}"] = forms.IntegerField(
                label=step.text, required=False, min_value=0, max_value=MOST_TOOK
            )

    def step_fields(self) -> list[tuple[ContingencyStep, Any]]:
        return [(step, self[f"took_{step.seq}"]) for step in self.steps]


class GapRow(RowForm):
    counted = ("text",)
    text = Line(label=_("What is missing"), max_length=300)
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none())
    due_on = Day(label=_("Due"), span=PLANNED, widget=forms.DateInput)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset, owner.empty_label = people, _("Choose")


_GAPS = cast(
    "type[Rows]",
    formset_factory(GapRow, formset=Rows, max_num=MOST_GAPS, absolute_max=MOST_ROWS),
)  # fmt: skip


class DrillRecord:
    """The form and the table of gaps; with `data` as sent.

    Its steps are those by which people acted on the day of the drill. Another day with another version
    shows the steps of that one, and asks for their times anew.
    """

    def __init__(self, data: QueryDict | None, *, user: User, drill: Drill) -> None:
        self.is_judged = data is not None and not is_reshaping(data)
        if data is not None and not self.is_judged:
            data = reshaped(data, COLUMNS)
        held_on = min(drill.scheduled_on, timezone.localdate())
        version = drill.plan.version_on(_day_in(data) or held_on) or drill.plan.in_force
        number = version.number if version else None
        self.is_of_another = data is not None and data.get("version") not in {None, "", str(number)}
        if data is not None and self.is_of_another:
            data = _without_times(data, number)
        steps = list(version.steps.select_related("department")) if version else []
        target = version.target if version else ""
        initial = {
            "held_on": held_on, "kind": drill.kind, "row_version": drill.row_version,
            "version": number,
        }  # fmt: skip
        self.form = HeldForm(data, steps=steps, target=target, initial=initial)
        people = owners_for(user, [drill.plan.owner_department])
        self.gaps = _GAPS(data, prefix=GAP, initial=[], form_kwargs={"people": people})

    def is_valid(self) -> bool:
        if self.is_judged and self.is_of_another:
            words = _("On that day people acted by another version: give the times of its steps.")
            self.form.add_error("held_on", words)
        return self.is_judged and all([self.form.is_valid(), self.gaps.is_valid()])

    @property
    def wrong(self) -> list[Any]:
        return self.gaps.wrong if self.is_judged else []

    def found(self) -> DrillFound:
        data = self.form.cleaned_data
        names = ("held_on", "kind", "attendance", "attendees", "result", "note", "next_on")
        return DrillFound(
            **{name: data[name] for name in names},
            target_took=data.get("target_took"),
            took={step.seq: data[f"took_{step.seq}"] for step in self.form.steps},
            gaps=[GapFound(**row) for row in self.gaps.filled],
        )


def _day_in(data: QueryDict | None) -> date | None:
    """Of the drill, as far as it can be read."""
    try:
        day: date = HeldForm.base_fields["held_on"].clean(data.get("held_on") if data else None)
    except ValidationError:
        return None
    return day


def _without_times(data: QueryDict, number: int | None) -> QueryDict:
    """The times of the steps that were shown say nothing of those of this version."""
    kept = data.copy()
    for name in [name for name in kept if name.startswith("took_") or name == "target_took"]:
        del kept[name]
    kept["version"] = str(number)
    return kept


class GapNoteForm(forms.Form):
    note = Prose(
        label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
