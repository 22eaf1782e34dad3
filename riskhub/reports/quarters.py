"""Which quarters can be frozen: what is long past was never seen as it stood then."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.company.calendar import NotAQuarter, Quarter
from riskhub.company.preferences import company_zone

QUARTERS_BACK = 8


def quarters_offered(now: datetime, zone: ZoneInfo) -> list[Quarter]:
    """The running one, whose report is a draft, and those before it."""
    quarters = [Quarter.of(now.astimezone(zone).date())]
    for _n in range(QUARTERS_BACK):
        quarters.append(quarters[-1].previous)
    return quarters


def parse_offered(text: str) -> Quarter:
    """`2026Q3` as a quarter that is offered now, else `NotAQuarter` in words."""
    quarter = Quarter.parse(text)
    offered = quarters_offered(timezone.now(), company_zone())
    if quarter not in offered:
        span = {"first": offered[-1], "last": offered[0]}
        raise NotAQuarter(_("Choose a quarter from %(first)s to %(last)s.") % span)
    return quarter
