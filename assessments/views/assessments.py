"""Judge a risk, and look back at how it was judged."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.choices import AssessmentState, Trigger
from assessments.forms.assessments import AXES, FIVE, KINDS, QUICK, AssessmentForm
from assessments.models import Assessment
from assessments.people import confirmers_of, names_of
from assessments.permissions import (
    can_confirm_assessment,
    can_reject_assessment,
    may_answer_for,
)
from assessments.previews import preview_of
from assessments.scales import DIMENSIONS, dimension_rows, scales_in_force
from assessments.services import PendingAssessment, record_assessment
from assessments.views.fetching import PAGE_METHODS, visible_risk
from registers.choices import Level
from registers.closing import NotOpen
from registers.forms.risks import take_errors
from registers.models import Risk
from registers.tabs import risk_head
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

_SCORE_NAMES = tuple(f"{kind}_{axis}" for kind in KINDS for axis in AXES)
_KEPT = (*_SCORE_NAMES, "rationale", "confidence")


@require_http_methods(PAGE_METHODS)
@signed_in
def assessment_create(request: SignedInRequest, code: str) -> HttpResponse:
    """Both steps on one page; the preview asks the same address with the scores chosen so far."""
    risk = visible_risk(request, code)
    require(may_answer_for(request.user, risk.owner_department_id))
    if not risk.is_open:
        return _is_closed(request, risk)
    scales, former = scales_in_force(), _confirmed(risk)
    is_sent = request.method == "POST" and "switch" not in request.POST
    form = AssessmentForm(
        request.POST if is_sent else None, scales=scales, initial=_initial(request, former)
    )
    if is_sent and form.is_valid():
        try:
            assessment = _record(form, risk, request, is_first=former is None)
        except NotOpen:
            return _is_closed(request, risk)
        except PendingAssessment as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _told(assessment))
            return redirect(risk)
    pending = Assessment.objects.filter(risk=risk).waiting().select_related("assessor").first()
    context = {"risk": risk, "form": form, "former": former, "scales": scales, "pending": pending}
    return render_page(
        request, "assessments/assessment_create.html", context | _aside(request, form, context)
    )


@require_safe
@signed_in
def assessment_list(request: SignedInRequest, code: str) -> HttpResponse:
    """The tab of the risk: what waits, what counts, what counted before."""
    risk = visible_risk(request, code)
    history = list(
        Assessment.objects.filter(risk=risk)
        .exclude(state=AssessmentState.DRAFT)
        .select_related("assessor", "confirmed_by", "confirmed_for")
        .order_by("-pk")
    )
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


def _confirmed(risk: Risk) -> Assessment | None:
    return Assessment.objects.filter(risk=risk).confirmed().select_related("assessor").first()


def _initial(request: SignedInRequest, former: Assessment | None) -> dict[str, Any]:
    """The former scores, then what was chosen on the page; in quick entry the nearest of the three."""
    given = request.POST if request.method == "POST" else request.GET
    values: dict[str, Any] = {name: getattr(former, name, None) for name in _SCORE_NAMES}
    values |= {name: given[name] for name in _KEPT if name in given}
    values["entry"] = given.get("switch") or given.get("entry") or FIVE
    if values["entry"] == QUICK:
        nearest = {"1": "2", "5": "4"}
        for name in _SCORE_NAMES[:4]:
            values[name] = nearest.get(str(values[name]), values[name])
    return values | {"client_uuid": given.get("client_uuid") or uuid4()}


def _record(
    form: AssessmentForm, risk: Risk, request: SignedInRequest, *, is_first: bool
) -> Assessment:
    return record_assessment(
        risk,
        by=request.user,
        scores=form.scores,
        method=form.method,
        trigger=Trigger.INITIAL if is_first else Trigger.MANUAL,
        rationale=form.cleaned_data["rationale"],
        confidence=form.cleaned_data["confidence"],
        client_uuid=form.cleaned_data["client_uuid"],
    )


def _aside(
    request: SignedInRequest, form: AssessmentForm, context: dict[str, Any]
) -> dict[str, Any]:
    """What stands beside the form: the preview, who confirms, the anchors of each dimension."""
    risk, scales = context["risk"], context["scales"]
    preview = preview_of({name: form[name].value() for name in _SCORE_NAMES}, scales, risk)
    aside: dict[str, Any] = {"preview": preview, "rows": dimension_rows(scales)}
    aside["dimensions"] = [dimension.label for dimension in DIMENSIONS]
    waiting = context["pending"] or Assessment(risk=risk, assessor=request.user)
    if context["pending"] or preview.needs_second_person:
        aside["confirmers"] = names_of(confirmers_of(waiting))
    if context["pending"]:
        waiting.risk = risk
        aside["can_reject"] = can_reject_assessment(request.user, waiting)
    return aside


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


def _is_closed(request: SignedInRequest, risk: Risk) -> HttpResponse:
    words = _("%(code)s is closed. Open it again to assess it.") % {"code": risk.code}
    return turned_away(request, words, risk)
