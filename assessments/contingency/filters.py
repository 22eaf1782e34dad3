"""The filters of the list of contingency plans."""

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.contingency.choices import Feasibility
from assessments.contingency.querysets import ContingencyPlanQuerySet, named_or_begun_by
from assessments.models import ContingencyPlan
from registers.filters import Several
from registers.terms import Terms, terms_for
from riskhub.accounts.models import User
from riskhub.search.codes import of_code
from riskhub.search.filters import WordsFilter
from riskhub.web.filters import CodedFilterSet

VIEWS = [
    ("unproven", _("Not proven")), ("overdue", _("Drill overdue")), ("drafts", _("Drafts")),
    ("loose", _("On no risk")), ("retired", _("Retired")),
]  # fmt: skip


class ContingencyFilter(CodedFilterSet):
    """All but the retired ones unless the view asks for them."""

    q = WordsFilter(label=_("Search"), method="matching")
    department = Several(label=_("Department"), method="of_department")
    feasibility = django_filters.ChoiceFilter(
        label=_("Feasibility"), choices=Feasibility.choices, method="of_feasibility",
        empty_label=None, widget=forms.RadioSelect,
    )  # fmt: skip
    view = django_filters.ChoiceFilter(choices=VIEWS, method="in_view", widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, user: User, terms: Terms | None = None) -> None:
        self.user, self.terms = user, terms or terms_for(user)
        self.today = timezone.localdate()
        values = self.known_in(data, ("page",))
        super().__init__(values, ContingencyPlan.objects.visible_to(user).with_drills())
        self.filters["department"].extra["choices"] = self.terms.choices("department")

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.getlist(name) for name in self.filters)

    @property
    def qs(self) -> ContingencyPlanQuerySet:
        """Filtered and in order; nothing where the address names what is not there."""
        if self.is_forged:
            return ContingencyPlan.objects.none()
        found: ContingencyPlanQuerySet = super().qs
        if not self.form.cleaned_data.get("view"):
            found = found.not_retired()
        return found.order_by("number")

    def tally(self) -> dict[str, int]:
        """How many rows each view shows with these filters, `all` without one."""
        found: ContingencyPlanQuerySet = self.queryset.all()
        if self.form.errors.keys() - {"view"}:
            found = found.none()
        else:
            for name, value in self.form.cleaned_data.items():
                if name != "view" and value:
                    found = self.filters[name].filter(found, value)
        counts = {key: self._view(found, key).count() for key, _words in VIEWS}
        return counts | {"all": found.not_retired().count()}

    def _view(self, plans: ContingencyPlanQuerySet, view: str) -> ContingencyPlanQuerySet:
        if view == "retired":
            return plans.retired()
        if view == "drafts":
            return plans.drafts()
        if view == "loose":
            return plans.not_retired().filter(contingency_risks=None)
        if view == "overdue":
            return plans.in_force().drill_overdue(self.today)
        return plans.in_force().exclude(pk__in=plans.proven(self.today).values("pk"))

    def matching(
        self, plans: ContingencyPlanQuerySet, _name: str, text: str
    ) -> ContingencyPlanQuerySet:
        """Each word is in a name or a trigger, or the code is typed, as far as one has come."""
        wanted = Q()
        for word in text.split():
            wanted &= named_or_begun_by(word) | Q(code__icontains=word)
        for code in of_code(text, "CP"):
            wanted |= code
        return plans.filter(wanted)

    def of_department(
        self, plans: ContingencyPlanQuerySet, _name: str, codes: list[str]
    ) -> ContingencyPlanQuerySet:
        return plans.filter(owner_department__in=self.terms.ids("department", codes))

    def of_feasibility(
        self, plans: ContingencyPlanQuerySet, _name: str, word: str
    ) -> ContingencyPlanQuerySet:
        plans = plans.in_force()
        if word == Feasibility.FAILED:
            return plans.failed()
        return (
            plans.proven(self.today) if word == Feasibility.PROVEN else plans.unproven(self.today)
        )

    def in_view(
        self, plans: ContingencyPlanQuerySet, _name: str, view: str
    ) -> ContingencyPlanQuerySet:
        return self._view(plans, view)
