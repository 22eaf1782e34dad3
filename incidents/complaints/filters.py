"""The filters of the queue of complaints; codes in the address, as on the list of risks."""

from datetime import datetime

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from incidents.choices import Channel
from incidents.complaints.querysets import ComplaintQuerySet
from incidents.models import Complaint, Severity
from registers.filters import Several
from registers.models import ServiceLine
from riskhub.accounts.models import User
from riskhub.search.filters import WordsFilter
from riskhub.web.filters import CodedFilterSet

VIEWS = [
    ("mine", _("Mine")), ("unassigned", _("Unassigned")), ("breached", _("Breached")),
    ("waiting", _("Waiting for the customer")), ("repeated", _("Repeats")), ("over", _("Over")),
]  # fmt: skip


class ComplaintFilter(CodedFilterSet):
    """What is open unless the view asks for something else, the clock that ends next at the top."""

    q = WordsFilter(label=_("Search"), method="matching")
    severity = Several(label=_("Severity"), method="of_severity")
    line = Several(label=_("Service line"), method="of_line")
    channel = Several(label=_("Channel"), method="of_channel", choices=Channel.choices)
    view = django_filters.ChoiceFilter(choices=VIEWS, method="in_view", widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, user: User, now: datetime) -> None:
        self.user, self.now = user, now
        values = self.known_in(data, ("page",))
        super().__init__(values, Complaint.objects.visible_to(user))
        names = [(one.code, str(one)) for one in Severity.objects.all()]
        self.filters["severity"].extra["choices"] = names
        lines = ServiceLine.objects.filter(is_active=True)
        self.filters["line"].extra["choices"] = [(one.code, one.name) for one in lines]

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.getlist(name) for name in self.filters)

    @property
    def qs(self) -> ComplaintQuerySet:
        """Filtered and in order; nothing where the address names what is not there."""
        if self.is_forged:
            return Complaint.objects.none()
        found: ComplaintQuerySet = super().qs
        view = self.form.cleaned_data.get("view")
        if not view:
            found = found.open()
        return found.order_by("-closed_at", "-pk") if view == "over" else found.by_next_due()

    def tally(self) -> dict[str, int]:
        """How many rows each view shows with these filters, `all` without one."""
        found: ComplaintQuerySet = self.queryset.all()
        if self.form.errors.keys() - {"view"}:
            found = found.none()
        else:
            for name, value in self.form.cleaned_data.items():
                if name != "view" and value:
                    found = self.filters[name].filter(found, value)
        return found.tally(self.user, self.now)

    def matching(self, found: ComplaintQuerySet, _name: str, text: str) -> ComplaintQuerySet:
        """Each word stands in it, in its order or in its number."""
        return found.worded(text)

    def of_severity(
        self, found: ComplaintQuerySet, _name: str, codes: list[str]
    ) -> ComplaintQuerySet:
        return found.filter(severity__code__in=codes)

    def of_line(self, found: ComplaintQuerySet, _name: str, codes: list[str]) -> ComplaintQuerySet:
        return found.filter(service_line__code__in=codes)

    def of_channel(
        self, found: ComplaintQuerySet, _name: str, names: list[str]
    ) -> ComplaintQuerySet:
        return found.filter(channel__in=names)

    def in_view(self, found: ComplaintQuerySet, _name: str, view: str) -> ComplaintQuerySet:
        return found.in_view(view, self.user, self.now)
