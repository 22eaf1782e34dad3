"""Of which days, department and service line the statistics are."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.complaints.querysets import READERS as COMPLAINT_READERS
from incidents.incidents.querysets import READERS as INCIDENT_READERS
from incidents.statistics.scope import Scope
from registers.models import ServiceLine
from registers.querysets import departments_of
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.company.preferences import company_zone
from riskhub.entry.days import SOUGHT
from riskhub.web.forms import Day

_READERS = (*COMPLAINT_READERS, *INCIDENT_READERS, Role.DEPARTMENT_HEAD)


class StatisticsForm(forms.Form):
    """The last twelve months, as far as they went, unless the address asks for other days."""

    since = Day(label=_("From"), span=SOUGHT, required=False)
    until = Day(label=_("Until"), span=SOUGHT, required=False)
    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.none(), to_field_name="code",
        required=False, empty_label=_("All departments"),
    )  # fmt: skip
    line = forms.ModelChoiceField(
        label=_("Service line"), queryset=ServiceLine.objects.none(), to_field_name="code",
        required=False, empty_label=_("All service lines"),
    )  # fmt: skip

    def __init__(self, data: Any, user: User) -> None:  # noqa: ANN401 - of the address
        today = timezone.localdate()
        values = data.copy()
        values["since"] = values.get("since") or _year_before(today).isoformat()
        values["until"] = values.get("until") or today.isoformat()
        super().__init__(values)
        self.user = user
        department, line = self._choice("department"), self._choice("line")
        department.queryset = departments_of(user, *_READERS)
        department.label_from_instance = line.label_from_instance = lambda one: one.name
        line.queryset = ServiceLine.objects.filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        return values

    @property
    def scope(self) -> Scope:
        """Of a form that is valid."""
        values = self.cleaned_data
        department, line = values["department"], values["line"]
        within = None
        if department:
            within = frozenset(Department.objects.within(department).values_list("pk", flat=True))
        return Scope(
            self.user, company_zone(), values["since"], values["until"], within,
            line.pk if line else None,
        )  # fmt: skip

    def _choice(self, name: str) -> Any:  # noqa: ANN401 - a field of choices
        return self.fields[name]


def _year_before(today: date) -> date:
    """The first day of the same month a year ago and one month on: twelve months with this one."""
    last_year = today.replace(day=1, year=today.year - 1)
    return (last_year + timedelta(days=32)).replace(day=1)
