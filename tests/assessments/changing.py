"""Shortest ways to a process change in each of its states."""

from datetime import timedelta

from django.utils import timezone

from assessments.models import ReassessmentTask
from assessments.services import (
    ChangeDraft,
    add_change_risk,
    cancel_change,
    create_change,
    implement_change,
    ready_change,
    review_change,
    submit_change,
    take_on_change,
    waive_reassessment,
)
from riskhub.accounts.models import User
from tests.cast import make_user

EARLY = "设备已经到齐，人员也培训过了"
STATES = ("draft", "submitted", "assessing", "ready", "implemented", "reviewed", "cancelled")


def day(n):
    return timezone.localdate() + timedelta(days=n)


def make_change(department, *, by, title="夜间上门改为双人", risks=(), **fields):
    """A draft, planned for in thirty days."""
    values = {
        "kind": "process",
        "description": "晚八点以后两人一组",
        "planned_on": day(30),
    } | fields
    change = create_change(ChangeDraft(title=title, department=department, **values), by=by)
    for risk in risks:
        add_change_risk(change, risk, by=by)
    change.refresh_from_db()
    return change


def another_manager():
    """Nobody waives for a change of their own, nor reviews what they put live."""
    found = User.objects.filter(username="another.manager").first()
    return found or make_user("another.manager", "周敏", "risk_manager")


def settle(change, *, by):
    """Waive what is still to be judged; somebody else does it where `by` asked for the change."""
    for task in ReassessmentTask.objects.open().filter(change_risks__change=change):
        by = another_manager() if change.requested_by_id == by.pk else by
        waive_reassessment(task, by=by, reason="现场看过，做法和评分都没有变")


def put_live(change, *, by):
    """Today, which is before its day."""
    return implement_change(change, by=by, version=None, effective_on=day(0), early_reason=EARLY)


def bring(change, state, *, by):
    """From a draft to that state, every task waived where that is needed; another puts it live."""
    if state == "cancelled":
        cancel_change(change, by=by, version=None, reason="不做了")
        return change
    if state != "draft":
        submit_change(change, by=by, version=None, none_affected="逐条看过流程图和控制")
    if state not in ("draft", "submitted"):
        take_on_change(change, by=by, version=None)
    if state in ("ready", "implemented", "reviewed"):
        settle(change, by=by)
        ready_change(change, by=by, version=None)
    if state in ("implemented", "reviewed"):
        put_live(change, by=another_manager())
    if state == "reviewed":
        review_change(change, by=by, version=None, outcome="worked", review="投诉减少")
    return change
