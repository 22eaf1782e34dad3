"""What the calendar and failed controls ask to be judged again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import ReassessmentTask
from assessments.services import finish_action, record_assessment, waive_reassessment
from assessments.services.assessments import Scores
from assessments.services.reassessment_causes import derive_quick
from registers.services import close_risk, link_control
from riskhub.demo.clock import standing_at
from riskhub.work.services import sweep_work
from tests.assessments.reassessing import ask_again
from tests.assessments.services.test_plans import approve
from tests.builders import assess, check, make_control, make_plan, make_risk

pytestmark = pytest.mark.django_db


def quick(risk, days, *, by):
    """A quick assessment of so many days ago, that confirmed itself."""
    when = timezone.now() - timedelta(days=days)
    with standing_at(when):
        made = record_assessment(
            risk, by=by, scores=Scores((2, 2), (2, 2)), rationale="先估", method="qualitative"
        )
    ReassessmentTask.objects.filter(risk=risk).update(reason="manual")
    return made


def quick_tasks():
    return list(ReassessmentTask.objects.filter(reason="quick").order_by("pk"))


@pytest.mark.parametrize(("days", "count"), [(14, 0), (15, 1)])
def test_a_quick_assessment_stands_for_fourteen_days(risk, risk_manager, days, count):
    made = quick(risk, days, by=risk_manager)
    sweep_work()
    sweep_work()
    tasks = quick_tasks()
    assert len(tasks) == count
    if tasks:
        assert (tasks[0].risk, tasks[0].ref) == (risk, f"assessment:{made.pk}")


def test_waived_it_is_not_asked_for_again_until_the_next_quick_one(risk, risk_manager):
    quick(risk, 15, by=risk_manager)
    derive_quick()
    waive_reassessment(quick_tasks()[0], by=risk_manager, reason="现场看过，做法和评分都没有变")
    derive_quick()
    assert [task.state for task in quick_tasks()] == ["waived"]


def test_where_the_task_was_opened_when_it_was_recorded_there_is_no_second_one(risk, risk_manager):
    quick(risk, 15, by=risk_manager)
    ask_again(risk, "quick", 0, by=risk_manager)
    derive_quick()
    assert len(quick_tasks()) == 1


@pytest.mark.parametrize("what", ["replaced", "closed", "matrix"])
def test_only_what_stands_on_it_and_is_open(risk, risk_manager, what):
    if what == "matrix":
        with standing_at(timezone.now() - timedelta(days=40)):
            assess(risk, (2, 2), (2, 2), by=risk_manager)
    else:
        quick(risk, 40, by=risk_manager)
    if what == "replaced":
        assess(risk, (2, 2), (2, 2), by=risk_manager)
    if what == "closed":
        for task in ReassessmentTask.objects.open():
            waive_reassessment(task, by=risk_manager, reason="这项业务下个月就停止")
        close_risk(risk, by=risk_manager, reason="停止")
    derive_quick()
    assert quick_tasks() == []


@pytest.fixture
def relied_on(register, risk_manager, risk):
    """A control on R001, on another one of OPS and on a closed one."""
    control = make_control(
        risk.owner_department, by=risk_manager, title="试压", title_alt="Pressure test"
    )
    other, closed = (make_risk(register, by=risk_manager, title=one) for one in ("二", "三"))
    for one in (risk, other, closed):
        link_control(one, control, by=risk_manager)
    close_risk(closed, by=risk_manager, reason="停止")
    return control


def test_a_control_that_failed_asks_for_every_open_risk_that_relied_on_it(
    relied_on, risk, risk_manager
):
    made = check(relied_on, 20, 12, by=risk_manager)
    assert made.effectiveness == "ineffective"
    tasks = ReassessmentTask.objects.filter(reason="control").order_by("risk")
    assert [task.risk.code for task in tasks] == ["R001", "R002"]
    assert {(task.ref, task.label_zh, task.label_en) for task in tasks} == {
        (f"check:{made.pk}", "C-101 试压", "C-101 Pressure test")
    }


@pytest.mark.parametrize("wrong", [0, 2])
def test_one_that_works_or_works_in_part_asks_for_nothing(relied_on, risk_manager, wrong):
    assert check(relied_on, 20, wrong, by=risk_manager).effectiveness != "ineffective"
    assert not ReassessmentTask.objects.exists()


def test_failing_twice_is_one_task(relied_on, risk_manager):
    check(relied_on, 20, 12, by=risk_manager)
    check(relied_on, 20, 13, by=risk_manager)
    assert ReassessmentTask.objects.filter(reason="control").count() == 2


def carried_out(risk, approver, *, by, **fields):
    plan = make_plan(risk, by=by, submitted=True, **fields)
    approve(plan, approver)
    finish_action(plan.actions.get(), by=by, note="做完了")
    plan.refresh_from_db()
    assert plan.state == "completed"
    return plan


def test_a_plan_carried_out_short_of_its_target_asks_for_the_risk(
    high_risk, risk_manager, second_manager, approver
):
    plan = carried_out(high_risk, approver, by=risk_manager, target=(2, 2))
    task = ReassessmentTask.objects.get(reason="plan_done")
    assert (task.risk, task.ref, task.label) == (high_risk, f"plan:{plan.code}", plan.code)
    assert task.due_on == timezone.localdate() + timedelta(days=14)
    assess(high_risk, (4, 4), (2, 2), by=risk_manager, confirmed_by=second_manager)
    task.refresh_from_db()
    assert task.state == "done"


def test_one_that_has_arrived_asks_for_nothing(high_risk, risk_manager, approver):
    carried_out(high_risk, approver, by=risk_manager, target=(4, 3))
    assert not ReassessmentTask.objects.filter(reason="plan_done").exists()
