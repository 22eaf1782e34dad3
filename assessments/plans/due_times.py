"""How long a plan has waited, and until when it should be decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from assessments.choices import SchemeState
from assessments.models import AppetiteRule, ResponsePlan
from assessments.schemes.in_force import Appetite
from registers.choices import PlanState
from riskhub.company.calendar import days_between
from riskhub.company.preferences import company_zone


@dataclass(frozen=True)
class Waiting:
    """In days of the calendar; `due_on` is the last one that is not late, None where none is set."""

    days: int
    due_on: date | None = None
    days_left: int = 0
    """Below 0 it is late."""

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def days_late(self) -> int:
        return -self.days_left if self.days_left < 0 else 0

    @property
    def is_today(self) -> bool:
        return self.due_on is not None and self.days_left == 0


def days_to_decide() -> dict[int, int]:
    """By the level of what waits, after the matrix in force. One query."""
    rules = AppetiteRule.objects.filter(scheme__state=SchemeState.IN_FORCE)
    return Appetite(list(rules)).approval_days


def waiting_of(
    plan: ResponsePlan, allowed: Mapping[int, int] | None = None, zone: ZoneInfo | None = None
) -> Waiting | None:
    """`allowed` days and `zone` where many plans are asked; None for a plan that does not wait."""
    head = plan.head
    if plan.state != PlanState.SUBMITTED or head is None or head.submitted_at is None:
        return None
    zone, allowed = zone or company_zone(), days_to_decide() if allowed is None else allowed
    waited = days_between(head.submitted_at, timezone.now(), zone)
    days = allowed.get(head.residual_level or 0)
    if days is None:
        return Waiting(waited)
    due_on = head.submitted_at.astimezone(zone).date() + timedelta(days=days)
    return Waiting(waited, due_on, days - waited)
