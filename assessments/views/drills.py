"""Drills of contingency plans: the list, one of them, and what is recorded."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.contingency.drill_lists import GAPS, MINE, NEXT, VIEWS, counts_of, rows_in
from assessments.contingency.permissions import (
    can_edit_contingency,
    can_finish_gap,
    can_record_drill,
    can_verify_gap,
)
from assessments.forms.drills import DrillForm, DrillRecord, MissedForm
from assessments.models import Drill
from assessments.services import hold_drill, latest_drill, miss_drill, schedule_drill
from assessments.views.contingency import visible_contingency
from registers.listing.tabs import View
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.pagination import Page, paginate
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def drill_list(request: SignedInRequest) -> HttpResponse:
    """The drills that come, unless the address asks for others."""
    view = request.GET.get("view") or NEXT
    if view not in dict(VIEWS):
        raise Http404
    page: Page[object] = paginate(request, rows_in(view, request.user))
    counts, url = counts_of(request.user), reverse("assessments:drill_list")
    context = {
        "page": page,
        "view": view,
        "are_gaps": view in {GAPS, MINE},
        "views": [
            View(words, f"{url}?view={key}", counts[key], key == view) for key, words in VIEWS
        ],
        "today": timezone.localdate(),
    }
    return render_page(request, "assessments/drill_list.html", context)


@require_safe
@signed_in
def drill_detail(request: SignedInRequest, key: int) -> HttpResponse:
    """What it showed, step by step, and what became of its gaps."""
    drill, user = visible_drill(request, key), request.user
    gaps = drill.gaps.select_related("owner", "done_by", "verified_by", "drill__plan")
    context = {
        "drill": drill,
        "plan": drill.plan,
        "gaps": [
            (gap, can_finish_gap(user, gap), can_verify_gap(user, gap))
            for gap in gaps.order_by("due_on", "pk")
        ],
        "may_record": drill.state == "scheduled" and can_record_drill(user, drill),
        "missed": drill.has_missed,
        "today": timezone.localdate(),
    }
    return render_page(request, "assessments/drill_detail.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def drill_create(request: SignedInRequest, code: str) -> HttpResponse:
    """Schedule the next drill of a plan in force."""
    plan = visible_contingency(request, code)
    require(can_edit_contingency(request.user, plan))
    version = plan.in_force
    initial = {
        "kind": version.drill_kind if version else "",
        "scheduled_on": latest_drill(plan).in_days(30),
    }
    form = DrillForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            schedule_drill(
                plan, by=request.user, on=data["scheduled_on"], kind=data["kind"],
                client_uuid=data["client_uuid"],
            )  # fmt: skip
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("The drill is scheduled."))
            return redirect(plan)
    context = {"plan": plan, "form": form}
    return render_page(request, "assessments/drill_create.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def drill_hold(request: SignedInRequest, key: int) -> HttpResponse:
    """Record what it showed: the next one is scheduled, its gaps are opened."""
    drill = visible_drill(request, key)
    require(can_record_drill(request.user, drill))
    if drill.state != "scheduled":
        return turned_away(request, _("This drill is recorded already."), drill)
    data = request.POST if request.method == "POST" else None
    record = DrillRecord(data, user=request.user, drill=drill)
    if request.method == "POST" and record.is_valid():
        version = record.form.cleaned_data["row_version"]
        try:
            hold_drill(drill, record.found(), by=request.user, version=version)
        except (StaleVersion, WrongState):
            return turned_away(request, _("Somebody else recorded this drill meanwhile."), drill)
        except ValidationError as refusal:
            take_refusal(record.form, refusal)
        else:
            messages.success(request, _("The drill is recorded."))
            return redirect(drill)
    wrong = record.wrong
    context = {
        "drill": drill, "plan": drill.plan, "form": record.form, "gaps": record.gaps,
        "wrong": wrong, "is_judged": record.is_judged,
    }  # fmt: skip
    is_wrong = record.is_judged and (record.form.errors or wrong)
    status = UNPROCESSABLE if is_wrong else 200
    return render_page(request, "assessments/drill_hold.html", context, status=status)


@require_http_methods(PAGE_METHODS)
@signed_in
def drill_miss(request: SignedInRequest, key: int) -> HttpResponse:
    """It is moved, or was not held: why, and the new day."""
    drill = visible_drill(request, key)
    require(can_record_drill(request.user, drill))
    if drill.state != "scheduled":
        return turned_away(request, _("This drill is recorded already."), drill)
    latest = latest_drill(drill.plan)
    form = MissedForm(
        request.POST or None, is_ahead=drill.is_ahead, latest=latest.day,
        initial={"next_on": latest.in_days(14)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            miss_drill(drill, by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            return turned_away(request, str(refusal), drill)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("It is written down."))
            return redirect(drill.plan)
    context = {"drill": drill, "plan": drill.plan, "form": form}
    return render_page(request, "assessments/drill_miss.html", context)


def visible_drill(request: SignedInRequest, key: int) -> Drill:
    drills = Drill.objects.visible_to(request.user).for_list()
    return get_object_or_404(drills, pk=key)
