"""Which quarters can be frozen: what is long past was never seen as it stood then.

The page offers those that have data. Command and API take a quarter from before them too: a register
that was kept elsewhere is reported right after its import.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.company.calendar import NotAQuarter, Quarter
from riskhub.company.preferences import company_zone

QUARTERS_BACK = 8


def quarters_accepted(now: datetime, zone: ZoneInfo) -> list[Quarter]:
    """The running one, whose report is a draft, and those before it."""
    quarters = [Quarter.of(now.astimezone(zone).date())]
    for _n in range(QUARTERS_BACK):
        quarters.append(quarters[-1].previous)
    return quarters


def quarters_offered(now: datetime, zone: ZoneInfo, since: datetime | None) -> list[Quarter]:
    """The running one, and those that had not ended when the data began."""
    running, *past = quarters_accepted(now, zone)
    return [running, *(each for each in past if since and not each.is_over(since, zone))]


def parse_accepted(text: str) -> Quarter:
    """`2026Q3` as a quarter that can be frozen now, else `NotAQuarter` in words."""
    quarter = Quarter.parse(text)
    accepted = quarters_accepted(timezone.now(), company_zone())
    if quarter not in accepted:
        span = {"first": accepted[-1], "last": accepted[0]}
        raise NotAQuarter(_("Choose a quarter from %(first)s to %(last)s.") % span)
    return quarter
