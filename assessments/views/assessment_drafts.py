"""Keep what is being judged: on request, and by itself while somebody types."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.permissions import may_answer_for
from assessments.services import discard_assessment_draft, save_assessment_draft
from assessments.views.assessment_page import STATE, TEMPLATE, desk_of, draft_conflict, is_closed
from assessments.views.fetching import visible_risk
from registers.closing import NotOpen
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_POST
@signed_in
def assessment_draft(request: SignedInRequest, code: str) -> HttpResponse:
    """Whatever is typed is kept; the part that says so is answered to the form itself."""
    risk = visible_risk(request, code)
    require(may_answer_for(request.user, risk.owner_department_id))
    if not risk.is_open:
        return is_closed(request, risk)
    desk = desk_of(request, risk)
    typed = desk.form(is_bound=True).typed()
    try:
        draft = save_assessment_draft(risk, by=request.user, typed=typed, version=_version(request))
    except NotOpen:
        return is_closed(request, risk)
    except StaleVersion as stale:
        return draft_conflict(desk, stale.current)
    except ValidationError as refusal:
        return turned_away(request, " ".join(refusal.messages))
    if request.htmx.target == STATE:
        return render_page(request, TEMPLATE, {"risk": risk, "draft": draft})
    messages.success(request, _("The draft is saved. Only you see it."))
    return redirect("assessments:assessment_create", risk.code)


@require_POST
@signed_in
def assessment_draft_discard(request: SignedInRequest, code: str) -> HttpResponse:
    risk = visible_risk(request, code)
    require(may_answer_for(request.user, risk.owner_department_id))
    try:
        discard_assessment_draft(risk, by=request.user, version=_version(request))
    except StaleVersion:
        words = _("Another window saved this draft meanwhile. It is still there: look at it first.")
        return turned_away(request, words)
    messages.success(request, _("The draft is discarded."))
    return redirect(reverse("assessments:assessment_create", args=[risk.code]))


def _version(request: HttpRequest) -> int:
    """Of the draft that the form shows; 0 where it shows none."""
    sent = request.POST.get("row_version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0  # noqa: PLR2004 - what an integer column holds
