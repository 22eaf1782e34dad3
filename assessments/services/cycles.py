"""The quarter's review: owed by the calendar, opened once."""

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import CycleState
from assessments.models import ReviewCycle
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone
from riskhub.notices.services import notify
from riskhub.work.services import owe_work

OPEN_CYCLE = "review_cycle.open"


class NotOver(Exception):  # noqa: N818 - reads as what it says
    """The review of a quarter closes when the quarter is over."""


def derive_cycle(*, by: None = None) -> None:
    """Owe the review of the running quarter; whoever derives it, however often, it is owed once."""
    with acting(by, "review_cycle.owed"):
        quarter = Quarter.of(timezone.localdate(timezone=company_zone()))
        if not ReviewCycle.objects.filter(year=quarter.year, quarter=quarter.number).exists():
            owe_work(OPEN_CYCLE, f"{OPEN_CYCLE}:{quarter}", {"quarter": str(quarter)})


def open_cycle(quarter: Quarter, *, by: User | None = None) -> ReviewCycle:
    """Make and open the cycle of a quarter; a second call gives back the same one."""
    with acting(by, "review_cycle.opened"):
        cycle, is_new = ReviewCycle.objects.get_or_create(
            year=quarter.year,
            quarter=quarter.number,
            defaults={
                "opens_on": quarter.starts_on,
                "closes_on": quarter.ends_on,
                "state": CycleState.OPEN,
            },
        )
        if is_new:
            notify(
                User.objects.holding(Role.RISK_MANAGER),
                by=by,
                kind="review_cycle_opened",
                params={"quarter": str(quarter)},
                url="/",
                dedupe=f"review_cycle:{quarter}",
            )
        return cycle


def close_cycle(cycle: ReviewCycle, *, by: User | None) -> ReviewCycle:
    """End the review of a quarter that is over."""
    with acting(by, "review_cycle.closed"):
        if timezone.localdate(timezone=company_zone()) <= cycle.closes_on:
            raise NotOver(_("The quarter is not over yet."))
        return move(cycle, CycleState.CLOSED)
