"""What the pages of one plan show: its words, its way so far, and what may be done with it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import Decision
from assessments.decided import given_up_of, withdrawal_of
from assessments.matrix import Cell
from assessments.models import Approval, PlanVersion, ResponsePlan
from assessments.people import deciders_of, names_of
from assessments.permissions import (
    authors_since_approval,
    can_close_plan,
    can_decide_plan,
    can_edit_plan,
    can_spend,
    can_submit_plan,
    can_withdraw_plan,
    deciding_as,
    may_decide,
)
from assessments.plans.actions import action_rows
from assessments.plans.attention import attention_of
from assessments.plans.content import PlanContent
from assessments.plans.due_times import waiting_of
from assessments.plans.names import Names
from assessments.plans.resources import budgets_of
from assessments.plans.words import (
    KINDS,
    effect_words,
    facts_of,
    short_hash,
    spell_day,
    spell_resource,
)
from assessments.schemes.in_force import grid_in_force
from assessments.told import Told
from registers.choices import PlanState
from riskhub.accounts.models import User
from riskhub.entry.day_words import moment


@dataclass(frozen=True)
class Wording:
    """One version as it is read."""

    version: PlanVersion
    content: PlanContent
    facts: list[tuple[str, str, str]]
    actions: list[tuple[str, str, str, str]]
    resources: list[tuple[str, str, str]]
    hash: str

    @property
    def residual(self) -> Cell | None:
        return cell_of(self.version, "residual")

    @cached_property
    def target(self) -> Cell | None:
        """Of a draft as the matrix in force has it: nothing is frozen yet."""
        if self.version.is_frozen or self.content.target is None:
            return cell_of(self.version, "target")
        return grid_in_force().maybe_cell(*self.content.target)


def wording_of(version: PlanVersion) -> Wording:
    """One query, for the names of the owners."""
    content = PlanContent.parse(version.content)
    names = Names.of([content])
    return Wording(
        version=version,
        content=content,
        facts=[fact for fact in facts_of(content, names) if fact[0] != "target"],
        actions=[
            (a.title, names.person(a.owner), spell_day(a.due_on), effect_words(a, names))
            for a in content.actions
        ],
        resources=[
            (one.what, str(KINDS.get(one.kind, one.kind)), spell_resource(one))
            for one in content.resources
        ],
        hash=short_hash(version.content_hash),
    )


def history_of(plan: ResponsePlan) -> list[Told]:
    """Submissions, decisions and what was given up, for `components/timeline.html`, newest first.

    Three queries.
    """
    told: list[tuple[datetime, Told]] = []
    numbers = {}
    for version in plan.versions.select_related("submitted_by"):
        numbers[version.pk] = version.number
        if version.submitted_at:
            words = _("%(name)s submitted version %(number)d")
            facts = {"name": version.submitted_by, "number": version.number}
            told.append((version.submitted_at, _told(words % facts, version.submitted_at)))
    for event in given_up_of(plan):
        words = _("%(name)s gave up version %(number)d: “%(reason)s”")
        number = numbers[(event.before or {})["head_id"]]
        said = words % {"name": event.actor_name, "number": number, "reason": event.reason}
        told.append((event.at, _told(said, event.at)))
    decisions = Approval.objects.filter(version__plan=plan).select_related(
        "version", "approver", "on_behalf_of"
    )
    told += [(decision.at, _decided(decision)) for decision in decisions]
    if ended := withdrawal_of(plan):
        words = _("%(name)s withdrew the plan: “%(reason)s”")
        said = words % {"name": ended.actor_name, "reason": plan.ended_reason}
        told.append((ended.at, _told(said, ended.at)))
    rows = [row for _at, row in sorted(told, key=lambda pair: pair[0], reverse=True)]
    if rows:
        rows[0] = replace(rows[0], is_now=plan.state == PlanState.SUBMITTED)
    return rows


def last_approved(plan: ResponsePlan) -> Approval | None:
    """The approval of the version in force, if it needed one."""
    found = Approval.objects.filter(version__plan=plan, decision=Decision.APPROVED)
    return (
        found.select_related("version", "approver", "on_behalf_of")
        .order_by("-version__number")
        .first()
    )


def changes_asked(plan: ResponsePlan) -> Approval | None:
    """The decision that its author answers while writing. One query at most."""
    if plan.state not in (PlanState.DRAFT, PlanState.CHANGES_REQUESTED):
        return None
    decisions = Approval.objects.filter(version__plan=plan)
    last = decisions.select_related("version", "approver", "on_behalf_of").order_by("pk").last()
    return last if last and last.decision == Decision.CHANGES else None


def cell_of(version: PlanVersion, kind: str) -> Cell | None:
    """Of a submitted version: residual or target, as the matrix of that day had it."""
    names = (f"{kind}_{part}" for part in ("probability", "impact", "level"))
    values = [getattr(version, name) for name in names]
    return None if values[2] is None else Cell(*values)


def _decided(decision: Approval) -> Told:
    words = {
        Decision.APPROVED: _("%(name)s approved version %(number)d"),
        Decision.CHANGES: _("%(name)s asked for changes to version %(number)d"),
        Decision.REJECTED: _("%(name)s rejected version %(number)d"),
    }[Decision(decision.decision)]
    said = words % {"name": decision.who, "number": decision.version.number}
    if decision.comment:
        said += _(": “%(comment)s”") % {"comment": decision.comment}
    return _told(said, decision.at, short_hash(decision.content_hash))


def _told(words: str, at: datetime, *meta: str) -> Told:
    return Told(words, [moment(at), *meta])


def page_of(plan: ResponsePlan, user: User) -> dict[str, Any]:
    """Everything that the page of a plan shows to this user."""
    assert plan.head  # noqa: S101 - every plan is made with its first version
    wording = wording_of(plan.head)
    is_new = plan.in_force is not None and plan.in_force_id != plan.head_id
    return {
        "plan": plan,
        "risk": plan.risk,
        "wording": wording,
        "attention": attention_of([plan]).get(plan.pk, []),
        "approved": last_approved(plan) if plan.in_force_id else None,
        "in_force": wording_of(plan.in_force) if is_new and plan.in_force else None,
        "actions": action_rows(plan, user),
        "can_close": can_close_plan(user, plan),
        "budgets": budgets_of(plan),
        "can_spend": can_spend(user, plan),
        "history": history_of(plan),
        "waiting": waiting_of(plan),
        "deciders": names_of(deciders_of(plan)) if plan.state == PlanState.SUBMITTED else "",
        "today": timezone.localdate(),
        "can_edit": can_edit_plan(user, plan),
        "can_submit": can_submit_plan(user, plan),
        "can_withdraw": can_withdraw_plan(user, plan),
        "can_decide": can_decide_plan(user, plan),
        "why_not": deciding_objection(user, plan, authors_since_approval(plan)),
    }


def deciding_objection(user: User, plan: ResponsePlan, authors: Collection[int]) -> str:
    """Why an approver may not decide on this one; empty for those who may, and for all others."""
    if plan.state != PlanState.SUBMITTED or not may_decide(user, plan.risk.owner_department_id):
        return ""
    if plan.head and plan.head.submitted_by_id == user.pk:
        return _("You submitted this plan, so another approver decides on it.")
    if user.pk in authors:
        return _("You wrote on this plan, so another approver decides on it.")
    if (
        deciding_as(user, plan, {*authors, plan.head.submitted_by_id if plan.head else None})
        is None
    ):
        return _(
            "You stand in for somebody who wrote this plan, so another approver decides on it."
        )
    return ""
