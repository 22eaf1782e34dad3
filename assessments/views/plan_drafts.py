"""Keep what is changed in the editor of a plan, by itself while somebody types."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from assessments.decided import plan_saved
from assessments.forms.plan_drafts import draft_version_in, typed_in
from assessments.models import PlanDraft
from assessments.permissions import may_write_plan
from assessments.services import discard_plan_draft, save_plan_draft
from assessments.views.fetching import visible_risk
from registers.closing import NotOpen
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

STATE = "plan-draft"
TEMPLATE = "assessments/plan_create.html"
OTHER_WINDOW = gettext_noop(
    "Another window of yours kept another text meanwhile. It is still there: look at it first."
)


@require_POST
@signed_in
def plan_draft(request: SignedInRequest, code: str) -> HttpResponse:
    """Whatever is typed is kept, for its author alone; another window's words are not overwritten."""
    risk = visible_risk(request, code)
    require(may_write_plan(request.user, risk.owner_department_id))
    typed, version = typed_in(request.POST), draft_version_in(request.POST)
    try:
        draft = save_plan_draft(risk, by=request.user, typed=typed, version=version)
    except NotOpen as refusal:
        return turned_away(request, str(refusal), risk)
    except ValidationError as refusal:
        return turned_away(request, " ".join(refusal.messages))
    except StaleVersion as stale:
        return _is_stale(request, risk, stale)
    if request.htmx.target == STATE:
        context = {"risk": risk, "draft": draft, "behind": _behind(draft, risk, request.user)}
        return render_page(request, TEMPLATE, context | {"here": _editor(risk)})
    messages.success(request, _("What you typed is kept. Only you see it."))
    return redirect(_editor(risk))


@require_POST
@signed_in
def plan_draft_discard(request: SignedInRequest, code: str) -> HttpResponse:
    risk = visible_risk(request, code)
    require(may_write_plan(request.user, risk.owner_department_id))
    try:
        discard_plan_draft(risk, by=request.user, version=draft_version_in(request.POST))
    except StaleVersion:
        words = _(OTHER_WINDOW)
        return turned_away(request, words)
    messages.success(request, _("What you typed is discarded."))
    return redirect(_editor(risk))


def _behind(draft: PlanDraft, risk: Risk, user: User) -> str:
    """Who changed the plan since its text was opened for these changes; empty where nobody did."""
    plan = risk.plans.live().first()
    if plan is None or draft.plan_version == str(plan.row_version):
        return ""
    return plan_saved(plan, user).saved


def _is_stale(request: SignedInRequest, risk: Risk, stale: StaleVersion) -> HttpResponse:
    """409: what is typed here stays in the form, and its author chooses which of the two goes on."""
    if request.htmx.target != STATE:
        words = _(OTHER_WINDOW)
        return turned_away(request, words)
    draft = stale.current
    assert isinstance(draft, PlanDraft)  # noqa: S101 - the only thing that is stale here
    context = {"risk": risk, "draft": draft, "is_stale": True, "here": _editor(risk)}
    return render_page(request, TEMPLATE, context, status=409)


def _editor(risk: Risk) -> str:
    """Its address: it shows the draft."""
    living = risk.plans.live().first()
    if living:
        return reverse("assessments:plan_edit", args=[living.code])
    return reverse("assessments:plan_create", args=[risk.code])
