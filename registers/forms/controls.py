from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registers.choices import ControlState, ControlType
from registers.forms.risks import take_errors
from registers.models import Control
from registers.permissions import KEEPERS, owner_objection
from registers.querysets import departments_of, owners_for
from registers.services import ControlDraft
from riskhub.accounts.models import User
from riskhub.web.conflicts import Changing, remember_opened
from riskhub.web.forms import DescribedLabel, RadioCards

if TYPE_CHECKING:
    ControlModelForm = forms.ModelForm[Control]
else:
    ControlModelForm = forms.ModelForm

_LINES = {"rows": 2}
_SENTENCES = {
    ControlType.PREVENTIVE: _("Makes the event less likely: training, permits, inspection."),
    ControlType.MITIGATING: _("Makes its harm smaller: insurance, backup, free redo."),
    ControlType.EMERGENCY: _("Works once it has happened: first aid, help button, drills."),
}


def type_cards() -> list[tuple[str, str]]:
    return [
        (one.value, DescribedLabel(str(one.label), str(_SENTENCES[one]))) for one in ControlType
    ]


class ControlForm(ControlModelForm):
    """What a control is, who looks after it, and how often somebody proves that it works."""

    shown = (
        "title", "type", "owner_department", "owner", "state", "check_every_days", "next_check_on",
        "evidence",
    )  # fmt: skip
    more = ("description", "yearly_cost", "title_alt", "lang")

    type = forms.ChoiceField(
        label=pgettext_lazy("of a control", "Type"), choices=type_cards,
        widget=RadioCards(columns=3),
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("Is it in use?"), initial=ControlState.ACTIVE, widget=forms.RadioSelect,
        choices=[
            (ControlState.ACTIVE, _("In use already")), (ControlState.DRAFT, _("Planned only")),
        ],
        help_text=_("A planned control does not protect yet and is not checked."),
    )  # fmt: skip
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Control
        fields: tuple[str, ...] = (
            "title", "type", "owner_department", "owner", "check_every_days", "next_check_on",
            "evidence", "description", "yearly_cost", "title_alt", "lang",
        )  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs=_LINES),
            "evidence": forms.Textarea(attrs=_LINES),
        }
        labels = {
            "title": _("What is done"),
            "check_every_days": _("Checked every … days"),
            "evidence": _("What proves that it is done"),
            "yearly_cost": _("Cost a year, in yuan"),
            "title_alt": _("Name in the other language"),
        }
        help_texts = {
            "next_check_on": _("Empty: one interval from today."),
            "evidence": _("Lists, photos, records: what an auditor is shown."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        departments = departments_of(user, *KEEPERS)
        self._limit("owner_department", departments)
        own = [self.instance.owner_department] if self.instance.pk else []
        self._limit("owner", owners_for(user, [*departments, *own]))
        self.initial.setdefault("lang", get_language())
        self.initial.setdefault("client_uuid", uuid4())

    def _limit(self, name: str, rows: Any) -> None:  # noqa: ANN401 - any queryset
        """Only what the user may name; what the control has already may stay."""
        field: Any = self.fields[name]
        own = getattr(self.instance, name) if self.instance.pk else None
        kept = rows.model._default_manager.filter(pk=own.pk) if own else rows.none()
        field.queryset = rows | kept

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        owner, department = data.get("owner"), data.get("owner_department")
        is_new = {"owner", "owner_department"} & {*self.changed_data}
        if is_new and department and (objection := owner_objection(owner, department)):
            self.add_error("owner", objection)
        return data

    def shown_fields(self) -> list[BoundField]:
        return list(self._bound(self.shown))

    def more_fields(self) -> list[BoundField]:
        return list(self._bound(self.more))

    def more_is_open(self) -> bool:
        """Errors are not folded away."""
        return any(field.errors for field in self.more_fields())

    def _bound(self, names: Iterable[str]) -> Iterator[BoundField]:
        return (self[name] for name in names if name in self.fields)

    def draft(self) -> ControlDraft:
        return ControlDraft(**self.cleaned_data)

    def take(self, error: ValidationError) -> None:
        """The rule's refusal, at its field where the form has that field."""
        take_errors(self, error)


class ControlEditForm(Changing, ControlForm):
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, instance: Control, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)
        for name in ("state", "client_uuid"):
            del self.fields[name]
        self.fields["next_check_on"].required = instance.is_in_use
        self.fields["next_check_on"].help_text = _("Moves along when you change the interval.")
        self.initial["row_version"] = instance.row_version
        remember_opened(self)
