from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.choices import Role
from riskhub.accounts.forms.departments import DepartmentField
from riskhub.accounts.models import RoleAssignment, User
from riskhub.entry.days import PLANNED
from riskhub.web.forms import Day, DescribedLabel, RadioCards

WHAT_FOR = {
    Role.RISK_MANAGER: _("Keeps the register: triage, assessments, plans, reports."),
    Role.DEPARTMENT_HEAD: _("Answers for the risks and actions of the department."),
    Role.STAFF: _("Files what they see, writes drafts, does actions."),
    Role.CUSTOMER_SERVICE: _("Handles complaints."),
    Role.APPROVER: _("Decides on plans and confirms assessments."),
    Role.FINANCE: _("Keeps policies and claims, reads reports."),
    Role.AUDITOR: _("Reads everything, changes nothing."),
    Role.ADMIN: _("Makes accounts, gives roles, keeps the departments. The whole company only."),
}


class RoleForm(forms.Form):
    """A role, where it holds, and for how long."""

    role = forms.ChoiceField(label=_("Role"), widget=RadioCards(columns=2))
    department = DepartmentField(
        label=_("Holds for"), required=False, empty_label=_("The whole company"),
        help_text=_("A department with everything below it, or the whole company."),
    )  # fmt: skip
    begins_on = Day(label=_("From"), span=PLANNED)
    last_on = Day(
        label=_("Last day"), span=PLANNED, required=False,
        help_text=_("Empty: until it is ended."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [
            (one.value, DescribedLabel(str(one.label), str(WHAT_FOR[one]))) for one in Role
        ]
        self.initial.setdefault("begins_on", timezone.localdate())
        self.initial.setdefault("department", user.department_id)

    def clean_begins_on(self) -> date:
        day: date = self.cleaned_data["begins_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("A role begins today or later."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("begins_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day lies before the first one."))
        return data

    def given(self) -> dict[str, Any]:
        """As `assign_role` takes it."""
        data, last = self.cleaned_data, self.cleaned_data["last_on"]
        return {
            "role": data["role"], "department": data["department"], "valid_from": data["begins_on"],
            "valid_until": last + timedelta(days=1) if last else None,
        }  # fmt: skip


class RoleEndForm(forms.Form):
    last_on = Day(
        label=_("Last day"), span=PLANNED, required=False,
        help_text=_("Empty: it holds no longer from now on."),
    )  # fmt: skip

    def __init__(self, *args: Any, assignment: RoleAssignment, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.assignment = assignment

    def clean_last_on(self) -> date | None:
        day: date | None = self.cleaned_data["last_on"]
        if day and day < max(timezone.localdate(), self.assignment.begins_on):
            raise forms.ValidationError(_("Choose today or a later day on which it holds."))
        return day
