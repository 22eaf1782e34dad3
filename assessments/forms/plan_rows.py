"""The tables of the plan editor: who does what until when, and what it takes."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.formsets import formset_factory
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.choices import ResourceKind
from assessments.forms.rows import MOST_ROWS, RowForm, Rows
from assessments.plans.content import (
    LENGTHS,
    MOST_ACTIONS,
    MOST_RESOURCES,
    PlannedAction,
    PlannedResource,
    plain_amount,
)
from assessments.plans.money import in_yuan
from registers.models import Control
from riskhub.accounts.models import User
from riskhub.entry.day_words import day as in_words
from riskhub.entry.days import PLANNED
from riskhub.web.forms import Day, Line


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


class PlanRowForm(Quiet, RowForm):
    """One row; `key` is its identity across versions."""

    key = Line(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_quiet: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.is_quiet = is_quiet

    @property
    def kept_key(self) -> str:
        return self.cleaned_data["key"] or uuid4().hex[:12]


class ActionForm(PlanRowForm):
    title = Line(label=_("Action"), max_length=LENGTHS["title"])
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none())
    due_on = Day(label=_("Due"), span=PLANNED, widget=forms.DateInput)
    control = forms.ModelChoiceField(
        label=_("Control that it changes"), required=False, queryset=Control.objects.none()
    )
    every_days = forms.IntegerField(
        label=_("Then checked every (days)"), required=False, min_value=1, max_value=730
    )
    counted = ("title", "owner", "due_on")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        people: QuerySet[User],
        controls: QuerySet[Control],
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        control: Any = self.fields["control"]
        control.queryset, control.choices = controls, partial(_choices, controls, gettext("none"))
        owner: Any = self.fields["owner"]
        owner.queryset, owner.choices = people, partial(_choices, people, gettext("Choose"))
        owner.error_messages["invalid_choice"] = _(
            "This person cannot act on the risk. Choose one of the list."
        )

    def planned(self) -> PlannedAction:
        """Of a valid row."""
        data = self.cleaned_data
        control: Control | None = data.get("control")
        return PlannedAction(
            key=self.kept_key,
            title=data["title"],
            owner=data["owner"].pk,
            due_on=data["due_on"].isoformat(),
            control=control.pk if control else None,
            every_days=data.get("every_days") if control else None,
        )


def _choices(things: Iterable[Model], none: str) -> list[tuple[Any, str]]:
    """Of a set that all rows share: whoever asks first reads it for the others."""
    return [("", none), *((one.pk, str(one)) for one in things)]


class ResourceForm(PlanRowForm):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=ResourceKind.choices)
    what = Line(label=_("What for"), required=False, max_length=LENGTHS["what"])
    amount = forms.DecimalField(
        label=_("How much"), required=False, min_value=Decimal("0.01"), max_digits=12,
        decimal_places=2,
    )  # fmt: skip
    unit = Line(
        label=_("Unit"), required=False, max_length=LENGTHS["unit"],
    )  # fmt: skip
    counted = ("what", "amount", "unit")

    def clean(self) -> dict[str, Any]:
        """A row that was begun says both; the labels need not say so in each row."""
        data = super().clean() or {}
        for name in ("what", "amount"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if data.get("amount") and self._is_money(data):
            try:
                data["amount"] = in_yuan(data["amount"], data.get("unit", ""))
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return data

    def _is_money(self, data: dict[str, Any]) -> bool:
        return data.get("kind") in ("", ResourceKind.MONEY)

    def planned(self) -> PlannedResource:
        """Of a valid row."""
        data = self.cleaned_data
        return PlannedResource(
            key=self.kept_key,
            kind=data["kind"] or ResourceKind.MONEY,
            what=data["what"],
            amount=plain_amount(data["amount"]),
            unit="" if self._is_money(data) else data["unit"],
        )


class PlanRows(Rows):
    """A table: as many rows as there are and one more; empty ones do not count."""

    """Rows with keys: two of one key are two rows."""

    @property
    def planned(self) -> list[Any]:
        """Those that are right so far; a key that comes twice gets another."""
        found: dict[str, Any] = {}
        for form in self.forms:
            if form.has_changed() and form.is_right():
                row = form.planned()
                key = row.key if row.key not in found else uuid4().hex[:12]
                found[key] = replace(row, key=key)
        return list(found.values())

    @property
    def is_whole(self) -> bool:
        """Every row that was begun is right."""
        return all(form.is_right() for form in self.forms if form.has_changed())


class ActionRows(PlanRows):
    def refuse_past(
        self, today: date, finished: Collection[str], standing: Collection[tuple[str, str]]
    ) -> None:
        """What is not done yet lies ahead, whatever else of its row is wrong; less a day that stands."""
        for form in self.forms:
            form.is_right()
            due_on, key = form.cleaned_data.get("due_on"), form.cleaned_data.get("key", "")
            if not due_on or key in finished or (key, due_on.isoformat()) in standing:
                continue
            if due_on < today:
                words = gettext("This day is past. Choose %(today)s or later.")
                form.add_error("due_on", words % {"today": in_words(today)})

    @property
    def faults(self) -> dict[str, str]:
        """A row that was begun and is not right keeps a plan from being submitted."""
        if self.is_whole:
            return {}
        return {"actions": gettext("Complete each action, with owner and a day that lies ahead.")}


class ResourceRows(PlanRows):
    @property
    def faults(self) -> dict[str, str]:
        """As of the actions."""
        if self.is_whole:
            return {}
        return {"resources": gettext("Complete each resource: what for, and how much.")}


ActionFormSet = formset_factory(
    ActionForm, formset=ActionRows, max_num=MOST_ACTIONS, absolute_max=MOST_ROWS
)
ResourceFormSet = formset_factory(
    ResourceForm, formset=ResourceRows, max_num=MOST_RESOURCES, absolute_max=MOST_ROWS
)
