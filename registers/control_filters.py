"""The filters of the list of controls; codes in the address, as on the list of risks."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registers.check_lists import SOON
from registers.choices import ControlState, ControlType, Effectiveness
from registers.control_querysets import ControlQuerySet
from registers.filters import Several
from registers.gaps import INEFFECTIVE, OVERDUE
from registers.models import Control, RiskControl
from registers.terms import Terms, terms_for
from riskhub.accounts.models import User
from riskhub.search.filters import WordsFilter
from riskhub.search.words import each_word_in
from riskhub.web.filters import CodedFilterSet, SearchFilter

KEPT, ALL, NEVER = "kept", "all", "never"
STATES = [
    (KEPT, pgettext_lazy("controls", "Not retired")), *ControlState.choices, (ALL, _("All")),
]  # fmt: skip
RESULTS = [*Effectiveness.choices, (NEVER, _("Never checked"))]
WITHIN = {"overdue": -1, "week": 7, "month": 30, "quarter": 90}
DUE = [
    ("overdue", _("Overdue")), ("week", _("Within 7 days")), ("month", _("Within 30 days")),
    ("quarter", _("Within 90 days")),
]  # fmt: skip
VIEWS = [
    ("mine", _("Mine")), ("due", _("Due within 7 days")), ("overdue", OVERDUE.words),
    ("ineffective", INEFFECTIVE.words), ("loose", _("On no risk")),
]  # fmt: skip
_NO_DATE_LAST = {"nulls_last": True}
ORDERS: dict[str, tuple[Any, ...]] = {
    "code": ("number",),
    "-code": ("-number",),
    "name": ("title", "number"),
    "-name": ("-title", "-number"),
    "department": ("owner_department__path", "number"),
    "-department": ("-owner_department__path", "number"),
    "check": (F("next_check_on").asc(**_NO_DATE_LAST), "number"),
    "-check": (F("next_check_on").desc(**_NO_DATE_LAST), "number"),
}


class ControlFilter(CodedFilterSet):
    """All but the retired ones unless the state is asked for."""

    q = WordsFilter(label=_("Search"), method="matching")
    type = Several(
        label=pgettext_lazy("of a control", "Type"), method="of_type", choices=ControlType.choices
    )
    department = Several(label=_("Department"), method="of_department")
    owner = SearchFilter(label=_("Owner"), method="owned_by")
    due = django_filters.ChoiceFilter(
        label=_("Check due"), choices=DUE, method="due_within", empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    result = Several(label=_("Last check"), method="of_result", choices=RESULTS)
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=STATES, method="in_state", empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    view = django_filters.ChoiceFilter(choices=VIEWS, method="in_view", widget=forms.HiddenInput)
    sort = django_filters.ChoiceFilter(
        choices=[(key, key) for key in ORDERS], method="sorted_by", widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, user: User, terms: Terms | None = None) -> None:
        self.user, self.terms = user, terms or terms_for(user)
        values = self.known_in(data, ("page",))
        if not values.get("state"):
            values["state"] = KEPT
        # Of links to risks of others nothing is told.
        links = RiskControl.objects.visible_to(user).filter(control=OuterRef("pk"))
        controls = Control.objects.visible_to(user).with_last_check()
        super().__init__(values, controls.annotate(has_risk=Exists(links)))
        self.filters["department"].extra["choices"] = self.terms.choices("department")

    @property
    def is_narrowed(self) -> bool:
        """Whether an empty list is no empty catalogue."""
        return any(
            self.data.getlist(name) not in ([], [KEPT]) for name in self.filters if name != "sort"
        )

    @property
    def qs(self) -> ControlQuerySet:
        """Filtered and in order; nothing where the address names what is not there."""
        if self.is_forged:
            return Control.objects.none()
        found: ControlQuerySet = super().qs
        return found if found.ordered else found.order_by(*ORDERS["code"])

    def tally(self) -> dict[str, int]:
        """How many rows each view shows with these filters, `all` without one; one query."""
        found: ControlQuerySet = self.queryset.all()
        if self.form.errors.keys() - {"view"}:
            return found.none().tally(self._views())
        for name, value in self.form.cleaned_data.items():
            if name not in {"view", "sort"} and value:
                found = self.filters[name].filter(found, value)
        return found.tally(self._views())

    def _views(self) -> dict[str, Q]:
        today = timezone.localdate()
        in_use = Q(state=ControlState.ACTIVE)
        return {
            "mine": Q(owner=self.user),
            "due": in_use & Q(next_check_on__lte=today + timedelta(days=SOON)),
            "overdue": in_use & Q(next_check_on__lt=today),
            "ineffective": in_use & Q(last_result=Effectiveness.INEFFECTIVE),
            "loose": ~Q(state=ControlState.RETIRED) & Q(has_risk=False),
        }

    def matching(self, controls: ControlQuerySet, _name: str, text: str) -> ControlQuerySet:
        """Each word is in the name, the description or the evidence; or the code is typed."""
        return controls.filter(
            each_word_in(text, "title", "title_alt", "description", "evidence", "code")
        )

    def of_type(self, controls: ControlQuerySet, _name: str, types: list[str]) -> ControlQuerySet:
        return controls.filter(type__in=types)

    def of_department(
        self, controls: ControlQuerySet, _name: str, codes: list[str]
    ) -> ControlQuerySet:
        return controls.filter(owner_department__in=self.terms.ids("department", codes))

    def owned_by(self, controls: ControlQuerySet, _name: str, text: str) -> ControlQuerySet:
        """By name or sign-in name."""
        people = User.objects.filter(Q(display_name__icontains=text) | Q(username__iexact=text))
        return controls.filter(owner__in=people)

    def due_within(self, controls: ControlQuerySet, _name: str, word: str) -> ControlQuerySet:
        return controls.due_until(timezone.localdate() + timedelta(days=WITHIN[word]))

    def of_result(
        self, controls: ControlQuerySet, _name: str, results: list[str]
    ) -> ControlQuerySet:
        found = Q(last_result__in=[one for one in results if one != NEVER])
        return controls.filter(found | Q(last_result=None) if NEVER in results else found)

    def in_state(self, controls: ControlQuerySet, _name: str, state: str) -> ControlQuerySet:
        if state == ALL:
            return controls
        return controls.not_retired() if state == KEPT else controls.filter(state=state)

    def in_view(self, controls: ControlQuerySet, _name: str, view: str) -> ControlQuerySet:
        return controls.filter(self._views()[view])

    def sorted_by(self, controls: ControlQuerySet, _name: str, sort: str) -> ControlQuerySet:
        return controls.order_by(*ORDERS[sort])
