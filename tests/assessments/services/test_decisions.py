import pytest
from django.core.exceptions import ValidationError

from assessments.models import Approval
from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import (
    CannotDecide,
    create_plan,
    decide_plan,
    finish_action,
    retire_contingency_plan,
    save_plan,
    submit_plan,
)
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.notices.models import Notice
from tests.assessments.events import events_of
from tests.assessments.services.test_plans import approve, changed, tomorrow
from tests.builders import assess, avoiding, make_plan
from tests.cast import make_user
from tests.contingency import make_contingency

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager, submitted=True, target=(2, 3))


def decide(plan, by, decision, comment="说明", content_hash=None):
    plan.refresh_from_db()
    return decide_plan(
        plan, by=by, decision=decision, comment=comment,
        content_hash=content_hash or plan.head.content_hash,
    )  # fmt: skip


def test_approved_comes_into_force(waiting, high_risk, risk_manager, approver):
    approval = decide(waiting, approver, "approved", comment="")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.in_force, approval.version) == (
        "approved", waiting.head, waiting.head,
    )  # fmt: skip
    assert (approval.content_hash, approval.approver) == (waiting.head.content_hash, approver)
    action = waiting.actions.get()
    assert (action.title, action.owner, action.state, action.department) == (
        "完工试压 10 分钟", risk_manager, "open", high_risk.owner_department,
    )  # fmt: skip
    high_risk.refresh_from_db()
    assert (high_risk.state, high_risk.plan_state) == ("responding", "approved")
    assert Notice.objects.get(kind="plan_approved").user == risk_manager
    (event,) = events_of(waiting, action="plan.approved")
    assert (event["before"]["state"], event["after"]["state"], event["actor_name"]) == (
        "submitted", "approved", "马文斌",
    )  # fmt: skip


def test_changes_requested(waiting, high_risk, risk_manager, approver):
    decide(waiting, approver, "changes", comment=" 加一项检查 ")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.in_force) == ("changes_requested", None)
    assert Approval.objects.get().comment == "加一项检查"
    high_risk.refresh_from_db()
    assert (high_risk.state, high_risk.plan_state) == ("assessed", "changes_requested")
    assert Notice.objects.get(kind="plan_changes").user == risk_manager
    save_plan(waiting, by=risk_manager, version=None, content=changed(waiting, objective="补充"))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.head.number) == ("draft", 2)


def test_rejected_ends_it(waiting, high_risk, approver):
    decide(waiting, approver, "rejected", comment="不做")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.ended_reason) == ("rejected", "不做")
    high_risk.refresh_from_db()
    assert (high_risk.state, high_risk.plan_state) == ("assessed", "")


def test_a_rejected_change_leaves_the_version_in_force(waiting, high_risk, risk_manager, approver):
    approve(waiting, approver)
    waiting.refresh_from_db()
    save_plan(waiting, by=risk_manager, version=None, content=changed(waiting, objective="改"))
    submit_plan(waiting, by=risk_manager)
    decide(waiting, approver, "rejected", comment="照旧")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.head.number, waiting.in_force.number) == ("approved", 1, 1)
    high_risk.refresh_from_db()
    assert (high_risk.state, high_risk.plan_state) == ("responding", "approved")
    save_plan(waiting, by=risk_manager, version=None, content=changed(waiting, objective="再改"))
    waiting.refresh_from_db()
    assert waiting.head.number == 3


def test_a_rejected_change_after_work_began_is_in_progress_again(waiting, risk_manager, approver):
    approve(waiting, approver)
    waiting.refresh_from_db()
    second = PlannedAction("a2", "复训", risk_manager.pk, tomorrow())
    more = changed(waiting, actions=(*PlanContent.parse(waiting.head.content).actions, second))
    save_plan(waiting, by=risk_manager, version=None, content=more)
    submit_plan(waiting, by=risk_manager)
    approve(waiting, approver)
    waiting.refresh_from_db()
    finish_action(waiting.actions.get(key="a1"), by=risk_manager, note="已做")
    waiting.refresh_from_db()
    assert waiting.state == "in_progress"
    save_plan(waiting, by=risk_manager, version=None, content=changed(waiting, objective="改"))
    submit_plan(waiting, by=risk_manager)
    decide(waiting, approver, "rejected", comment="照旧")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.head.number) == ("in_progress", 2)


def test_nobody_decides_on_what_they_submitted_or_wrote(high_risk, risk_manager, approver, ops):
    writer = make_user("second.approver", "高远", "approver")
    plan = create_plan(high_risk, by=writer, content=avoiding())
    submit_plan(plan, by=approver)
    for person in (approver, writer):
        with pytest.raises(CannotDecide):
            decide(plan, person, "approved")
    assert not Approval.objects.exists()


def test_an_author_of_an_unapproved_version_in_force_still_does_not_decide(
    low_risk, risk_manager, approver
):
    """Version 1 needed no approval: its author has not been checked by anybody yet."""
    plan = create_plan(low_risk, by=approver, content=avoiding())
    submit_plan(plan, by=risk_manager)
    assess(low_risk, (4, 3), (4, 3), by=risk_manager, confirmed_by=approver)
    plan.refresh_from_db()
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, avoid_what="全停"))
    submit_plan(plan, by=risk_manager)
    with pytest.raises(CannotDecide):
        decide(plan, approver, "approved")


def test_authors_before_the_last_approval_may_decide(high_risk, risk_manager, approver):
    other = make_user("second.approver", "高远", "approver")
    plan = create_plan(high_risk, by=approver, content=avoiding())
    submit_plan(plan, by=risk_manager)
    approve(plan, other)
    plan.refresh_from_db()
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, avoid_what="全停"))
    submit_plan(plan, by=risk_manager)
    approve(plan, approver)
    plan.refresh_from_db()
    assert (plan.state, plan.in_force.number) == ("approved", 2)


@pytest.mark.parametrize("who", ["second_manager", "auditor", "head_cleaning", "admin"])
def test_only_approvers_decide(waiting, who, request):
    with pytest.raises(CannotDecide):
        decide(waiting, request.getfixturevalue(who), "approved")


def test_an_approver_of_another_department_does_not_decide(waiting, tech):
    with pytest.raises(CannotDecide):
        decide(waiting, make_user("approver.tech", "别处", "approver", tech), "approved")


def test_a_stale_text_is_not_approved(waiting, risk_manager, approver):
    seen = waiting.head.content_hash
    save_plan(waiting, by=risk_manager, version=None, content=changed(waiting, objective="改"))
    submit_plan(waiting, by=risk_manager)
    with pytest.raises(StaleVersion):
        decide(waiting, approver, "approved", content_hash=seen)
    assert not Approval.objects.exists()


@pytest.mark.parametrize("decision", ["approved", "changes", "rejected"])
def test_a_second_decision_comes_too_late(waiting, approver, decision):
    decide(waiting, approver, "changes")
    with pytest.raises(WrongState):
        decide(waiting, approver, decision)


@pytest.mark.parametrize("decision", ["changes", "rejected"])
def test_a_refusal_says_why(waiting, approver, decision):
    with pytest.raises(ValidationError) as refused:
        decide(waiting, approver, decision, comment=" ")
    assert set(refused.value.message_dict) == {"comment"}
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_approving_a_critical_plan_says_why(risk, risk_manager, approver):
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=approver)
    plan = make_plan(risk, by=risk_manager, submitted=True)
    with pytest.raises(ValidationError):
        decide(plan, approver, "approved", comment="")
    decide(plan, approver, "approved", comment="立即执行")


def test_what_a_plan_rests_on_must_still_hold(high_risk, risk_manager, approver, ops):
    injury = make_contingency(ops, by=risk_manager)
    plan = make_plan(high_risk, by=risk_manager, submitted=True, contingency=injury.pk)
    retire_contingency_plan(injury, by=risk_manager, reason="合并到另一个预案")
    with pytest.raises(ValidationError, match="没有生效") as refused:
        decide(plan, approver, "approved")
    assert len(refused.value.messages) == 2
    decide(plan, approver, "changes")
