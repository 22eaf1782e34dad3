"""Judge a risk, and look back at how it was judged."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.choices import AssessmentState, Trigger
from assessments.comparison import name_former
from assessments.decided import name_returns
from assessments.forms.assessments import (
    AssessmentForm,
)
from assessments.models import Assessment
from assessments.people import confirmers_of, names_of
from assessments.permissions import (
    can_confirm_assessment,
    can_reject_assessment,
    may_answer_for,
)
from assessments.schemes.readings import name_matrices
from assessments.services import PendingAssessment, record_assessment
from assessments.views.assessment_page import (
    TEMPLATE,
    Desk,
    desk_of,
    draft_conflict,
    is_closed,
)
from assessments.views.fetching import PAGE_METHODS, visible_risk
from registers.choices import Level
from registers.closing import NotOpen
from registers.tabs import risk_head
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def assessment_create(request: SignedInRequest, code: str) -> HttpResponse:
    """Both steps on one page; the preview asks the same address with the scores chosen so far."""
    risk = visible_risk(request, code)
    require(may_answer_for(request.user, risk.owner_department_id))
    if not risk.is_open:
        return is_closed(request, risk)
    desk = desk_of(request, risk)
    is_sent = request.method == "POST" and "switch" not in request.POST
    form = desk.form(is_bound=is_sent)
    if is_sent and form.is_valid():
        try:
            assessment = _record(form, desk)
        except NotOpen:
            return is_closed(request, risk)
        except StaleVersion as stale:
            return draft_conflict(desk, stale.current)
        except PendingAssessment as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _told(assessment))
            return redirect(risk)
    context = desk.context(form) | {"is_typed": request.method == "POST"}
    return render_page(request, TEMPLATE, context)


@require_safe
@signed_in
def assessment_list(request: SignedInRequest, code: str) -> HttpResponse:
    """The tab of the risk: what waits, what counts, what counted before."""
    risk = visible_risk(request, code)
    history = list(
        Assessment.objects.filter(risk=risk)
        .exclude(state=AssessmentState.DRAFT)
        .with_basis()
        .select_related("assessor", "confirmed_by", "confirmed_for")
        .order_by("-pk")
    )
    name_former(history)
    name_matrices(history)
    name_returns(history)
    waiting = next((a for a in history if a.state == AssessmentState.SUBMITTED), None)
    context = {"risk": risk, "history": history, "waiting": waiting}
    context["head"] = risk_head(request.user, risk, "assessments")
    if waiting:
        waiting.risk = risk
        context |= {
            "can_confirm": can_confirm_assessment(request.user, waiting),
            "can_reject": can_reject_assessment(request.user, waiting),
            "is_own": waiting.assessor_id == request.user.pk,
            "confirmers": names_of(confirmers_of(waiting)),
        }
    return render_page(request, "assessments/assessment_list.html", context)


def _record(form: AssessmentForm, desk: Desk) -> Assessment:
    return record_assessment(
        desk.risk,
        by=desk.request.user,
        scores=form.scores,
        method=form.method,
        trigger=Trigger.INITIAL if desk.former is None else Trigger.MANUAL,
        rationale=form.cleaned_data["rationale"],
        confidence=form.cleaned_data["confidence"],
        client_uuid=form.cleaned_data["client_uuid"],
        basis=form.basis,
        draft_version=form.cleaned_data["row_version"] or 0,
    )


def _told(assessment: Assessment) -> str:
    if assessment.state == AssessmentState.SUBMITTED:
        names = names_of(confirmers_of(assessment))
        if not names:
            return _("Submitted. Nobody has the right to confirm it yet: tell the administrator.")
        return _("Submitted. It counts when %(names)s confirms it.") % {"names": names}
    return _("%(code)s is assessed: %(level)s.") % {
        "code": assessment.risk.code,
        "level": Level(assessment.residual_level or 0).label,
    }
