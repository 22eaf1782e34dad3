"""A second person decides on what waits: one at a time, or many that a file brought."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.choices import AssessmentState
from assessments.decided import assessment_decided
from assessments.forms.assessments import RejectForm
from assessments.forms.confirmations import ConfirmationForm
from assessments.models import Assessment
from assessments.permissions import can_confirm_any, can_read_confirmations, may_confirm
from assessments.schemes.readings import name_matrices
from assessments.services import (
    CannotConfirm,
    confirm_assessments,
    reject_assessment,
    reject_assessments,
)
from assessments.services.confirmations import Outcome, confirming_objection
from assessments.views.fetching import PAGE_METHODS, visible_assessment
from assessments.waiting import assessments_to_confirm, formerly
from riskhub.accounts.models import ApprovalDelegation, User
from riskhub.audit.transitions import WrongState
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.errors import conflict, turned_away
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PER_PAGE = 200
MOST_REFUSALS = 5


@require_http_methods(PAGE_METHODS)
@permitted(can_read_confirmations)
def assessment_confirm(request: SignedInRequest) -> HttpResponse:
    """All that wait; the chosen ones are confirmed or sent back in one go, refusals named one by one.

    An auditor reads the same rows.
    """
    decides = can_confirm_any(request.user)
    require(decides or request.method != "POST")
    waiting = Assessment.objects.visible_to(request.user).waiting()
    form = ConfirmationForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _decide(request, form)
    ordered = waiting.order_by("-residual_level", "-inherent_level", "pk")
    load = waiting.for_decision().with_controls()
    page = paginate(request, ordered, load=load, per_page=PER_PAGE)
    former = formerly(page)
    name_matrices([*page, *former.values()])
    rows = [(one, confirming_objection(request.user, one), former.get(one.risk_id)) for one in page]
    context = {
        "page": page,
        "rows": rows,
        "form": form,
        "may_confirm": decides,
        "stand_ins": ApprovalDelegation.objects.lent_to(request.user),
        "ticked": set(request.POST.getlist("chosen")),
        "is_all": "all" in request.GET,
        "mine": sum(not objection for _one, objection, _former in rows),
        **_counts(request.user, page.count),
    }
    return render_page(request, "assessments/assessment_confirm.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def assessment_reject(request: SignedInRequest, key: int) -> HttpResponse:
    """Send it back with a reason; the assessor takes back their own the same way."""
    assessment = visible_assessment(request, key)
    is_own = assessment.assessor_id == request.user.pk
    require(is_own or may_confirm(request.user, assessment.risk.owner_department_id))
    back = ("assessments:assessment_list", assessment.risk.code)
    if assessment.state != AssessmentState.SUBMITTED:
        return turned_away(request, _is_over(assessment), *back)
    form = RejectForm(request.POST or None, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        try:
            reject_assessment(assessment, by=request.user, reason=form.cleaned_data["reason"])
        except WrongState:
            assessment.refresh_from_db()
            return conflict(request, _is_over(assessment))
        except CannotConfirm as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _told_of_rejecting(is_own=is_own))
        return redirect(*back)
    context = {"assessment": assessment, "form": form, "is_own": is_own}
    return render_page(request, "assessments/assessment_reject.html", context)


def _told_of_rejecting(*, is_own: bool) -> str:
    if is_own:
        return _("Taken back. What you had written is in the form.")
    return _("Sent back. The risk can be assessed anew.")


def _is_over(assessment: Assessment) -> str:
    return assessment_decided(assessment) or _("Somebody has decided on it already.")


def _counts(user: User, all_waiting: int) -> dict[str, int]:
    """What waits, in three parts: for this user, of their own for another, and for others."""
    yours = assessments_to_confirm(user)
    own = Assessment.objects.visible_to(user).waiting().made_by(user).count()
    return {"yours": yours, "own": own, "others": all_waiting - yours - own}


def _decide(request: SignedInRequest, form: ConfirmationForm) -> HttpResponse:
    chosen, reason = list(form.cleaned_data["chosen"]), form.cleaned_data["reason"]
    if form.is_rejecting:
        outcome = reject_assessments(chosen, by=request.user, reason=reason)
    else:
        outcome = confirm_assessments(chosen, by=request.user)
    _tell(request, outcome, is_rejecting=form.is_rejecting)
    if risk := form.cleaned_data["back"]:
        return redirect("assessments:assessment_list", risk)
    return redirect("assessments:assessment_confirm")


def _tell(request: SignedInRequest, outcome: Outcome, *, is_rejecting: bool) -> None:
    count = len(outcome.done)
    if count and is_rejecting:
        told = ngettext("%(count)d sent back.", "%(count)d sent back.", count)
        messages.success(request, told % {"count": count})
    elif count:
        told = ngettext("%(count)d confirmed.", "%(count)d confirmed.", count)
        messages.success(request, told % {"count": count})
    for assessment, why in outcome.refused[:MOST_REFUSALS]:
        messages.warning(
            request, f"{assessment.risk.code}: {assessment_decided(assessment) or why}"
        )
    more = len(outcome.refused) - MOST_REFUSALS
    if more > 0:
        told = ngettext(
            "%(count)d more was not decided for the same reasons.",
            "%(count)d more were not decided for the same reasons.",
            more,
        )
        messages.warning(request, told % {"count": more})
