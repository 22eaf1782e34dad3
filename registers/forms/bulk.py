"""What a bulk edit changes: every field may stay as it is."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registers.models import RiskSource
from registers.querysets import departments_of, owners_for
from registers.services.drafts import review_objection
from registers.weighing import Change
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.entry.days import PLANNED
from riskhub.web.forms import Day, Line

AS_IT_IS = _("as it is")


class BulkForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=AS_IT_IS
    )
    owner_department = forms.ModelChoiceField(
        label=_("Responsible department"), queryset=Department.objects.none(), required=False,
        empty_label=AS_IT_IS,
    )  # fmt: skip
    next_review_on = Day(
        label=_("Next review"), required=False, span=PLANNED, widget=forms.DateInput()
    )
    business_importance = forms.TypedChoiceField(
        label=_("Business importance"), required=False, coerce=int, empty_value=None,
        choices=[("", AS_IT_IS), *((n, str(n)) for n in range(5, 0, -1))],
    )  # fmt: skip
    importance_reason = Line(label=_("Why this importance"), required=False, max_length=300)
    add_source = forms.ModelChoiceField(
        label=_("Add a source"), queryset=RiskSource.objects.filter(is_active=True), required=False,
        empty_label=pgettext_lazy("nothing is added", "none"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        kept = departments_of(user, Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)
        owners: Any = self.fields["owner"]
        owners.queryset = owners_for(user, list(kept))
        if user.roles.has(Role.RISK_MANAGER):
            departments: Any = self.fields["owner_department"]
            departments.queryset = departments_of(user, Role.RISK_MANAGER)
        else:
            del self.fields["owner_department"]

    def clean_next_review_on(self) -> date | None:
        day: date | None = self.cleaned_data["next_review_on"]
        if objection := review_objection(day):
            raise forms.ValidationError(objection)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        importance, reason = data.get("business_importance"), data.get("importance_reason")
        if importance and not reason:
            self.add_error("importance_reason", _("Say why these risks have this importance."))
        if reason and not importance:
            self.add_error(
                "business_importance", _("Choose the importance that the reason is for.")
            )
        if not self.errors and not any(data.values()):
            self.add_error(None, _("Choose what is to change."))
        return data

    def change(self) -> Change:
        return Change(**self.cleaned_data)
