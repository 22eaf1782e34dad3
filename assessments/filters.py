"""The filters of the list of plans; codes in the address, as on the list of risks."""

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.choices import LIVE_PLAN_STATES
from assessments.models import ResponsePlan
from assessments.querysets import PlanQuerySet
from registers.choices import PlanState, Strategy
from registers.terms import terms_for
from riskhub.accounts.models import User
from riskhub.web.filters import CodedFilterSet

LIVE, ALL = "live", "all"
STATES = [(LIVE, _("All that are alive")), *PlanState.choices, (ALL, _("All"))]


class PlanFilter(CodedFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=STATES, method="in_state", empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    strategy = django_filters.MultipleChoiceFilter(
        label=_("Strategy"), choices=Strategy.choices, method="of_strategy",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    department = django_filters.MultipleChoiceFilter(
        label=_("Department"), method="of_department", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict, user: User) -> None:
        values = data.copy()
        if not values.get("state"):
            values["state"] = LIVE
        self.terms = terms_for(user)
        super().__init__(values, ResponsePlan.objects.visible_to(user))
        self.filters["department"].extra["choices"] = self.terms.choices("department")

    @property
    def is_narrowed(self) -> bool:
        return self.data.get("state") != LIVE or any(
            self.data.getlist(name) for name in ("strategy", "department")
        )

    @property
    def qs(self) -> PlanQuerySet:
        """In the order of the risks; nothing where the address names what is not there."""
        if self.is_forged:
            return ResponsePlan.objects.none()
        found: PlanQuerySet = super().qs
        return found.order_by("risk__rank_key", "-pk")

    def in_state(self, plans: PlanQuerySet, _name: str, state: str) -> PlanQuerySet:
        if state == ALL:
            return plans
        return plans.filter(state__in=LIVE_PLAN_STATES if state == LIVE else [state])

    def of_strategy(self, plans: PlanQuerySet, _name: str, chosen: list[str]) -> PlanQuerySet:
        return plans.filter(head__strategy__in=chosen) if chosen else plans

    def of_department(self, plans: PlanQuerySet, _name: str, codes: list[str]) -> PlanQuerySet:
        return plans.filter(risk__owner_department__in=self.terms.ids("department", codes))
