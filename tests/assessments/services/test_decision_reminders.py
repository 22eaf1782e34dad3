from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.models import ResponsePlan
from assessments.plans.due_times import Waiting, waiting_of
from assessments.services import decide_plan, withdraw_plan
from assessments.services.decision_reminders import (
    _steps,
    derive_decision_reminders,
    remind_of_decision,
)
from riskhub.accounts.models import ApprovalDelegation
from riskhub.audit.context import acting
from riskhub.notices.models import Notice
from riskhub.work.models import Work
from riskhub.work.services import sweep_work
from tests.builders import assess, make_plan, make_risk
from tests.cast import make_user

pytestmark = pytest.mark.django_db

LATE = [
    ("approver", "overdue"), ("risk.manager", "escalated"), ("second.manager", "escalated"),
]  # fmt: skip
KINDS = ("plan_due_soon", "plan_due_today", "plan_overdue", "plan_escalated")


@pytest.fixture
def plan(high_risk, risk_manager, approver):
    """Of a High risk: ten days."""
    return make_plan(high_risk, by=risk_manager, submitted=True)


@pytest.fixture
def urgent(register, risk_manager, second_manager, approver):
    """Of a Critical one: three."""
    risk = make_risk(register, by=risk_manager, title="老人跌倒")
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    return make_plan(risk, by=risk_manager, submitted=True)


def told():
    found = Notice.objects.filter(kind__in=KINDS).order_by("user__username", "kind")
    return [(one.user.username, one.kind.removeprefix("plan_")) for one in found]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (6, []),
        (7, [("approver", "due_soon")]),
        (10, [("approver", "due_today")]),
        (11, LATE),
        (40, LATE),
    ],
)
def test_what_each_day_asks_for(plan, auditor, head_cleaning, time_machine, days, expected):
    time_machine.move_to(timezone.now() + timedelta(days=days))
    for _n in range(3):
        sweep_work()
    assert told() == expected
    steps = {kind for _who, kind in expected}
    assert Work.objects.filter(kind="plan.remind").count() == len(steps)


@pytest.mark.parametrize(("days", "kind"), [(1, None), (2, "due_soon"), (3, "due_today")])
def test_three_days_are_told_of_a_day_ahead(urgent, time_machine, days, kind):
    time_machine.move_to(timezone.now() + timedelta(days=days))
    sweep_work()
    assert told() == ([("approver", kind)] if kind else [])


def test_each_day_in_its_turn(plan, time_machine):
    start = timezone.now()
    for days in range(14):
        time_machine.move_to(start + timedelta(days=days))
        sweep_work()
    assert told() == [
        ("approver", "due_soon"), ("approver", "due_today"), *LATE,
    ]  # fmt: skip
    escalated = Notice.objects.filter(kind="plan_escalated").first()
    assert escalated.url == "/plans/RP-001/"
    assert Notice.objects.get(kind="plan_overdue").url == "/plans/RP-001/decide/"
    with override("en"):
        assert escalated.title.endswith(". Who can decide: 马文斌")
    with override("zh-hans"):
        assert escalated.title.endswith("可以审批的人：马文斌")


def test_whoever_stands_in_is_reminded_and_not_told_twice(
    plan, approver, risk_manager, second_manager, time_machine
):
    """The other risk manager decides for the approver: one message about one day."""
    late = timezone.localdate() + timedelta(days=11)
    with acting(approver, "stand_in.given"):
        ApprovalDelegation.objects.create(
            from_user=approver, to_user=second_manager, reason="休假",
            period=(late - timedelta(days=1), late + timedelta(days=9)),
        )  # fmt: skip
    time_machine.move_to(timezone.now() + timedelta(days=11))
    sweep_work()
    assert told() == [
        ("approver", "overdue"), ("risk.manager", "escalated"), ("second.manager", "overdue"),
    ]  # fmt: skip


def test_where_nobody_may_decide_those_who_give_the_role_hear_of_it(
    high_risk, risk_manager, time_machine
):
    make_user("admin", "管理员", "admin")
    make_plan(high_risk, by=risk_manager, submitted=True)
    time_machine.move_to(timezone.now() + timedelta(days=11))
    sweep_work()
    assert told() == [("admin", "escalated"), *LATE[1:]]
    with override("en"):
        assert Notice.objects.filter(user=risk_manager).last().title.endswith("decide: nobody")


def test_who_submitted_it_and_left_hears_nothing(
    high_risk, approver, second_manager, risk_manager, time_machine
):
    make_plan(high_risk, by=second_manager, submitted=True)
    with acting(None, "test"):
        type(second_manager).objects.filter(pk=second_manager.pk).update(is_active=False)
    time_machine.move_to(timezone.now() + timedelta(days=11))
    sweep_work()
    assert told() == LATE[:2]


@pytest.mark.parametrize("what", ["decided", "withdrawn", "due on another day", "another step"])
def test_nothing_where_it_is_no_longer_so(plan, risk_manager, approver, time_machine, what):
    time_machine.move_to(timezone.now() + timedelta(days=11))
    due_on = timezone.localdate() - timedelta(days=1)
    step = "late"
    if what == "decided":
        decide_plan(plan, by=approver, decision="approved", content_hash=plan.head.content_hash)
    elif what == "withdrawn":
        withdraw_plan(plan, by=risk_manager, reason="另写一份")
    elif what == "another step":
        step = "today"
    else:
        due_on += timedelta(days=5)
    plan.refresh_from_db()
    remind_of_decision(plan, due_on, step)
    assert told() == []


def test_where_the_matrix_sets_no_days_nothing_is_ever_due(plan):
    waiting = waiting_of(plan, {})
    assert (waiting, waiting.is_late, waiting.is_today) == (Waiting(0), False, False)
    assert _steps(waiting) == ()
    (found,) = ResponsePlan.objects.by_due_day({})
    assert found.due_at is None
    assert not ResponsePlan.objects.overdue({}, timezone.now() + timedelta(days=99)).exists()


def test_a_version_that_was_changed_since_is_not_reminded_of(
    plan, risk_manager, approver, time_machine
):
    time_machine.move_to(timezone.now() + timedelta(days=11))
    derive_decision_reminders()
    with acting(None, "test"):
        Work.objects.filter(kind="plan.remind").update(
            payload={"version": 0, "due_on": "2026-01-01", "step": "late"}
        )
    sweep_work()
    assert not Work.objects.filter(kind="plan.remind", state="due").exists()


def test_a_day_that_was_reminded_of_is_asked_with_few_queries(
    register, risk_manager, second_manager, approver, time_machine, django_assert_num_queries
):
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"风险 {n}")
        assess(risk, (5, 5), (4, 3), by=risk_manager, confirmed_by=second_manager)
        make_plan(risk, by=risk_manager, submitted=True)
    time_machine.move_to(timezone.now() + timedelta(days=11))
    derive_decision_reminders()
    assert Work.objects.filter(kind="plan.remind").count() == 6
    with django_assert_num_queries(8):  # plans, matrix, rules, zone, work, and the transaction
        derive_decision_reminders()
