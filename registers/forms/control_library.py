from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.choices import ControlState
from registers.models import LibraryControl
from registers.permissions import KEEPERS
from registers.querysets import departments_of
from riskhub.accounts.models import Department, User


class AdoptControlsForm(forms.Form):
    """Which starter controls the company has, or plans."""

    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.none(), empty_label=None,
        to_field_name="code",
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("Is it in use?"), initial=ControlState.DRAFT,
        choices=[
            (ControlState.DRAFT, _("Planned only")), (ControlState.ACTIVE, _("In use already")),
        ],
    )  # fmt: skip
    entries = forms.ModelMultipleChoiceField(
        label=_("Controls"), queryset=LibraryControl.objects.all(), to_field_name="code",
        error_messages={"required": _("Tick at least one control.")},
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = departments_of(user, *KEEPERS)
        if user.department:
            self.initial.setdefault("department", user.department.code)
