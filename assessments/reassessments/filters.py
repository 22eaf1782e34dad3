"""The filters of the list of reassessment tasks; codes in the address, as on the list of risks."""

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.choices import ReassessmentReason
from assessments.models import ReassessmentTask
from assessments.querysets import ReassessmentQuerySet
from assessments.reassessments.lists import ALL, MINE, condition_of, tasks_in, views_for
from registers.filters import Several
from registers.terms import terms_for
from riskhub.accounts.models import User
from riskhub.web.filters import CodedFilterSet


class ReassessmentFilter(CodedFilterSet):
    reason = Several(label=_("Reason"), method="for_reason", choices=ReassessmentReason.choices)
    department = Several(label=_("Department"), method="of_department")
    view = django_filters.ChoiceFilter(method="in_view", widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, user: User, view: str = MINE) -> None:
        """`view` is the one that is meant where the address names none."""
        self.user, self.terms, self.views = user, terms_for(user), views_for(user)
        values = self.known_in(data, ("page",))
        if not values.get("view"):
            values["view"] = view
        super().__init__(values, tasks_in(ALL, user))
        self.filters["view"].extra["choices"] = self.views
        self.filters["department"].extra["choices"] = self.terms.choices("department")

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.getlist(name) for name in ("reason", "department"))

    @property
    def qs(self) -> ReassessmentQuerySet:
        """Due first at the top; nothing where the address names what is not there."""
        if self.is_forged:
            return ReassessmentTask.objects.none()
        found: ReassessmentQuerySet = super().qs
        return found

    def in_view(self, tasks: ReassessmentQuerySet, _name: str, view: str) -> ReassessmentQuerySet:
        return tasks.filter(condition_of(view, self.user))

    def for_reason(
        self, tasks: ReassessmentQuerySet, _name: str, reasons: list[str]
    ) -> ReassessmentQuerySet:
        return tasks.filter(reason__in=reasons)

    def of_department(
        self, tasks: ReassessmentQuerySet, _name: str, codes: list[str]
    ) -> ReassessmentQuerySet:
        return tasks.filter(risk__owner_department__in=self.terms.ids("department", codes))
