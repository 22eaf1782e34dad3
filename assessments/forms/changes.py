"""What a process change says, and the words of each of its steps."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.changes.permissions import FILERS
from assessments.choices import ChangeOutcome
from assessments.models import ProcessChange
from assessments.services import ChangeDraft
from assessments.services.changes import earliest_day
from registers.forms.risks import take_errors
from registers.models import Control, ProcessNode, Risk, Supplier
from registers.querysets import departments_of
from riskhub.accounts.bilingual import is_english
from riskhub.accounts.models import User
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.web.conflicts import Changing, remember_opened
from riskhub.web.forms import Day, Line, Prose

if TYPE_CHECKING:
    ChangeModelForm = forms.ModelForm[ProcessChange]
    NodeChoices = forms.ModelMultipleChoiceField[ProcessNode]
    NodeIterator = forms.models.ModelChoiceIterator[ProcessNode]
else:
    ChangeModelForm = forms.ModelForm
    NodeChoices = forms.ModelMultipleChoiceField
    NodeIterator = forms.models.ModelChoiceIterator

_LINES = {"rows": 3}


class _ByMap(NodeIterator):
    """The steps under the names of their processes."""

    def __iter__(self) -> Iterator[Any]:
        nodes = list(self.queryset)
        for process, found in groupby(nodes, key=lambda node: node.map):
            yield (process.name, [self.choice(node) for node in found])


class NodesField(NodeChoices):
    iterator = _ByMap
    widget = forms.CheckboxSelectMultiple


class ChangeForm(ChangeModelForm):
    """Which risks it touches follows from its steps and controls."""

    nodes = NodesField(
        queryset=ProcessNode.objects.none(), label=_("Process steps"), required=False,
        help_text=_("The risks at these steps are judged again."),
    )  # fmt: skip
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ProcessChange
        fields: tuple[str, ...] = (
            "title", "kind", "department", "planned_on", "description", "nodes", "controls",
            "suppliers", "rollback", "title_alt",
        )  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs=_LINES),
            "rollback": forms.Textarea(attrs={"rows": 2}),
            "controls": forms.CheckboxSelectMultiple,
            "suppliers": forms.CheckboxSelectMultiple,
        }
        labels = {
            "title": _("What is changed"),
            "kind": _("Kind"),
            "department": _("Department"),
            "planned_on": _("Planned for"),
            "description": _("How it is now, and how it will be"),
            "controls": _("Controls"),
            "suppliers": _("Suppliers"),
            "rollback": _("How it is undone if it goes wrong"),
            "title_alt": _("Name in the other language"),
        }
        help_texts = {
            "planned_on": _("Its risks are judged again until the day before."),
            "controls": _("The risks on which they act are judged again."),
            "suppliers": _("The risks that a plan in force passes on to them are judged again."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self._limit("department", departments_of(user, *FILERS))
        self._limit("nodes", ProcessNode.objects.in_order())
        self._limit("controls", Control.objects.visible_to(user).not_retired().order_by("number"))
        self._limit("suppliers", Supplier.objects.visible_to(user).active().order_by("code"))
        self.initial.setdefault("client_uuid", uuid4())

    def _limit(self, name: str, rows: Any) -> None:  # noqa: ANN401 - any queryset
        field: Any = self.fields[name]
        field.queryset = rows
        if name == "department" and len(rows) == 1:
            self.initial.setdefault(name, rows[0].pk)

    def clean_planned_on(self) -> Any:  # noqa: ANN401 - a day
        day = self.cleaned_data["planned_on"]
        if day < earliest_day():
            raise forms.ValidationError(
                _("Choose tomorrow or a later day: its risks are judged again before.")
            )
        return day

    def draft(self) -> ChangeDraft:
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        many = {name: list(facts[name]) for name in ("nodes", "controls", "suppliers")}
        key = self.cleaned_data["client_uuid"]
        lang = "en" if is_english() else "zh-hans"
        return ChangeDraft(**facts | many, lang=lang, client_uuid=key)

    def take(self, error: Exception) -> None:
        take_errors(self, error)  # type: ignore[arg-type]  # a ValidationError


class ChangeEditForm(Changing, ChangeForm):
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        del self.fields["client_uuid"]
        self.initial["row_version"] = self.instance.row_version
        remember_opened(self)


class ChangeRiskForm(forms.Form):
    """A risk by its code."""

    risk = Line(label=_("Add a risk"), max_length=20, help_text=_("Its code, such as R012."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_risk(self) -> Risk:
        found = Risk.objects.visible_to(self.user).coded(self.cleaned_data["risk"]).first()
        if found is None:
            raise forms.ValidationError(_("You see no risk with this code."))
        return found


class _StepForm(forms.Form):
    """The version that the page showed goes along."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)


class PressForm(_StepForm):
    """A button alone."""


class SubmitChangeForm(_StepForm):
    none_affected = Prose(
        label=_("Why is no risk affected?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("Who looked at what. The risk manager reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_touching: bool, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        if is_touching:
            del self.fields["none_affected"]
        else:
            self.fields["none_affected"].required = True


class ImplementForm(_StepForm):
    effective_on = Day(label=_("Live since"), span=HAPPENED, widget=forms.DateInput)
    early_reason = Prose(
        label=_("Why before the planned day?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("Only where it goes live earlier than planned."),
    )  # fmt: skip


class ReviewChangeForm(_StepForm):
    outcome = forms.ChoiceField(
        label=_("Did it do what it was meant to?"), choices=ChangeOutcome.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    review = Prose(
        label=_("What did you find?"), max_length=2000, widget=forms.Textarea(attrs=_LINES)
    )


class CancelChangeForm(_StepForm):
    reason = Prose(
        label=_("Why is the change cancelled?"), max_length=1000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip


class PostponeChangeForm(_StepForm):
    planned_on = Day(
        label=_("New planned day"), span=PLANNED, widget=forms.DateInput,
        help_text=_("Later than now planned. What is still to be judged is due the day before it."),
    )  # fmt: skip
    reason = Prose(
        label=_("Why is the change postponed?"), max_length=1000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip


class RemoveRiskForm(forms.Form):
    reason = Prose(
        label=_("Why is this risk not affected?"), max_length=1000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
