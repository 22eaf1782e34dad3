from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.choices import Decision
from assessments.forms.grants import GrantedField, TypedGrant, shown_grant
from assessments.models import ResourceLine, ResponsePlan
from assessments.plans.content import PlanContent, PlannedResource
from assessments.plans.grants import Grant, granted_before, usual_grants
from registers.choices import Level
from riskhub.entry.days import HAPPENED
from riskhub.files.choices import AttachmentKind
from riskhub.files.forms import FilesField
from riskhub.web.forms import Day, DescribedLabel, Line, Prose, RadioCards

_LINES = {"rows": 3}


class DecisionForm(forms.Form):
    """The buttons are the decision; `content_hash` is of the text that the page showed.

    After a decision on a text that had changed meanwhile, `opened_hash` is of that former text. The
    buttons then stand where they stood, so that a tick says that the new text was read.
    """

    comment = Prose(
        label=_("Comment"), required=False, max_length=2000, widget=forms.Textarea(attrs=_LINES)
    )
    decision = forms.ChoiceField(label="", choices=Decision.choices)
    content_hash = Line(max_length=64, widget=forms.HiddenInput)
    opened_hash = Line(max_length=64, required=False, widget=forms.HiddenInput)
    has_read = forms.BooleanField(label="")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        plan: ResponsePlan,
        typed: Sequence[TypedGrant] = (),
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        self.waits = plan.head.content_hash if plan.head else ""
        self._ask_how_much(plan, {one.asked.key: one for one in typed if one.stays})
        self.is_critical = bool(plan.head and plan.head.residual_level == Level.CRITICAL)
        self.fields["comment"].help_text = (
            _("Needed, because the risk is Critical.")
            if self.is_critical
            else _("Needed to ask for changes or to reject.")
        )
        if self["opened_hash"].value():
            self._ask_to_read(plan)
        else:
            del self.fields["has_read"]

    def _ask_how_much(self, plan: ResponsePlan, typed: dict[str, TypedGrant]) -> None:
        content = PlanContent.parse(plan.head.content) if plan.head else None
        self.asked = content.resources if content else ()
        self.before = granted_before(plan) if self.asked else {}
        usual = usual_grants(content, self.before) if content else {}
        for one in self.asked:
            amount, note = shown_grant(usual[one.key], typed.get(one.key))
            self.fields[f"granted-{one.key}"] = GrantedField(one, amount)
            self.fields[f"note-{one.key}"] = Line(
                label=_("Note on “%(what)s”") % {"what": one.what}, required=False, max_length=300,
                initial=note,
            )  # fmt: skip

    def _ask_to_read(self, plan: ResponsePlan) -> None:
        number = {"number": plan.head.number if plan.head else ""}
        tick = self.fields["has_read"]
        tick.label = _("I have read version %(number)s") % number
        tick.error_messages["required"] = (
            _("Read version %(number)s, then tick here and decide.") % number
        )

    @property
    def is_of_another_text(self) -> bool:
        """Then nothing else about it is right or wrong: it was not written about what waits."""
        sent = self.data.get("content_hash", "")
        return bool(sent) and sent != self.waits

    @property
    def lines(self) -> list[tuple[PlannedResource, ResourceLine | None, BoundField, BoundField]]:
        """Each resource with what was granted before, what is granted of it and the note."""
        return [
            (
                one,
                self.before.get(one.key),
                self[f"granted-{one.key}"],
                self[f"note-{one.key}"],
            )
            for one in self.asked
        ]

    @property
    def grants(self) -> dict[str, Grant]:
        """By the keys of the resources."""
        sent = self.cleaned_data
        return {
            one.key: Grant(sent[f"granted-{one.key}"], sent[f"note-{one.key}"])
            for one in self.asked
            if sent[f"granted-{one.key}"] is not None
        }

    @property
    def made(self) -> dict[str, Any]:
        """What `decide_plan` takes."""
        names = ("decision", "content_hash", "comment")
        return {name: self.cleaned_data[name] for name in names} | {"grants": self.grants}

    def take_faults(self, refusal: ValidationError) -> None:
        """What the service refused: of a resource beside its line."""
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_needed = self.is_critical or data.get("decision") != Decision.APPROVED
        is_silent = "comment" not in self.errors and not data.get("comment")
        if is_needed and "decision" in data and is_silent:
            self.add_error("comment", _("Write one sentence: the author will read it."))
        if data.get("decision") == Decision.APPROVED:
            for one in self.asked:
                self._check_grant(one)
        return data

    def _check_grant(self, asked: PlannedResource) -> None:
        """Emptied it could mean all or nothing: management says which."""
        place, note = f"granted-{asked.key}", f"note-{asked.key}"
        granted = self.cleaned_data.get(place)
        if granted is None:
            if place not in self.errors:
                self.add_error(place, _("Type how much is granted: 0 for nothing."))
        elif granted > asked.quantity and not self.cleaned_data.get(note):
            self.add_error(note, _("This is more than is asked for: say why."))


class FinishForm(forms.Form):
    note = Prose(
        label=_("What was done?"), max_length=2000, widget=forms.Textarea(attrs=_LINES),
        help_text=_("In one sentence, with what shows it: a record, a photo, a count."),
    )  # fmt: skip
    proof = FilesField(
        kind=AttachmentKind.DOCUMENT, most=10, required=False, label=_("Photos and files"),
        help_text=_("What shows that it is done."),
    )  # fmt: skip


class ReopenForm(forms.Form):
    reason = Prose(
        label=_("What is missing?"), max_length=1000, widget=forms.Textarea(attrs=_LINES),
        help_text=_("Only where it is not done: its owner reads it."),
    )  # fmt: skip


class CloseForm(forms.Form):
    """The version that the page showed."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    reason = Prose(
        label=_("Why is the plan withdrawn?"), max_length=1000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def ask_what(self, head: int, in_force: int) -> None:
        """Only the version that is being written, or the plan as a whole: first of all, and unchosen."""
        facts = {"head": head, "in_force": in_force}
        words = (
            ("version", _("Only version %(head)d; version %(in_force)d stays in force"), ""),
            (
                "plan",
                _("The whole plan"),
                _("The risk then has no plan; open actions are cancelled."),
            ),
        )
        choices = [
            (value, DescribedLabel(str(label) % facts, str(hint))) for value, label, hint in words
        ]
        self.fields["what"] = forms.ChoiceField(
            label=_("What is withdrawn?"), choices=choices, widget=RadioCards(columns=2)
        )
        self.fields["reason"].label = _("Why?")
        self.order_fields(["what", "reason"])


class SubmitForm(forms.Form):
    """The version that the page showed."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)


class SpendingForm(forms.Form):
    amount = forms.DecimalField(
        label=_("How much was used?"), max_digits=12, decimal_places=2,
        help_text=_("A negative amount takes back what was entered by mistake."),
    )  # fmt: skip
    spent_on = Day(label=_("On which day?"), span=HAPPENED, widget=forms.DateInput)
    note = Line(label=_("Note"), required=False, max_length=300)
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def name_unit(self, unit: str) -> None:
        """A thing that is counted without a unit has none to name."""
        if unit:
            words = _("In %(unit)s. A negative amount takes back what was entered by mistake.")
            self.fields["amount"].help_text = words % {"unit": unit}
