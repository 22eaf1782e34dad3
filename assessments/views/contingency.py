"""Contingency plans: the list, one of them, and what is written in it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.contingency.card import card_path
from assessments.contingency.filters import VIEWS, ContingencyFilter
from assessments.contingency.page import page_of, relying_plans
from assessments.contingency.permissions import can_create_contingency, can_edit_contingency
from assessments.forms.contingency import ContingencyEditor
from assessments.models import ContingencyPlan
from assessments.services import (
    ContingencyIncomplete,
    create_contingency_plan,
    edit_contingency_plan,
    put_in_force,
    retire_contingency_plan,
)
from registers.forms.risks import ReasonForm
from registers.listing.tabs import tabs_of
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.filters import filter_chips, shown_as
from riskhub.web.forms import take_refusal
from riskhub.web.pagination import paginate
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def contingency_list(request: SignedInRequest) -> HttpResponse:
    """All that are not retired, or what the address asks for."""
    filtered = ContingencyFilter(request.GET, request.user)
    current = filtered.data.get("view", "")
    rows = ContingencyPlan.objects.for_list().with_risks(request.user)
    context = {
        "page": paginate(request, filtered.qs, load=rows),
        "filtered": filtered,
        "views": tabs_of(
            VIEWS, filtered.tally(), current, lambda key: shown_as(filtered.data, view=key)
        ),
        "chips": filter_chips(filtered.form, request),
        "today": timezone.localdate(),
        "may_create": can_create_contingency(request.user),
    }
    return render_page(request, "assessments/contingency_list.html", context)


@require_safe
@signed_in
def contingency_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """What people do, the risks that it answers, and what its drills have shown."""
    plan = visible_contingency(request, code)
    context = page_of(plan, request.user)
    context["card_address"] = request.build_absolute_uri(card_path(plan))
    return render_page(request, "assessments/contingency_detail.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_create_contingency)
def contingency_create(request: SignedInRequest) -> HttpResponse:
    editor = ContingencyEditor(_sent(request), user=request.user)
    if request.method == "POST" and editor.is_valid():
        try:
            plan = create_contingency_plan(editor.draft(), by=request.user)
        except ValidationError as refusal:
            take_refusal(editor.form, refusal)
        else:
            plan.refresh_from_db()
            messages.success(request, _("%(code)s is kept as a draft.") % {"code": plan.code})
            return redirect(plan)
    return _editor_page(request, "assessments/contingency_create.html", editor)


@require_http_methods(PAGE_METHODS)
@signed_in
def contingency_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Of what is in force a new draft; a stale save is 409 with both texts."""
    plan = visible_contingency(request, code)
    require(can_edit_contingency(request.user, plan))
    editor = ContingencyEditor(_sent(request), user=request.user, plan=plan)
    extra: dict[str, Any] = {"plan": plan}
    if request.method == "POST" and editor.is_valid():
        try:
            edit_contingency_plan(
                plan, editor.content, by=request.user,
                version=editor.form.cleaned_data["row_version"], **editor.plan_fields,
            )  # fmt: skip
        except StaleVersion:
            extra["conflict"] = editor.conflict_with(visible_contingency(request, code))
        except ValidationError as refusal:
            take_refusal(editor.form, refusal)
        else:
            messages.success(request, _("%(code)s is kept as a draft.") % {"code": plan.code})
            return redirect(plan)
    return _editor_page(request, "assessments/contingency_edit.html", editor, **extra)


@require_POST
@signed_in
def contingency_start(request: SignedInRequest, code: str) -> HttpResponse:
    """Put the draft in force; the version before it is retired."""
    plan = visible_contingency(request, code)
    require(can_edit_contingency(request.user, plan))
    try:
        put_in_force(plan, by=request.user)
    except ContingencyIncomplete as refusal:
        return turned_away(request, " ".join(refusal.messages), plan)
    messages.success(request, _("%(code)s is in force.") % {"code": plan.code})
    return redirect(plan)


@require_http_methods(PAGE_METHODS)
@signed_in
def contingency_retire(request: SignedInRequest, code: str) -> HttpResponse:
    """With a reason; what rests on it stands on the page before one decides."""
    plan = visible_contingency(request, code)
    require(can_edit_contingency(request.user, plan))
    if plan.state == "retired":
        return turned_away(request, _("This plan is retired already."), plan)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        retire_contingency_plan(plan, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(code)s is retired.") % {"code": plan.code})
        return redirect(plan)
    relying, others = relying_plans(plan, request.user)
    context = page_of(plan, request.user) | {"form": form, "relying": relying, "others": others}
    return render_page(request, "assessments/contingency_retire.html", context)


def visible_contingency(request: SignedInRequest, code: str) -> ContingencyPlan:
    """404 where it does not exist or the user does not see it."""
    plans = ContingencyPlan.objects.visible_to(request.user).for_list()
    return get_object_or_404(plans.coded(code))


def _sent(request: SignedInRequest) -> Any:  # noqa: ANN401 - what was posted, or nothing
    return request.POST if request.method == "POST" else None


def _editor_page(
    request: SignedInRequest,
    template: str,
    editor: ContingencyEditor,
    **extra: Any,  # noqa: ANN401 - of the page
) -> HttpResponse:
    """A row more or less is shown without judging it."""
    wrong = editor.wrong
    context = {
        "form": editor.form, "triggers": editor.triggers, "steps": editor.steps, "wrong": wrong,
        "is_judged": editor.is_judged, "here": request.path, "back": reverse("assessments:contingency_list"),
    } | extra  # fmt: skip
    is_wrong = editor.is_judged and (editor.form.errors or wrong)
    status = 409 if "conflict" in extra else UNPROCESSABLE if is_wrong else 200
    return render_page(request, template, context, status=status)
