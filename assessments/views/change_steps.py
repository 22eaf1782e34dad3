"""The steps of a process change: handed in, taken on, ready, live, reviewed, or cancelled."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.changes.page import touched_by
from assessments.changes.permissions import (
    has_put_live,
    may_cancel_change,
    may_decide_change,
    may_review_change,
    may_write_change,
)
from assessments.choices import PENDING_CHANGE_STATES, ChangeState
from assessments.forms.changes import (
    CancelChangeForm,
    ImplementForm,
    PostponeChangeForm,
    PressForm,
    ReviewChangeForm,
    SubmitChangeForm,
)
from assessments.models import ProcessChange
from assessments.services import (
    PutItLive,
    RisksNotJudged,
    cancel_change,
    implement_change,
    postpone_change,
    ready_change,
    review_change,
    submit_change,
    take_on_change,
)
from assessments.services.change_steps import latest_day
from assessments.views.fetching import PAGE_METHODS, visible_change
from riskhub.audit.transitions import WrongState, can_move
from riskhub.audit.versions import StaleVersion
from riskhub.entry.day_words import day
from riskhub.web.access import require, signed_in
from riskhub.web.errors import conflict, turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

Service = Callable[..., ProcessChange]


@dataclass(frozen=True)
class _Step:
    """What a step is called on its page and its button, and what is said once it is done."""

    to: str
    service: Service
    title: str
    hint: str
    done: str


@require_http_methods(PAGE_METHODS)
@signed_in
def change_submit(request: SignedInRequest, code: str) -> HttpResponse:
    """The risks that it will ask for stand on the page; without any, somebody says that they looked."""
    change = visible_change(request, code)
    require(may_write_change(request.user, change))
    touched = touched_by(change, request.user)
    form = SubmitChangeForm(
        request.POST or None, initial=_opened(change), is_touching=bool(touched.total)
    )
    hint = _("Each of these risks is judged again before the day. The list is then fixed.")
    step = _Step(
        ChangeState.SUBMITTED, submit_change, _("Submit %(code)s"), hint,
        _("%(code)s is submitted. Its risks are asked for."),
    )  # fmt: skip
    return _page(request, change, step, form, touched=touched)


@require_POST
@signed_in
def change_take_on(request: SignedInRequest, code: str) -> HttpResponse:
    """The risk manager has looked through the list of its risks."""
    done = _("%(code)s is taken on. It waits for its risks to be judged.")
    return _press(request, code, take_on_change, done)


@require_POST
@signed_in
def change_ready(request: SignedInRequest, code: str) -> HttpResponse:
    """Refused, with the risks, while one is still to be judged."""
    return _press(request, code, ready_change, _("%(code)s is ready to go live."))


@require_http_methods(PAGE_METHODS)
@signed_in
def change_implement(request: SignedInRequest, code: str) -> HttpResponse:
    """Live since a day."""
    change = visible_change(request, code)
    require(may_decide_change(request.user, change))
    today = timezone.localdate()
    form = ImplementForm(request.POST or None, initial=_opened(change) | {"effective_on": today})
    hint = _("From this day on people work in the new way. A review follows.")
    step = _Step(
        ChangeState.IMPLEMENTED, implement_change, _("Put %(code)s live"), hint,
        _("%(code)s is live. Review it once it has shown how it works."),
    )  # fmt: skip
    return _page(request, change, step, form)


@require_http_methods(PAGE_METHODS)
@signed_in
def change_review(request: SignedInRequest, code: str) -> HttpResponse:
    """What came of it, said by another than put it live."""
    change = visible_change(request, code)
    require(may_review_change(request.user, change))
    if has_put_live(request.user, change):
        return turned_away(request, str(PutItLive()), change)
    form = ReviewChangeForm(request.POST or None, initial=_opened(change))
    step = _Step(
        ChangeState.REVIEWED, review_change, _("Review %(code)s"), "", _("%(code)s is reviewed.")
    )
    return _page(request, change, step, form)


@require_http_methods(PAGE_METHODS)
@signed_in
def change_postpone(request: SignedInRequest, code: str) -> HttpResponse:
    """To a later day, with a reason; it stays in its state."""
    change = visible_change(request, code)
    require(may_decide_change(request.user, change))
    form = PostponeChangeForm(request.POST or None, initial=_opened(change))
    hint = _("It is planned for %(day)s, and postponed until %(latest)s at the latest.") % {
        "day": day(change.planned_on), "latest": day(latest_day(change)),
    }  # fmt: skip
    step = _Step(
        change.state, postpone_change, _("Postpone %(code)s"), hint, _("%(code)s is postponed.")
    )
    if change.state not in PENDING_CHANGE_STATES and request.method != "POST":
        return turned_away(request, str(WrongState(change, ChangeState.SUBMITTED)), change)
    return _page(request, change, step, form)


@require_http_methods(PAGE_METHODS)
@signed_in
def change_cancel(request: SignedInRequest, code: str) -> HttpResponse:
    """With a reason, which also waives the tasks that no other change needs."""
    change = visible_change(request, code)
    require(may_cancel_change(request.user, change))
    form = CancelChangeForm(request.POST or None, initial=_opened(change))
    hint = _("Tasks that no other change needs are waived with this reason.")
    step = _Step(
        ChangeState.CANCELLED, cancel_change, _("Cancel %(code)s"), hint,
        _("%(code)s is cancelled."),
    )  # fmt: skip
    return _page(request, change, step, form)


def _opened(change: ProcessChange) -> dict[str, Any]:
    return {"row_version": change.row_version}


def _page(
    request: SignedInRequest,
    change: ProcessChange,
    step: _Step,
    form: forms.Form,
    **more: Any,  # noqa: ANN401 - context
) -> HttpResponse:
    """The form of a step; whoever comes too late is told how it stands now."""
    is_late = step.to != change.state and not can_move(change, step.to)
    if is_late and request.method != "POST":
        return turned_away(request, str(WrongState(change, step.to)), change)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        version = facts.pop("row_version")
        try:
            step.service(change, by=request.user, version=version, **facts)
        except ValidationError as refusal:
            _take(form, refusal)
        except (StaleVersion, WrongState, RisksNotJudged, PutItLive) as refusal:
            return conflict(request, _said(refusal))
        else:
            messages.success(request, step.done % {"code": change.code})
            return redirect(change)
    title = step.title % {"code": change.code}
    context = {"change": change, "form": form, "title": title, "hint": step.hint, **more}
    template = "assessments/change_step.html"
    return render_page(request, template, context)


def _press(request: SignedInRequest, code: str, service: Service, done: str) -> HttpResponse:
    change = visible_change(request, code)
    require(may_decide_change(request.user, change))
    form = PressForm(request.POST)
    version = form.cleaned_data["row_version"] if form.is_valid() else None
    try:
        service(change, by=request.user, version=version)
    except (StaleVersion, WrongState, RisksNotJudged) as refusal:
        return conflict(request, _said(refusal))
    messages.success(request, done % {"code": change.code})
    return redirect(change)


def _said(refusal: Exception) -> str:
    """Empty for a stale page, which has words of its own."""
    return "" if isinstance(refusal, StaleVersion) else str(refusal)


def _take(form: forms.Form, refusal: ValidationError) -> None:
    """At the field where the form has it, else above the form."""
    faults = refusal.error_dict if hasattr(refusal, "error_dict") else {None: [refusal]}
    for name, errors in faults.items():
        form.add_error(name if name in form.fields else None, errors)
