"""The filters of the list of people; codes in the address."""

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.accounts.permissions import can_see_contacts
from riskhub.accounts.querysets import UserQuerySet
from riskhub.web.filters import CodedFilterSet, SearchFilter

ACTIVE, CLOSED, ALL = "active", "closed", "all"
STATES = [
    (ACTIVE, pgettext_lazy("an account", "Active")),
    (CLOSED, pgettext_lazy("an account", "Closed")),
    (ALL, _("All")),
]
NO_ROLE = "none"


class PersonFilter(CodedFilterSet):
    q = SearchFilter(label=_("Search"), method="named")
    department = django_filters.MultipleChoiceFilter(
        label=_("Department"), method="of_department", widget=forms.CheckboxSelectMultiple
    )
    role = django_filters.MultipleChoiceFilter(
        label=_("Role"), choices=[*Role.choices, (NO_ROLE, _("Without a role"))],
        method="holding", widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    state = django_filters.ChoiceFilter(
        label=_("Account"), choices=STATES, method="in_state", empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, data: QueryDict, user: User) -> None:
        values = data.copy()
        if not values.get("state"):
            values["state"] = ACTIVE
        self.everybody = User.objects.visible_to(user)
        self.reads_contacts = can_see_contacts(user)
        super().__init__(values, self.everybody)
        self.departments = list(Department.objects.order_by("path"))
        choices = [(row.code, row.name) for row in self.departments]
        self.filters["department"].extra["choices"] = choices

    @property
    def is_narrowed(self) -> bool:
        return self.data.get("state") != ACTIVE or any(
            self.data.getlist(name) for name in ("q", "department", "role")
        )

    @property
    def qs(self) -> UserQuerySet:
        if self.is_forged:
            return self.everybody.none()
        found: UserQuerySet = super().qs.order_by("display_name", "pk")
        return found

    def named(self, people: UserQuerySet, _name: str, text: str) -> UserQuerySet:
        return people.named(text, or_reached_at=self.reads_contacts)

    def of_department(self, people: UserQuerySet, _name: str, codes: list[str]) -> UserQuerySet:
        """Those below it count too."""
        roots = tuple(row.path for row in self.departments if row.code in codes)
        keys = [row.pk for row in self.departments if row.path.startswith(roots)]
        return people.filter(department__in=keys) if codes else people

    def holding(self, people: UserQuerySet, _name: str, roles: list[str]) -> UserQuerySet:
        return people.holding_now(roles, or_none=NO_ROLE in roles) if roles else people

    def in_state(self, people: UserQuerySet, _name: str, state: str) -> UserQuerySet:
        return people if state == ALL else people.filter(is_active=state == ACTIVE)
