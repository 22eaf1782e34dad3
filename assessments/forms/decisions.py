from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.choices import Decision
from assessments.models import ResponsePlan
from registers.choices import Level
from riskhub.web.forms import Line, Prose

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

    def __init__(self, *args: Any, plan: ResponsePlan, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
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
    def made(self) -> dict[str, Any]:
        """What `decide_plan` takes."""
        return {name: self.cleaned_data[name] for name in ("decision", "content_hash", "comment")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_needed = self.is_critical or data.get("decision") != Decision.APPROVED
        if is_needed and "decision" in data and not data.get("comment"):
            self.add_error("comment", _("Write one sentence: the author will read it."))
        return data


class FinishForm(forms.Form):
    note = Prose(
        label=_("What was done?"), max_length=2000, widget=forms.Textarea(attrs=_LINES),
        help_text=_("In one sentence, with what shows it: a record, a photo, a count."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    reason = Prose(
        label=_("Why is the plan withdrawn?"), max_length=1000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class SubmitForm(forms.Form):
    """The version that the page showed."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
