"""What the statistics are about: whose rows, of which days, department and service line."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from incidents.complaints.querysets import ComplaintQuerySet
from incidents.incidents.querysets import IncidentQuerySet
from incidents.models import Complaint, Incident
from riskhub.accounts.models import User


@dataclass(frozen=True)
class Scope:
    """Both days count. `departments` and `line` are keys, None for all of them."""

    user: User
    zone: ZoneInfo
    since: date
    until: date
    departments: frozenset[int] | None = None
    line: int | None = None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the first moment to the one that is no part of it any more, on the wall of the company."""
        after = self.until + timedelta(days=1)
        first, end = (datetime.combine(day, time(0), self.zone) for day in (self.since, after))
        return first, end

    @property
    def complaints(self) -> ComplaintQuerySet:
        first, end = self.span
        rows = Complaint.objects.visible_to(self.user)
        return rows.filter(self._narrowed, received_at__gte=first, received_at__lt=end)

    @property
    def incidents(self) -> IncidentQuerySet:
        """Without what was reported twice."""
        first, end = self.span
        rows = Incident.objects.visible_to(self.user).filter(duplicate_of=None)
        return rows.filter(self._narrowed, occurred_at__gte=first, occurred_at__lt=end)

    @property
    def whole_months(self) -> tuple[date, date]:
        """The first day of the first month that is wholly within, and of the one after the last."""
        first = self.since if self.since.day == 1 else next_month(self.since)
        return first, (self.until + timedelta(days=1)).replace(day=1)

    @property
    def _narrowed(self) -> Q:
        wanted = Q() if self.departments is None else Q(department__in=self.departments)
        return wanted if self.line is None else wanted & Q(service_line=self.line)


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
