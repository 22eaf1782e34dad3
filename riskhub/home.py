from django.http import HttpResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from riskhub.entry.day_words import day
from riskhub.oversight.cards import BANNER, FIRST, NEEDS, SIDE, START, URGENT, Section, cards_for
from riskhub.web.access import signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    """What this person came for and what waits for them, as the packages' cards say."""
    sections = [card for card in cards_for(request.user, NEEDS) if isinstance(card, Section)]
    today = timezone.localdate()
    context = {
        "today": _("%(weekday)s, %(day)s")
        % {"weekday": formats.date_format(today, "l"), "day": day(today)},
        "banners": cards_for(request.user, BANNER),
        "urgent": cards_for(request.user, URGENT),
        "starts": cards_for(request.user, START),
        "first_steps": cards_for(request.user, FIRST),
        "sections": sections,
        "sides": cards_for(request.user, SIDE),
        "waiting": sum(section.count for section in sections),
        "late": sum(section.late for section in sections),
    }
    return render_page(request, "home.html", context)
