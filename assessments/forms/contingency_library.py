from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import LibraryContingencyPlan
from registers.permissions import KEEPERS
from registers.querysets import departments_of
from riskhub.accounts.models import Department, User


class AdoptContingencyForm(forms.Form):
    """Which starter plans become the company's own."""

    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.none(), empty_label=None,
        to_field_name="code",
    )  # fmt: skip
    entries = forms.ModelMultipleChoiceField(
        label=_("Contingency plans"), queryset=LibraryContingencyPlan.objects.all(),
        to_field_name="code", error_messages={"required": _("Tick at least one plan.")},
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = departments_of(user, *KEEPERS)
        if user.department:
            self.initial.setdefault("department", user.department.code)
