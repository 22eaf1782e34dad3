"""The editor of a plan: its strategy with what it asks for, and the table of actions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import Band
from assessments.plan_content import LENGTHS, PlanContent, PlannedAction
from assessments.plan_words import LABELS, RULES
from assessments.scales import Scales
from registers.choices import Strategy
from riskhub.accounts.models import User
from riskhub.entry.days import PLANNED
from riskhub.web.conflicts import opened_field
from riskhub.web.forms import Day, DescribedLabel, Line, Prose, RadioCards

if TYPE_CHECKING:
    Rows = BaseFormSet["ActionForm"]
else:  # the class takes no argument when the program runs
    Rows = BaseFormSet

MOST_ACTIONS, MOST_ROWS = 40, 60
_LINES = {"rows": 2}


class Quiet:
    """A bound form that is only shown again (a row more, a row less): nothing is wrong with it yet."""

    is_quiet = False

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.is_quiet else super().errors  # type: ignore[misc]  # of the form

    def is_right(self) -> bool:
        """Whatever is shown: whether nothing is wrong with what was sent."""
        if self._errors is None:  # type: ignore[attr-defined]  # of the form
            self.full_clean()  # type: ignore[attr-defined]  # of the form
        return not self._errors  # type: ignore[attr-defined]  # of the form


class PlanForm(Quiet, forms.Form):
    strategy = forms.ChoiceField(
        label=LABELS["strategy"], choices=Strategy.choices, widget=RadioCards(columns=2)
    )
    avoid_what = Line(label=LABELS["avoid_what"], required=False, max_length=LENGTHS["avoid_what"])
    transfer_to = Line(
        label=LABELS["transfer_to"], required=False, max_length=LENGTHS["transfer_to"]
    )
    transfer_by = Line(
        label=LABELS["transfer_by"], required=False, max_length=LENGTHS["transfer_by"]
    )
    accept_reason = Prose(
        label=LABELS["accept_reason"], required=False, max_length=LENGTHS["accept_reason"],
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    accept_until = Day(
        label=LABELS["accept_until"], required=False, span=PLANNED, widget=forms.DateInput,
        help_text=_("Within 12 months: then somebody looks at it again."),
    )  # fmt: skip
    objective = Prose(
        label=LABELS["objective"], required=False, max_length=LENGTHS["objective"],
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("What is different when the plan is done? One or two sentences."),
    )  # fmt: skip
    target_probability = forms.TypedChoiceField(
        label=_("Target probability"), required=False, coerce=int, empty_value=None
    )
    target_impact = forms.TypedChoiceField(
        label=_("Target impact"), required=False, coerce=int, empty_value=None
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opened = opened_field()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        scales: Scales,
        is_quiet: bool = False,
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_quiet = is_quiet
        strategy: Any = self.fields["strategy"]
        strategy.choices = [
            (value, DescribedLabel(str(label), str(RULES[value])))
            for value, label in Strategy.choices
        ]
        for axis, bands in (("probability", scales.probability), ("impact", scales.impact)):
            field: Any = self.fields[f"target_{axis}"]
            field.choices = _scores(bands)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = ("target_probability", "target_impact")
        missing = [name for name in names if not data.get(name)]
        if len(missing) == 1 and self.errors.keys().isdisjoint(names):
            self.add_error(missing[0], _("A target has both scores, or none."))
        return data

    def content(self, actions: Sequence[PlannedAction]) -> PlanContent:
        """What is right so far. What belongs to another strategy is no part of the plan."""
        data = self.cleaned_data
        strategy = data.get("strategy", "")
        until: date | None = data.get("accept_until")

        def text(name: str, owner: str = strategy) -> str:
            return str(data.get(name, "")).strip() if strategy == owner else ""

        probability, impact = data.get("target_probability"), data.get("target_impact")
        return PlanContent(
            strategy=strategy,
            objective=text("objective"),
            target=(probability, impact) if probability and impact else None,
            avoid_what=text("avoid_what", Strategy.AVOID),
            transfer_to=text("transfer_to", Strategy.TRANSFER),
            transfer_by=text("transfer_by", Strategy.TRANSFER),
            accept_reason=text("accept_reason", Strategy.ACCEPT),
            accept_until=until.isoformat() if until and strategy == Strategy.ACCEPT else "",
            actions=tuple(actions),
        )

    def take_faults(self, faults: Mapping[str, str]) -> None:
        """Each sentence beside its field, unless that is at fault already; those of the actions on top."""
        for name, sentence in faults.items():
            field = "target_probability" if name == "target" else name
            if field in self.errors:
                continue
            self.add_error(field if field in self.fields else None, sentence)


class ActionForm(Quiet, forms.Form):
    """One row; `key` is the action's identity across versions."""

    key = Line(required=False, max_length=36, widget=forms.HiddenInput)
    title = Line(label=_("Action"), max_length=LENGTHS["title"])
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none())
    due_on = Day(label=_("Due"), span=PLANNED, widget=forms.DateInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        people: QuerySet[User],
        is_quiet: bool = False,
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_quiet = is_quiet
        owner: Any = self.fields["owner"]
        owner.queryset, owner.empty_label = people, gettext("Choose")
        owner.error_messages["invalid_choice"] = _(
            "This person cannot act on the risk. Choose one of the list."
        )

    def has_changed(self) -> bool:
        """A row that was emptied is no action, whatever its key."""
        names = ("title", "owner", "due_on")
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)

    def planned(self) -> PlannedAction:
        """Of a valid row."""
        data = self.cleaned_data
        return PlannedAction(
            key=data["key"] or uuid4().hex[:12],
            title=data["title"],
            owner=data["owner"].pk,
            due_on=data["due_on"].isoformat(),
        )


@dataclass(frozen=True)
class WrongCell:
    """One thing to change in the table, and where it stands."""

    label: str
    anchor: str
    error: str


class ActionRows(Rows):
    """The table: as many rows as there are actions and one more; empty ones do not count."""

    def __init__(self, data: Any, *, initial: Sequence[Any] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.extra = len(initial or ()) + 1
        super().__init__(data, initial=initial, **kwargs)

    def initial_form_count(self) -> int:
        return 0

    @property
    def planned(self) -> list[PlannedAction]:
        """Those that are right so far; a key that comes twice gets another."""
        found: dict[str, PlannedAction] = {}
        for form in self.forms:
            if form.has_changed() and form.is_right():
                action = form.planned()
                key = action.key if action.key not in found else uuid4().hex[:12]
                found[key] = replace(action, key=key)
        return list(found.values())

    def refuse_past(self, today: date, finished: Collection[str]) -> None:
        """What is not done yet lies ahead, whatever else of its row is wrong."""
        for form in self.forms:
            form.is_right()
            due_on = form.cleaned_data.get("due_on")
            if due_on and due_on < today and form.cleaned_data.get("key") not in finished:
                words = gettext("This day is past. Choose %(today)s or later.")
                form.add_error("due_on", words % {"today": today.isoformat()})

    @property
    def wrong(self) -> list[WrongCell]:
        """What the summary above the form says about the table; nothing while it is not judged."""
        if not self.is_bound:
            return []
        said = [WrongCell("", "", str(error)) for error in self.non_form_errors()]
        for number, form in enumerate(self.forms, start=1):
            for name, errors in form.errors.items():
                said += [_wrong_cell(number, form[name], str(error)) for error in errors]
        return said

    @property
    def faults(self) -> dict[str, str]:
        """A row that was begun and is not right keeps a plan from being submitted."""
        if all(form.is_right() for form in self.forms if form.has_changed()):
            return {}
        return {"actions": gettext("Complete each action, with owner and a day that lies ahead.")}


ActionFormSet = formset_factory(
    ActionForm, formset=ActionRows, max_num=MOST_ACTIONS, absolute_max=MOST_ROWS
)


def _wrong_cell(number: int, field: BoundField, error: str) -> WrongCell:
    words = gettext("Row %(number)d, %(field)s") % {"number": number, "field": field.label}
    return WrongCell(words, field.auto_id, error)


def _scores(bands: Sequence[Band]) -> list[tuple[Any, str]]:
    return [("", gettext("none")), *((b.score, f"{b.score} {b.name}") for b in bands)]
