"""The card of a plan in force: on the phone, without signing in where it is shared, and on paper."""

import io
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from assessments.contingency.card import Card, card_of, card_path
from assessments.contingency.card_ways import card_ways
from assessments.contingency.permissions import can_edit_contingency
from assessments.contingency.printing import printed_card
from assessments.models import ContingencyPlan
from assessments.services import share_card
from assessments.views.contingency import visible_contingency
from registers.codes import code_drawing
from riskhub.web.access import require, signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def card_list(request: SignedInRequest) -> HttpResponse:
    """The cards in force, of all departments."""
    plans = ContingencyPlan.objects.cards_visible_to(request.user).for_list().order_by("number")
    return render_page(request, "assessments/card_list.html", {"plans": plans})


@require_safe
@signed_in
def contingency_card(request: SignedInRequest, code: str) -> HttpResponse:
    """Whoever works here reads it on the phone."""
    plan = visible_card(request, code)
    context = {"card": _card(plan), "ways": card_ways(plan, request.user)}
    return render_page(request, "assessments/contingency_card.html", context)


@require_safe
def public_card(request: HttpRequest, key: UUID) -> HttpResponse:
    """By an address that nobody guesses, while its keepers share it; else it does not exist."""
    plan = get_object_or_404(ContingencyPlan, card_key=key, card_public=True)
    return render_page(request, "assessments/public_card.html", {"card": _card(plan)})


@require_GET
@signed_in
def contingency_print(request: SignedInRequest, code: str) -> HttpResponseBase:
    """One sheet of A4 with the code that opens the card on a phone."""
    plan = visible_card(request, code)
    address = request.build_absolute_uri(card_path(plan))
    content = printed_card(_card(plan), address=address, drawing=code_drawing(address))
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=f"{plan.code}.pdf",
        content_type="application/pdf",
    )  # fmt: skip


@require_POST
@signed_in
def card_share(request: SignedInRequest, code: str) -> HttpResponse:
    """Open the card to those who have its address, or close it again."""
    plan = visible_contingency(request, code)
    require(can_edit_contingency(request.user, plan))
    wanted = request.POST.get("public", "")
    if wanted not in {"yes", "no"}:
        raise BadRequest
    share_card(plan, by=request.user, is_public=wanted == "yes")
    words = _("Whoever has the address opens the card without signing in. Print it again.")
    closed = _("The card asks for signing in again. Codes that were printed are dead.")
    messages.success(request, words if wanted == "yes" else closed)
    return redirect(plan)


def visible_card(request: SignedInRequest, code: str) -> ContingencyPlan:
    """404 where people do not act by it."""
    plans = ContingencyPlan.objects.cards_visible_to(request.user).for_list()
    return get_object_or_404(plans.coded(code))


def _card(plan: ContingencyPlan) -> Card:
    """404 where nothing is in force: nobody acts by a draft."""
    card = card_of(plan)
    if card is None:
        raise Http404
    return card
