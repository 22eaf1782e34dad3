"""One step of a complaint: its page with a form, or a press; and what is said when it is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from incidents.forms.handling import Keyed
from incidents.models import Complaint
from incidents.permissions import may_handle
from incidents.services.closing import TooLate
from incidents.services.offers import CannotApprove
from riskhub.audit.transitions import WrongState, can_move
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from riskhub.web.access import require
from riskhub.web.errors import conflict, turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
REFUSALS = (StaleVersion, WrongState, CannotApprove, TooLate)


@dataclass(frozen=True)
class Step:
    """`run` takes what a valid form holds; `to` is the state in which it ends, empty where it stays."""

    title: str
    done: str
    run: Callable[[dict[str, Any]], object]
    to: str = ""
    hint: str = ""
    is_after: bool = False
    """Also for what is over."""


def visible_complaint(request: SignedInRequest, code: str) -> Complaint:
    return get_object_or_404(Complaint.objects.visible_to(request.user).for_page(), code=code)


def handled_complaint(request: SignedInRequest, code: str) -> Complaint:
    """Refused to whoever may read it and not work on it."""
    complaint = visible_complaint(request, code)
    require(may_handle(request.user, complaint))
    return complaint


def step_page(
    request: SignedInRequest,
    complaint: Complaint,
    step: Step,
    form: forms.Form,
    **more: Any,  # noqa: ANN401 - context
) -> HttpResponse:
    """Whoever comes too late is told how it stands now."""
    if request.method != "POST" and _is_late(complaint, step):
        refusal = WrongState(complaint, step.to or complaint.state)
        return turned_away(request, str(refusal), complaint)
    if request.method == "POST" and form.is_valid():
        try:
            step.run(getattr(form, "facts", form.cleaned_data))
        except REFUSALS as refusal:
            return conflict(request, said_by(refusal))
        except ValidationError as refusal:
            _take(form, refusal)
        else:
            return back(request, complaint, step.done)
    context = {
        "complaint": complaint, "form": form, "title": step.title, "hint": step.hint, **more,
    }  # fmt: skip
    return render_page(request, "incidents/step_page.html", context)


def press(
    request: SignedInRequest, complaint: Complaint, done: str, run: Callable[[], object]
) -> HttpResponse:
    try:
        run()
    except REFUSALS as refusal:
        return conflict(request, said_by(refusal))
    return back(request, complaint, done)


def said_by(refusal: Exception) -> str:
    """Empty for a stale page, which has words of its own."""
    return "" if isinstance(refusal, StaleVersion) else str(refusal)


def _is_late(complaint: Complaint, step: Step) -> bool:
    if step.to:
        return not can_move(complaint, step.to)
    return complaint.is_over and not step.is_after


def back(request: SignedInRequest, complaint: Complaint, words: str) -> HttpResponse:
    """Back to its page; to the queue where it went to those whose complaints this reader does not see."""
    messages.success(request, words % {"code": complaint.code})
    if Complaint.objects.visible_to(request.user).filter(pk=complaint.pk).exists():
        return redirect(complaint)
    return redirect("incidents:complaint_list")


def _take(form: forms.Form, refusal: ValidationError) -> None:
    if isinstance(refusal, KeyReused) and isinstance(form, Keyed):
        form.renew()
    take_refusal(form, refusal)
