"""Write a plan, read it, find it among the others."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.checklists import checklist_of
from assessments.decided import plan_saved
from assessments.filters import PlanFilter
from assessments.forms.plan_drafts import as_sent, draft_version_in
from assessments.forms.plan_editor import (
    PlanEditor,
    as_second_text,
    conflict_of,
    reshaped_plan,
)
from assessments.models import PlanDraft, ResponsePlan
from assessments.permissions import (
    can_edit_plan,
    may_answer_for,
    may_edit_plan,
    may_write_plan,
)
from assessments.plans.attention import attention_of
from assessments.plans.content import PlanContent
from assessments.plans.options import offered_to
from assessments.plans.page import changes_asked, page_of
from assessments.schemes.scales import Scales, scales_in_force
from assessments.services import HasLivePlan, create_plan, save_plan
from assessments.services.plans import asked_of, faults_of, finished_keys, standing_days
from assessments.views.fetching import PAGE_METHODS, visible_plan, visible_risk
from registers.closing import NotOpen
from registers.models import Risk
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.conflicts import Conflict
from riskhub.web.errors import conflict, turned_away
from riskhub.web.filters import filter_chips
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

_NOT_SENT = ("add_row", "drop_row", "preview")


@require_safe
@signed_in
def plan_list(request: SignedInRequest) -> HttpResponse:
    """Alive unless asked otherwise, in the order of their risks."""
    filtered = PlanFilter(request.GET, request.user)
    page = paginate(request, filtered.qs, load=ResponsePlan.objects.for_list())
    context = {
        "page": page,
        "attention": attention_of(page),
        "filtered": filtered,
        "chips": filter_chips(filtered.form, request),
        "today": timezone.localdate(),
    }
    return render_page(request, "assessments/plan_list.html", context)


@require_safe
@signed_in
def plan_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """The newest wording, what is in force, the actions, and how it came to this."""
    plan = visible_plan(request, code)
    return render_page(request, "assessments/plan_detail.html", page_of(plan, request.user))


@require_http_methods(PAGE_METHODS)
@signed_in
def plan_create(request: SignedInRequest, code: str) -> HttpResponse:
    """The first version; a risk that has a living plan leads to it."""
    risk = visible_risk(request, code)
    require(may_write_plan(request.user, risk.owner_department_id))
    if not risk.is_open:
        return _is_closed(request, risk)
    if living := risk.plans.live().first():
        return _has_plan(request, risk, living)
    scales = scales_in_force()
    draft = _draft(request, risk)
    editor = _open(request, scales, risk, None, draft)
    if _is_sent(request) and _is_right(request, editor, risk, None):
        version = draft_version_in(request.POST)
        try:
            plan = create_plan(risk, by=request.user, content=editor.content, draft_version=version)
        except HasLivePlan as refusal:
            return _has_plan(request, risk, refusal.plan)
        except NotOpen:
            return _is_closed(request, risk)
        return _kept(request, plan)
    context = _context(request, editor, scales, risk, None) | {"draft": draft}
    return render_page(request, "assessments/plan_create.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def plan_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """A changed word of what was submitted is a new version; a stale save is 409 with both texts."""
    plan = visible_plan(request, code)
    require(may_edit_plan(request.user, plan))
    if not can_edit_plan(request.user, plan):
        words = _("This plan has ended: it is not changed any more.")
        return _turned_away(request, words, "assessments:plan_detail", plan.code)
    scales = scales_in_force()
    draft = _draft(request, plan.risk)
    editor = _open(request, scales, plan.risk, plan, draft)
    context: dict[str, Any] = {"draft": draft}
    status = None
    if _is_sent(request) and _is_right(request, editor, plan.risk, plan):
        try:
            kept = save_plan(
                plan,
                by=request.user,
                version=editor.form.cleaned_data["row_version"],
                content=editor.content,
                draft_version=draft_version_in(request.POST),
            )
        except StaleVersion:
            plan, status = visible_plan(request, code), 409
            editor, context["conflict"] = _both_texts(editor, plan, request)
        except WrongState as refusal:
            return conflict(request, str(refusal))
        else:
            return _kept(request, kept)
    elif _is_behind(request, draft, plan):
        editor, context["conflict"] = _beside(editor, plan, request)
    context |= _context(request, editor, scales, plan.risk, plan)
    return render_page(request, "assessments/plan_edit.html", context, status=status)


def _has_plan(request: SignedInRequest, risk: Risk, living: ResponsePlan) -> HttpResponse:
    """On to it; what was typed for a second plan stands beside its text, in the form that changes it."""
    if not _is_sent(request) or not can_edit_plan(request.user, living):
        words = _("This risk already has a plan. Change it here.")
        return _turned_away(
            request, words, "assessments:plan_detail", living.code, level=messages.INFO
        )
    plan, scales = visible_plan(request, living.code), scales_in_force()
    editor = _open(request, scales, risk, plan, None)
    editor = as_second_text(editor, plan, opened=_stored(None, risk))
    editor, found = _both_texts(editor, plan, request)
    context = {"draft": _draft(request, risk), "conflict": found}
    context |= _context(request, editor, scales, risk, plan)
    return render_page(request, "assessments/plan_edit.html", context, status=409)


def _is_behind(request: SignedInRequest, draft: PlanDraft | None, plan: ResponsePlan) -> bool:
    """Somebody else changed the plan since the draft that is opened was begun."""
    if draft is None or request.method == "POST":
        return False
    return draft.plan_version != str(plan.row_version)


def _beside(
    editor: PlanEditor, plan: ResponsePlan, request: SignedInRequest
) -> tuple[PlanEditor, Conflict | None]:
    """Both texts, as for a stale save; None where they say the same."""
    editor, found = _both_texts(editor, plan, request)
    return editor, found if found.differences or found.taken else None


def _both_texts(
    editor: PlanEditor, plan: ResponsePlan, request: SignedInRequest
) -> tuple[PlanEditor, Conflict]:
    """With who saved in between: it may have been the same person elsewhere."""
    editor, found = conflict_of(editor, plan)
    return editor, replace(found, **vars(plan_saved(plan, request.user)))


def _draft(request: SignedInRequest, risk: Risk) -> PlanDraft | None:
    """What this user has typed for this risk and not kept yet."""
    return PlanDraft.objects.filter(risk=risk, author=request.user).first()


def _open(
    request: SignedInRequest,
    scales: Scales,
    risk: Risk,
    plan: ResponsePlan | None,
    draft: PlanDraft | None,
) -> PlanEditor:
    """As stored, as left, as sent, or as sent with a row more or less, which nobody judges yet."""
    content = _stored(plan, risk)
    data: QueryDict | None = request.POST if request.method == "POST" else None
    if data is None and draft:
        data = as_sent(draft.typed)
    if data is not None and {"add_row", "drop_row"} & data.keys():
        data = reshaped_plan(data)
    return PlanEditor(
        data,
        scales=scales,
        offered=offered_to(request.user, risk, content),
        content=content,
        row_version=plan.row_version if plan else None,
        is_quiet=not _is_sent(request),
    )


def _is_sent(request: SignedInRequest) -> bool:
    return request.method == "POST" and not any(name in request.POST for name in _NOT_SENT)


def _is_right(
    request: SignedInRequest, editor: PlanEditor, risk: Risk, plan: ResponsePlan | None
) -> bool:
    """A draft may be incomplete; what goes on to be submitted must keep the rules of its strategy."""
    if request.POST.get("go_on") == "submit":
        days = finished_keys(plan), standing_days(plan)
        editor.rows.refuse_past(timezone.localdate(), *days)
        faults = faults_of(plan, editor.content, risk)
        for part in editor.faults:
            faults.pop(part, None)
        editor.form.take_faults(faults)
    return editor.is_valid()


def _kept(request: SignedInRequest, plan: ResponsePlan) -> HttpResponse:
    if request.POST.get("go_on") == "submit":
        return redirect("assessments:plan_submit", plan.code)
    messages.success(request, _("%(plan)s is kept as a draft.") % {"plan": plan.code})
    return redirect("assessments:plan_detail", plan.code)


def _context(
    request: SignedInRequest,
    editor: PlanEditor,
    scales: Scales,
    risk: Risk,
    plan: ResponsePlan | None,
) -> dict[str, Any]:
    content = editor.content if editor.form.is_bound else _stored(plan, risk)
    faults = editor.faults | faults_of(plan, content, risk) | editor.form.faults
    return {
        "risk": risk,
        "plan": plan,
        "asked_changes": changes_asked(plan) if plan else None,
        "can_submit": may_answer_for(request.user, risk.owner_department_id),
        "form": editor.form,
        "is_typed": request.method == "POST",
        "rows": editor.rows,
        "resources": editor.resources,
        "wrong": editor.wrong,
        "asked": asked_of(risk),
        "target": scales.grid.maybe_cell(*(content.target or (None, None))),
        "checklist": checklist_of(risk, content, faults, plan, asked_of(risk)),
    }


def _stored(plan: ResponsePlan | None, risk: Risk) -> PlanContent:
    """What the editor opens with; a new plan begins where the assessment wants to arrive."""
    if plan and plan.head:
        return PlanContent.parse(plan.head.content)
    return PlanContent("", target=_target_of(risk))


def _target_of(risk: Risk) -> tuple[int, int] | None:
    if risk.target_probability is None or risk.target_impact is None:
        return None
    return risk.target_probability, risk.target_impact


def _is_closed(request: SignedInRequest, risk: Risk) -> HttpResponse:
    words = _("%(code)s is closed. Open it again to plan for it.") % {"code": risk.code}
    return _turned_away(request, words, risk)


def _turned_away(
    request: SignedInRequest, words: str, *to: Risk | str, level: int = messages.ERROR
) -> HttpResponse:
    """A preview gets no answer: it may arrive after the save that it raced, and must not lead away."""
    if "preview" in request.POST:
        return HttpResponse(status=204)
    return turned_away(request, words, *to, level=level)
