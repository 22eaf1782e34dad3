from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from riskhub.company.preferences import company_zone
from riskhub.entry.days import SOUGHT
from riskhub.oversight.feed import Week, kinds, news_for
from riskhub.oversight.permissions import can_read_own_log
from riskhub.web.access import permitted
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(can_read_own_log)
def news_list(request: SignedInRequest) -> HttpResponse:
    """One week at a time, `?week=` any day of it; a kind that does not exist shows every kind."""
    zone = company_zone()
    this = Week.of(timezone.localdate(timezone=zone), zone)
    asked = _day_in(request.GET.get("week", ""))
    week = Week.of(asked, zone) if asked else this
    week = this if week.monday > this.monday else week
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(kinds()) else ""
    context = {
        "week": week,
        "following": week.following if week.monday < this.monday else None,
        "kind": kind,
        "kinds": kinds(),
        "news": news_for(request.user, week.since, week.until, kind),
    }
    return render_page(request, "oversight/news_list.html", context)


def _day_in(text: str) -> date | None:
    """None for what is no day that can be meant."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return None if SOUGHT.fault(day) else day
