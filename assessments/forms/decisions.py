from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.choices import Decision
from assessments.models import ResponsePlan
from assessments.plans.content import PlanContent, PlannedResource, plain_amount
from assessments.services.enforcement import Grant
from registers.choices import Level
from riskhub.entry.days import HAPPENED
from riskhub.files.choices import AttachmentKind
from riskhub.files.forms import FilesField
from riskhub.web.forms import Day, DescribedLabel, Line, Prose, RadioCards

_LINES = {"rows": 3}


class GrantedField(forms.DecimalField):
    """All that is asked for, unless management types less."""

    def __init__(self, asked: PlannedResource, grant: Grant) -> None:
        super().__init__(
            label=asked.what, min_value=0, max_digits=14, decimal_places=2, required=False,
            initial=plain_amount(grant.amount),
        )  # fmt: skip
        self.asked = asked

    def clean(self, value: Any) -> Decimal:  # noqa: ANN401 - Django's signature
        """What is left empty is granted as it was asked for."""
        amount: Decimal | None = super().clean(value)
        return self.asked.quantity if amount is None else amount


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
        typed: Mapping[str, Grant] | None = None,
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = PlanContent.parse(plan.head.content).resources if plan.head else ()
        for number, one in enumerate(self.asked):
            grant = (typed or {}).get(one.key, Grant(one.quantity))
            self.fields[f"granted-{number}"] = GrantedField(one, grant)
            self.fields[f"note-{number}"] = Line(
                label=_("Note"),
                required=False,
                max_length=300,
                initial=grant.note,
            )
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

    def _ask_to_read(self, plan: ResponsePlan) -> None:
        number = {"number": plan.head.number if plan.head else ""}
        tick = self.fields["has_read"]
        tick.label = _("I have read version %(number)s") % number
        tick.error_messages["required"] = (
            _("Read version %(number)s, then tick here and decide.") % number
        )

    @property
    def lines(self) -> list[tuple[PlannedResource, BoundField, BoundField]]:
        """Each resource with what is granted of it and the note."""
        return [
            (one, self[f"granted-{number}"], self[f"note-{number}"])
            for number, one in enumerate(self.asked)
        ]

    @property
    def grants(self) -> dict[str, Grant]:
        """By the keys of the resources, as far as they are right."""
        sent = self.cleaned_data
        return {
            one.key: Grant(sent[f"granted-{number}"], sent.get(f"note-{number}", ""))
            for number, one in enumerate(self.asked)
            if sent.get(f"granted-{number}") is not None
        }

    @property
    def made(self) -> dict[str, Any]:
        """What `decide_plan` takes."""
        names = ("decision", "content_hash", "comment")
        return {name: self.cleaned_data[name] for name in names} | {"grants": self.grants}

    def take_faults(self, refusal: ValidationError) -> None:
        """What the service refused: of a resource beside its line."""
        places = {f"granted-{one.key}": f"granted-{n}" for n, one in enumerate(self.asked)}
        for name, errors in refusal.error_dict.items():
            place = places.get(name, name)
            self.add_error(place if place in self.fields else None, errors)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_needed = self.is_critical or data.get("decision") != Decision.APPROVED
        if is_needed and "decision" in data and not data.get("comment"):
            self.add_error("comment", _("Write one sentence: the author will read it."))
        for number, one in enumerate(self.asked):
            granted = data.get(f"granted-{number}")
            if granted and granted > one.quantity and not data.get(f"note-{number}"):
                self.add_error(f"note-{number}", _("This is more than is asked for: say why."))
        return data


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
