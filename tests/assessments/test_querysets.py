import pytest

from assessments.models import Action, Assessment, MatrixScheme, ResponsePlan
from assessments.services import finish_action, withdraw_plan
from tests.assessments.services.test_plans import approve
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(register, risk_manager, second_manager, repair, approver):
    """A risk of the repair side with an assessment, a plan and an action: what may leak."""
    risk = make_risk(register, by=risk_manager, title="别的部门", department=repair)
    assess(risk, (5, 5), (4, 3), by=risk_manager, confirmed_by=second_manager)
    plan = make_plan(risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    return plan


@pytest.fixture
def ours(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    return plan


@pytest.mark.parametrize(
    ("who", "sees_ours", "sees_theirs"),
    [
        ("risk_manager", True, True),
        ("approver", True, True),
        ("auditor", True, True),
        ("admin", True, True),
        ("head_cleaning", True, False),
        ("staff_cleaning", True, False),
        ("head_repair", False, True),
        ("staff_repair", False, True),
        ("outsider", False, False),
    ],
)
def test_each_sees_what_their_departments_hold(request, who, sees_ours, sees_theirs):
    plans = {
        request.getfixturevalue("ours"): sees_ours,
        request.getfixturevalue("theirs"): sees_theirs,
    }
    user = request.getfixturevalue(who)
    expected = {plan for plan, sees in plans.items() if sees}
    assert set(ResponsePlan.objects.visible_to(user)) == expected
    assert {a.risk_id for a in Assessment.objects.visible_to(user)} == {
        plan.risk_id for plan in expected
    }
    assert {a.plan for a in Action.objects.visible_to(user)} == expected


def test_assessments_by_state(risk, risk_manager):
    confirmed = assess(risk, (1, 1), (1, 1), by=risk_manager)
    waiting = assess(risk, (5, 5), (5, 5), by=risk_manager)
    assert list(Assessment.objects.confirmed()) == [confirmed]
    assert list(Assessment.objects.waiting()) == [waiting]


def test_plans_by_state(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    assert list(ResponsePlan.objects.live()) == [plan]
    assert list(ResponsePlan.objects.awaiting_approval()) == [plan]
    withdraw_plan(plan, by=risk_manager, reason="停止")
    assert list(ResponsePlan.objects.live()) == []
    assert list(ResponsePlan.objects.awaiting_approval()) == []


def test_actions_by_state(ours, risk_manager):
    (action,) = Action.objects.pending()
    assert list(Action.objects.finished()) == []
    finish_action(action, by=risk_manager, note="已做")
    assert (list(Action.objects.pending()), list(Action.objects.finished())) == ([], [action])


def test_the_scheme_in_force():
    assert [s.number for s in MatrixScheme.objects.in_force()] == [1]
