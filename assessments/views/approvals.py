"""The inbox of management, and the page on which it decides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.choices import Decision
from assessments.decided import plan_decided
from assessments.forms.decisions import DecisionForm
from assessments.forms.grants import typed_grants
from assessments.models import MatrixScheme, ResponsePlan
from assessments.permissions import (
    authors_of,
    authors_since_approval,
    can_decide_any,
    can_read_approvals,
    deciding_as,
    involved_in,
    may_decide,
)
from assessments.plans.content import PlanContent
from assessments.plans.due_times import days_to_decide, waiting_of
from assessments.plans.grants import granted_before
from assessments.plans.page import (
    deciding_objection,
    history_of,
    last_approved,
    wording_of,
)
from assessments.plans.versions import version_before, version_opened
from assessments.plans.words import changes_between
from assessments.schemes.permissions import can_decide_schemes
from assessments.services import CannotDecide, decide_plan
from assessments.views.fetching import PAGE_METHODS, visible_plan
from registers.choices import PlanState
from riskhub.accounts.models import ApprovalDelegation, User
from riskhub.accounts.permissions import can_delegate
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.company.preferences import company_zone
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(can_read_approvals)
def plan_waiting(request: SignedInRequest) -> HttpResponse:
    """What waits for a decision, the one that is due first at the top."""
    waiting = ResponsePlan.objects.visible_to(request.user).awaiting_approval()
    allowed, zone = days_to_decide(), company_zone()
    page = paginate(request, waiting.by_due_day(allowed), load=waiting.for_inbox())
    authors = authors_of(page)
    rows = [
        (
            plan,
            waiting_of(plan, allowed, zone),
            deciding_objection(request.user, plan, authors[plan.pk]),
        )
        for plan in page
    ]
    decidable = {
        plan.pk
        for plan, _waiting, why_not in rows
        if not why_not and may_decide(request.user, plan.risk.owner_department_id)
    }
    context = {
        "page": page,
        "rows": rows,
        "decides": can_decide_any(request.user),
        "may_delegate": can_delegate(request.user),
        "stand_ins": ApprovalDelegation.objects.lent_to(request.user),
        "decidable": decidable,
        "schemes": _schemes(request.user),
    }
    return render_page(request, "assessments/plan_waiting.html", context)


def _schemes(user: User) -> QuerySet[MatrixScheme]:
    """Matrices wait for who decides for the whole company."""
    if not can_decide_schemes(user):
        return MatrixScheme.objects.none()
    return MatrixScheme.objects.for_page().awaiting_approval()


@require_http_methods(PAGE_METHODS)
@signed_in
def plan_decide(request: SignedInRequest, code: str) -> HttpResponse:
    """Summary, what changed, and three buttons that post the hash of the text that was shown."""
    plan = visible_plan(request, code)
    require(may_decide(request.user, plan.risk.owner_department_id))
    if plan.state != PlanState.SUBMITTED:
        return _is_over(request, plan)
    form = _form(request, plan)
    if request.method == "POST":
        try:
            if _is_decided(request.user, plan, form):
                messages.success(request, _told(plan, form.cleaned_data["decision"]))
                return redirect("assessments:plan_waiting")
        except StaleVersion:
            return _conflict(request, visible_plan(request, code))
        except WrongState:
            return _is_over(request, plan)
        except CannotDecide as refusal:
            messages.error(request, str(refusal))
            return redirect("assessments:plan_detail", plan.code)
        except ValidationError as refusal:
            form.take_faults(refusal)
    return render_page(request, "assessments/plan_decide.html", _context(plan, request, form))


def _is_decided(by: User, plan: ResponsePlan, form: DecisionForm) -> bool:
    """What is wrong in the form is told only of the text that waits."""
    if form.is_of_another_text:
        raise StaleVersion(plan)
    if not form.is_valid():
        return False
    decide_plan(plan, by=by, **form.made)
    return True


def _is_over(request: SignedInRequest, plan: ResponsePlan) -> HttpResponse:
    nothing = _("The plan does not wait for a decision any more.")
    words = plan_decided(plan) or nothing
    return turned_away(request, words, "assessments:plan_detail", plan.code, level=messages.INFO)


def _form(request: SignedInRequest, plan: ResponsePlan) -> DecisionForm:
    shown = {"content_hash": plan.head.content_hash if plan.head else ""}
    return DecisionForm(request.POST or None, plan=plan, initial=shown)


def _conflict(request: SignedInRequest, plan: ResponsePlan) -> HttpResponse:
    """What was typed over the text as it is now: deciding again is another decision."""
    assert plan.head  # noqa: S101 - it waits, so it has a version
    sent = request.POST
    opened_hash = sent.get("content_hash", "")[:64]
    opened = version_opened(plan, opened_hash) or plan.head
    typed = typed_grants(
        sent,
        PlanContent.parse(opened.content),
        PlanContent.parse(plan.head.content),
        granted_before(plan),
    )
    shown = {
        "content_hash": plan.head.content_hash,
        "opened_hash": opened_hash,
        "comment": sent.get("comment", ""),
    }
    form = DecisionForm(plan=plan, initial=shown, typed=typed)
    amounts = [one for one in typed if one.amount is not None]
    context = _context(plan, request, form) | {"typed": amounts}
    return render_page(request, "assessments/plan_decide.html", context, status=409)


def _context(plan: ResponsePlan, request: SignedInRequest, form: DecisionForm) -> dict[str, Any]:
    assert plan.head  # noqa: S101 - it waits, so it has a version
    approved = last_approved(plan)
    former = version_before(plan, approved)
    opened_hash = form["opened_hash"].value() or ""
    opened = version_opened(plan, opened_hash)
    return {
        "form": form,
        "plan": plan,
        "risk": plan.risk,
        "wording": wording_of(plan.head),
        "approved": approved,
        "former": former,
        "changes": changes_between(former, plan.head) if former else None,
        "is_stale": bool(opened_hash),
        "opened": opened,
        "since_opened": changes_between(opened, plan.head) if opened else None,
        "waiting": waiting_of(plan),
        "history": history_of(plan),
        "why_not": deciding_objection(request.user, plan, authors_since_approval(plan)),
        "absent": _absent(request.user, plan),
        "has_moved": plan.head.residual_level != plan.risk.residual_level,
    }


def _absent(user: User, plan: ResponsePlan) -> User | None:
    """In whose name this user decides, where it is not their own."""
    right_of = deciding_as(user, plan, involved_in(plan))
    return None if right_of in (None, user.pk) else User.objects.get(pk=right_of)


def _told(plan: ResponsePlan, decision: str) -> str:
    return {
        Decision.APPROVED: _("%(plan)s is approved. Its author hears of it."),
        Decision.CHANGES: _("%(plan)s goes back for changes. Its author hears of it."),
        Decision.REJECTED: _("%(plan)s is rejected. Its author hears of it."),
    }[Decision(decision)] % {"plan": plan.code}
