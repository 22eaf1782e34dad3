"""What drills have shown to be missing: closed by one person, verified by another."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django_stubs_ext import StrPromise

from assessments.contingency.choices import GapState
from assessments.contingency.permissions import can_finish_gap, can_verify_gap
from assessments.forms.drills import GapNoteForm
from assessments.models import DrillGap
from assessments.services import OwnGap, finish_gap, reopen_gap, verify_gap
from registers.forms.risks import ReasonForm
from riskhub.accounts.models import User
from riskhub.audit.transitions import WrongState
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class _Step:
    """What is done to a gap of a drill with a word on it: `field` is the one field of the form."""

    state: GapState
    otherwise: StrPromise
    may: Callable[[User, DrillGap], bool]
    form: type[Form]
    field: str
    service: Callable[..., DrillGap]
    told: StrPromise


_FINISH = _Step(
    GapState.OPEN, gettext_lazy("This gap is closed already."), can_finish_gap, GapNoteForm, "note",
    finish_gap, gettext_lazy("Closed. Somebody else verifies it."),
)  # fmt: skip
_REOPEN = _Step(
    GapState.DONE, gettext_lazy("There is nothing to verify."), can_verify_gap, ReasonForm, "reason",
    reopen_gap, gettext_lazy("The gap is open again."),
)  # fmt: skip


@require_http_methods(PAGE_METHODS)
@signed_in
def gap_finish(request: SignedInRequest, key: int) -> HttpResponse:
    """Closed, with a word on what was done."""
    return _with_a_word(request, key, _FINISH, "assessments/gap_finish.html")


@require_POST
@signed_in
def gap_verify(request: SignedInRequest, key: int) -> HttpResponse:
    gap = _visible(request, key)
    if gap.state != GapState.DONE:
        return turned_away(request, str(_REOPEN.otherwise), gap.drill)
    if gap.done_by_id == request.user.pk:
        return turned_away(request, str(OwnGap()), gap.drill)
    require(can_verify_gap(request.user, gap))
    try:
        verify_gap(gap, by=request.user)
    except WrongState as refusal:
        return turned_away(request, str(refusal), gap.drill)
    messages.success(request, _("The gap is verified."))
    return redirect(gap.drill)


@require_http_methods(PAGE_METHODS)
@signed_in
def gap_reopen(request: SignedInRequest, key: int) -> HttpResponse:
    """Not closed after all: its owner reads why."""
    return _with_a_word(request, key, _REOPEN, "assessments/gap_reopen.html")


def _with_a_word(request: SignedInRequest, key: int, step: _Step, template: str) -> HttpResponse:
    gap = _visible(request, key)
    if gap.state != step.state:
        return turned_away(request, str(step.otherwise), gap.drill)
    if gap.state == GapState.DONE and gap.done_by_id == request.user.pk:
        return turned_away(request, str(OwnGap()), gap.drill)
    require(step.may(request.user, gap))
    form = step.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            step.service(gap, by=request.user, **{step.field: form.cleaned_data[step.field]})
        except WrongState as refusal:
            return turned_away(request, str(refusal), gap.drill)
        messages.success(request, step.told)
        return redirect(gap.drill)
    return render_page(request, template, {"gap": gap, "form": form})


def _visible(request: SignedInRequest, key: int) -> DrillGap:
    gaps = DrillGap.objects.visible_to(request.user)
    return get_object_or_404(gaps.select_related("drill__plan__owner_department"), pk=key)
