"""Hand a plan to those who decide, or end it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.checklists import checklist_of
from assessments.forms.decisions import SubmitForm, WithdrawForm
from assessments.models import ResponsePlan
from assessments.people import deciders_of, names_of
from assessments.permissions import can_discard_version, can_withdraw_plan, may_answer_for
from assessments.plans.outgrown import lack_words, lacks_of, may_go_again
from assessments.plans.page import wording_of
from assessments.plans.versions import next_number, written_again
from assessments.services import PlanIncomplete, discard_version, submit_plan, withdraw_plan
from assessments.services.plans import asked_of, faults_of
from assessments.views.fetching import PAGE_METHODS, visible_plan
from registers.choices import PlanState
from registers.closing import NotOpen
from riskhub.accounts.models import User
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def plan_submit(request: SignedInRequest, code: str) -> HttpResponse:
    """The plan as those who decide will see it, what is missing, and one button.

    A draft, or what is in force and needs an approval by now.
    """
    plan = visible_plan(request, code)
    require(may_answer_for(request.user, plan.risk.owner_department_id))
    lacks = lacks_of(plan) if may_go_again(plan) else []
    if plan.state != PlanState.DRAFT and not lacks:
        messages.error(request, _("Only a draft is submitted. This is how the plan stands now."))
        return redirect("assessments:plan_detail", plan.code)
    form = SubmitForm(request.POST or None, initial={"row_version": plan.row_version})
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            submitted = submit_plan(plan, by=request.user, version=form.cleaned_data["row_version"])
        except StaleVersion:
            form, status = SubmitForm(initial={"row_version": plan.row_version}), 409
        except PlanIncomplete:
            form.add_error(None, _("Something is still missing: see the list."))
        except (WrongState, NotOpen) as refusal:
            messages.error(request, str(refusal))
            return redirect("assessments:plan_detail", plan.code)
        else:
            messages.success(request, _told(submitted))
            return redirect("assessments:plan_detail", plan.code)
    context = _context(plan, lacks) | {"form": form, "is_stale": status is not None}
    return render_page(request, "assessments/plan_submit.html", context, status=status)


@require_http_methods(PAGE_METHODS)
@signed_in
def plan_withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """With a reason; what is in force ends with it."""
    plan = visible_plan(request, code)
    require(may_answer_for(request.user, plan.risk.owner_department_id))
    if not can_withdraw_plan(request.user, plan):
        messages.error(request, _not_withdrawn(plan))
        return redirect("assessments:plan_detail", plan.code)
    form = WithdrawForm(request.POST or None, initial={"row_version": plan.row_version})
    _ask_what(form, plan, request)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _withdraw(plan, form, request.user))
        except (StaleVersion, WrongState):
            messages.error(request, _("The plan was changed meanwhile. Look at it, then decide."))
        return redirect("assessments:plan_detail", plan.code)
    context = {"plan": plan, "form": form, "pending": plan.actions.pending().count()}
    return render_page(request, "assessments/plan_withdraw.html", context)


def _not_withdrawn(plan: ResponsePlan) -> str:
    """What is done is not taken back: a plan that is carried out goes on another way."""
    if plan.state == PlanState.COMPLETED:
        return _(
            "Every action of this plan is done, so it is not withdrawn. Close it where its target is "
            "reached, or change it."
        )
    return _("This plan is over already.")


def _context(plan: ResponsePlan, lacks: Sequence[str]) -> dict[str, Any]:
    assert plan.head  # noqa: S101 - every plan is made with its first version
    head = written_again(plan.head, next_number(plan)) if lacks else plan.head
    wording = wording_of(head)
    faults = faults_of(plan, wording.content, plan.risk)
    return {
        "plan": plan,
        "risk": plan.risk,
        "wording": wording,
        "lacks": [lack_words(lack, plan.risk) for lack in lacks],
        "checklist": checklist_of(plan.risk, wording.content, faults, plan, asked_of(plan.risk)),
    }


def _told(plan: ResponsePlan) -> str:
    if plan.state != PlanState.SUBMITTED:
        return _("%(plan)s is in force: it needed no approval.") % {"plan": plan.code}
    names = names_of(deciders_of(plan))
    if not names:
        return _("Submitted, but nobody may decide on it yet: tell the administrator.")
    return _("Submitted. %(names)s decides.") % {"names": names}


def _ask_what(form: WithdrawForm, plan: ResponsePlan, request: SignedInRequest) -> None:
    """Of who saw a further version: who saw none is told that there is one by now."""
    shown = request.POST.get("row_version", str(plan.row_version))
    if shown != str(plan.row_version) or not can_discard_version(request.user, plan):
        return
    assert plan.head and plan.in_force  # noqa: S101, PT018 - the permission asks for both
    form.ask_what(plan.head.number, plan.in_force.number)


def _withdraw(plan: ResponsePlan, form: WithdrawForm, user: User) -> str:
    """What was done, as a sentence."""
    facts = {"reason": form.cleaned_data["reason"], "version": form.cleaned_data["row_version"]}
    if form.cleaned_data.get("what") == "version":
        kept = discard_version(plan, by=user, **facts)
        number = kept.in_force.number if kept.in_force else 0
        return _("Version %(number)d of %(plan)s stays in force.") % {
            "number": number, "plan": plan.code,
        }  # fmt: skip
    withdraw_plan(plan, by=user, **facts)
    return _("%(plan)s is withdrawn.") % {"plan": plan.code}
