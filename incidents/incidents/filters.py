"""The filters of the list of incidents; codes in the address, as on the list of risks."""

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incidents.incidents.choices import GRAVEST, LEAST, IncidentState
from incidents.incidents.querysets import IncidentQuerySet
from incidents.models import Incident, IncidentKind
from registers.filters import Several
from registers.terms import terms_for
from riskhub.accounts.models import User
from riskhub.search.filters import WordsFilter
from riskhub.web.filters import CodedFilterSet

OPEN, ALL = "open", "all"
STATES = [
    (OPEN, pgettext_lazy("incidents", "Not yet over")),
    *IncidentState.choices,
    (ALL, _("All")),
]
MINE, NOBODY = "mine", "nobody"
INVESTIGATORS = [(MINE, _("By me")), (NOBODY, _("Nobody yet"))]
SEVERITIES = [(str(one), str(one)) for one in range(GRAVEST, LEAST - 1, -1)]


class IncidentFilter(CodedFilterSet):
    """What is open unless the address asks for something else, the newest at the top."""

    q = WordsFilter(label=_("Search"), method="matching")
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=STATES, method="in_state", empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    kind = Several(label=_("Kind"), method="of_kind")
    severity = Several(
        label=_("Severity as it could have been"), method="of_severity", choices=SEVERITIES
    )
    department = Several(label=_("Department"), method="of_department")
    looked_into = django_filters.ChoiceFilter(
        label=_("Looked into"), choices=INVESTIGATORS, method="looked_into_by",
        empty_label=_("All"), widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, data: QueryDict, user: User) -> None:
        values = self.known_in(data, ("page",))
        if not values.get("state"):
            values["state"] = OPEN
        self.user, self.terms = user, terms_for(user)
        super().__init__(values, Incident.objects.visible_to(user))
        kinds = [(one.code, one.name) for one in IncidentKind.objects.all()]
        self.filters["kind"].extra["choices"] = kinds
        self.filters["department"].extra["choices"] = self.terms.choices("department")

    @property
    def is_narrowed(self) -> bool:
        names = ("q", "kind", "severity", "department", "looked_into")
        return self.data.get("state") != OPEN or any(self.data.getlist(name) for name in names)

    @property
    def qs(self) -> IncidentQuerySet:
        """Nothing where the address names what is not there."""
        if self.is_forged:
            return Incident.objects.none()
        found: IncidentQuerySet = super().qs
        return found.order_by("-occurred_at", "-pk")

    def matching(self, found: IncidentQuerySet, _name: str, text: str) -> IncidentQuerySet:
        """Each word stands in it, in its place, its order or its number."""
        return found.worded(text)

    def in_state(self, found: IncidentQuerySet, _name: str, state: str) -> IncidentQuerySet:
        if state == OPEN:
            return found.open()
        return found if state == ALL else found.filter(state=state)

    def of_kind(self, found: IncidentQuerySet, _name: str, codes: list[str]) -> IncidentQuerySet:
        return found.filter(kind__code__in=codes)

    def of_severity(self, found: IncidentQuerySet, _name: str, of: list[str]) -> IncidentQuerySet:
        return found.filter(potential_severity__in=[int(one) for one in of])

    def of_department(
        self, found: IncidentQuerySet, _name: str, codes: list[str]
    ) -> IncidentQuerySet:
        return found.filter(department__in=self.terms.ids("department", codes))

    def looked_into_by(self, found: IncidentQuerySet, _name: str, who: str) -> IncidentQuerySet:
        return found.filter(investigator=self.user if who == MINE else None)
