"""What the page of a contingency plan shows, and what the user may do there."""

from typing import Any

from django.utils import timezone

from assessments.contingency.card import steps_of
from assessments.contingency.lacks import advised_for
from assessments.contingency.permissions import (
    can_edit_contingency,
    can_record_drill,
    may_link_contingency,
)
from assessments.contingency.real_use import real_uses
from assessments.models import (
    ContingencyPlan,
    ContingencyRisk,
    ResponsePlan,
)
from assessments.services import missing_in
from registers.control_page import linkable_risks
from registers.models import Risk
from riskhub.accounts.models import User


def page_of(plan: ContingencyPlan, user: User) -> dict[str, Any]:
    """A fixed number of queries, however much it says and however often it was drilled."""
    may_edit, shown = can_edit_contingency(user, plan), plan.shown
    drills = list(plan.drills.for_list().order_by("-pk"))
    waiting = next((drill for drill in drills if drill.state == "scheduled"), None)
    draft, steps = plan.draft, steps_of(shown)
    return {
        "plan": plan,
        "version": shown,
        "triggers": list(shown.triggers.all()) if shown else [],
        "steps": steps,
        "has_phones": any(step.phone for step in steps),
        "draft": draft,
        "missing": missing_in(draft) if draft and may_edit else [],
        "advised": _advised(plan) if may_edit else [],
        "links": [(link, link.risk.is_open and may_link_contingency(user, link.risk))
                  for link in links_of(plan, user)],
        "drills": [drill for drill in drills if drill is not waiting],
        "waiting": waiting,
        "real_uses": real_uses(plan, user),
        "may_edit": may_edit,
        "may_record": waiting is not None and can_record_drill(user, waiting),
        "may_link": plan.state != "retired" and linkable_risks(user).exists(),
        "today": timezone.localdate(),
    }  # fmt: skip


def _advised(plan: ContingencyPlan) -> list[str]:
    """Of what comes next, else of what people act by."""
    version = plan.draft or plan.in_force
    return advised_for(version) if version else []


def relying_plans(plan: ContingencyPlan, user: User) -> tuple[list[ResponsePlan], int]:
    """The living response plans that rest on it: those that the user sees, and how many others there are."""
    plans = ResponsePlan.objects.relying_on(plan.pk)
    seen = list(plans.visible_to(user).select_related("risk").order_by("number"))
    return seen, plans.count() - len(seen)


def links_of(plan: ContingencyPlan, user: User) -> list[ContingencyRisk]:
    """On risks that the user sees, open ones first, in the order of ranking."""
    links = plan.contingency_risks.filter(risk__in=Risk.objects.visible_to(user))
    ranked = links.select_related("risk").order_by("risk__rank_key")
    return sorted(ranked, key=lambda link: not link.risk.is_open)
