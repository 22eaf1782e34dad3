from django.http import HttpResponse
from django.views.decorators.http import require_safe

from riskhub.oversight.cards import MY, Section, cards_for
from riskhub.web.access import signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def my_work(request: SignedInRequest) -> HttpResponse:
    """Everything that bears one's name; what is empty says so."""
    sections = [card for card in cards_for(request.user, MY) if isinstance(card, Section)]
    return render_page(request, "oversight/my_work.html", {"sections": sections})
