"""An action of a plan in force: begun, done, verified by another person or sent back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.decisions import FinishForm, ReopenForm
from assessments.models import Action
from assessments.permissions import (
    can_finish_action,
    can_verify_action,
    may_finish_action,
    may_verify_action,
)
from assessments.services import (
    OwnAction,
    finish_action,
    reopen_action,
    start_action,
    verify_action,
)
from assessments.views.fetching import PAGE_METHODS, visible_action
from riskhub.audit.transitions import WrongState
from riskhub.web.access import require, signed_in
from riskhub.web.errors import conflict, turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_POST
@signed_in
def action_start(request: SignedInRequest, key: int) -> HttpResponse:
    """One press: somebody works on it."""
    action = visible_action(request, key)
    require(may_finish_action(request.user, action))
    try:
        start_action(action, by=request.user)
    except WrongState as refusal:
        return turned_away(request, str(refusal), "assessments:plan_detail", action.plan.code)
    messages.success(request, _("Begun: %(title)s") % {"title": action.title})
    return redirect("assessments:plan_detail", action.plan.code)


@require_http_methods(PAGE_METHODS)
@signed_in
def action_finish(request: SignedInRequest, key: int) -> HttpResponse:
    """Done, with a word on what was done and what shows it."""
    action = visible_action(request, key)
    require(may_finish_action(request.user, action))
    if not can_finish_action(request.user, action):
        return _is_over(request, action)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FinishForm(*sent)
    if request.method == "POST" and form.is_valid():
        facts = {"note": form.cleaned_data["note"], "files": form.cleaned_data["proof"]}
        try:
            finish_action(action, by=request.user, **facts)
        except WrongState as refusal:
            return conflict(request, str(refusal))
        messages.success(request, _("Done: %(title)s") % {"title": action.title})
        return redirect("assessments:plan_detail", action.plan.code)
    return render_page(request, "assessments/action_finish.html", {"action": action, "form": form})


@require_http_methods(PAGE_METHODS)
@signed_in
def action_verify(request: SignedInRequest, key: int) -> HttpResponse:
    """Another person has seen that it is done, or says what is missing."""
    action = visible_action(request, key)
    require(may_verify_action(request.user, action))
    if not can_verify_action(request.user, action):
        if action.done_by == request.user:
            return turned_away(
                request, str(OwnAction()), "assessments:plan_detail", action.plan.code
            )
        return _is_over(request, action)
    is_refused = "reopen" in request.POST
    form = ReopenForm(request.POST if is_refused else None)
    if request.method == "POST" and (not is_refused or form.is_valid()):
        try:
            _judge(action, form if is_refused else None, request)
        except (WrongState, OwnAction) as refusal:
            return conflict(request, str(refusal))
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            return redirect("assessments:plan_detail", action.plan.code)
    return render_page(request, "assessments/action_verify.html", {"action": action, "form": form})


def _judge(action: Action, refused: ReopenForm | None, request: SignedInRequest) -> None:
    facts = {"title": action.title}
    if refused:
        reopen_action(action, by=request.user, reason=refused.cleaned_data["reason"])
        messages.success(request, _("Open again: %(title)s. Its owner hears of it.") % facts)
    else:
        verify_action(action, by=request.user)
        messages.success(request, _("Verified: %(title)s") % facts)


def _is_over(request: SignedInRequest, action: Action) -> HttpResponse:
    words = _("This action is already “%(state)s”.") % {"state": action.get_state_display()}
    return turned_away(request, words, "assessments:plan_detail", action.plan.code)
