"""What drills have shown to be missing: closed by one person, verified by another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.contingency_choices import GapState
from assessments.contingency_permissions import can_finish_gap, can_verify_gap
from assessments.forms.drills import GapNoteForm
from assessments.models import DrillGap
from assessments.services import OwnGap, finish_gap, reopen_gap, verify_gap
from registers.forms.risks import ReasonForm
from riskhub.audit.transitions import WrongState
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@signed_in
def gap_finish(request: SignedInRequest, key: int) -> HttpResponse:
    """Closed, with a word on what was done."""
    gap = _visible(request, key)
    if gap.state != GapState.OPEN:
        return turned_away(request, _("This gap is closed already."), gap.drill)
    require(can_finish_gap(request.user, gap))
    form = GapNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            finish_gap(gap, by=request.user, note=form.cleaned_data["note"])
        except WrongState as refusal:
            return turned_away(request, str(refusal), gap.drill)
        messages.success(request, _("Closed. Somebody else verifies it."))
        return redirect(gap.drill)
    return render_page(request, "assessments/gap_finish.html", {"gap": gap, "form": form})


@require_POST
@signed_in
def gap_verify(request: SignedInRequest, key: int) -> HttpResponse:
    gap = _visible(request, key)
    if gap.state != GapState.DONE:
        return turned_away(request, _("There is nothing to verify."), gap.drill)
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
    gap = _visible(request, key)
    if gap.state != GapState.DONE:
        return turned_away(request, _("There is nothing to verify."), gap.drill)
    if gap.done_by_id == request.user.pk:
        return turned_away(request, str(OwnGap()), gap.drill)
    require(can_verify_gap(request.user, gap))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_gap(gap, by=request.user, reason=form.cleaned_data["reason"])
        except WrongState as refusal:
            return turned_away(request, str(refusal), gap.drill)
        messages.success(request, _("The gap is open again."))
        return redirect(gap.drill)
    return render_page(request, "assessments/gap_reopen.html", {"gap": gap, "form": form})


def _visible(request: SignedInRequest, key: int) -> DrillGap:
    gaps = DrillGap.objects.visible_to(request.user)
    return get_object_or_404(gaps.select_related("drill__plan__owner_department"), pk=key)
