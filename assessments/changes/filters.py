"""The filters of the list of process changes; codes in the address, as on the list of risks."""

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.changes.querysets import ChangeQuerySet
from assessments.choices import ChangeKind, ChangeState
from assessments.models import ProcessChange
from registers.filters import Several
from registers.terms import terms_for
from riskhub.accounts.models import User
from riskhub.web.filters import CodedFilterSet

OPEN, WAITING, ALL = "open", "waiting", "all"
STATES = [
    (OPEN, pgettext_lazy("changes", "Not yet over")),
    (WAITING, _("Waiting for the next step")),
    *ChangeState.choices,
    (ALL, _("All")),
]


class ChangeFilter(CodedFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=STATES, method="in_state", empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    kind = Several(label=_("Kind"), method="of_kind", choices=ChangeKind.choices)
    department = Several(label=_("Department"), method="of_department")

    def __init__(self, data: QueryDict, user: User) -> None:
        values = data.copy()
        if not values.get("state"):
            values["state"] = OPEN
        self.terms = terms_for(user)
        super().__init__(values, ProcessChange.objects.visible_to(user))
        self.filters["department"].extra["choices"] = self.terms.choices("department")

    @property
    def is_narrowed(self) -> bool:
        return self.data.get("state") != OPEN or any(
            self.data.getlist(name) for name in ("kind", "department")
        )

    @property
    def qs(self) -> ChangeQuerySet:
        """The one that is planned first at the top; nothing where the address names what is not there."""
        if self.is_forged:
            return ProcessChange.objects.none()
        found: ChangeQuerySet = super().qs
        return found.order_by("planned_on", "number")

    def in_state(self, changes: ChangeQuerySet, _name: str, state: str) -> ChangeQuerySet:
        if state == OPEN:
            return changes.open()
        if state == WAITING:
            return changes.waiting()
        return changes if state == ALL else changes.filter(state=state)

    def of_kind(self, changes: ChangeQuerySet, _name: str, kinds: list[str]) -> ChangeQuerySet:
        return changes.filter(kind__in=kinds)

    def of_department(
        self, changes: ChangeQuerySet, _name: str, codes: list[str]
    ) -> ChangeQuerySet:
        return changes.filter(department__in=self.terms.ids("department", codes))
