"""Who may do what (spec 2.8): the whole cast, asked once for each question."""

import pytest

from assessments import permissions
from assessments.people import confirmers_of, deciders_of
from assessments.services import confirm_assessment, finish_action, save_plan, submit_plan
from registers.services import close_risk
from tests.assessments.services.test_plans import approve, changed
from tests.builders import assess, make_plan
from tests.cast import make_user

pytestmark = pytest.mark.django_db

CAST = (
    "risk_manager", "second_manager", "approver", "auditor", "admin", "head_cleaning",
    "staff_cleaning", "head_repair", "staff_repair", "outsider",
)  # fmt: skip


@pytest.fixture
def who(request):
    """`who(question)` gives the names of those who may."""
    people = {name: request.getfixturevalue(name) for name in CAST}
    return lambda question: {name for name, user in people.items() if question(user)}


@pytest.fixture
def plan(high_risk, head_cleaning):
    return make_plan(high_risk, by=head_cleaning)


@pytest.fixture
def waiting(plan, risk_manager):
    submit_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    return plan


MANAGERS = {"risk_manager", "second_manager"}
ANSWERING = MANAGERS | {"head_cleaning"}
WRITING = ANSWERING | {"staff_cleaning"}


def test_assessing_and_writing(risk, who, risk_manager):
    assert who(lambda user: permissions.can_assess_risk(user, risk)) == ANSWERING
    assert who(lambda user: permissions.can_write_plan(user, risk)) == WRITING
    close_risk(risk, by=risk_manager, reason="停止")
    risk.refresh_from_db()
    assert who(lambda user: permissions.can_assess_risk(user, risk)) == set()
    assert who(lambda user: permissions.can_write_plan(user, risk)) == set()
    assert who(lambda user: permissions.may_answer_for(user, risk.owner_department_id)) == ANSWERING


def test_confirming_and_sending_back(risk, who, risk_manager, second_manager):
    waiting = assess(risk, (5, 5), (5, 5), by=risk_manager)
    others = {"second_manager", "approver"}
    assert who(lambda user: permissions.can_confirm_assessment(user, waiting)) == others
    assert who(lambda user: permissions.can_reject_assessment(user, waiting)) == others | {
        "risk_manager"
    }
    assert {user.username for user in confirmers_of(waiting)} == {"second.manager", "approver"}
    confirm_assessment(waiting, by=second_manager)
    assert who(lambda user: permissions.can_confirm_assessment(user, waiting)) == set()
    assert who(lambda user: permissions.can_reject_assessment(user, waiting)) == set()
    assert who(permissions.can_confirm_any) == MANAGERS | {"approver"}
    assert who(permissions.can_read_confirmations) == MANAGERS | {"approver", "auditor"}


def test_drafting_submitting_withdrawing(plan, who, risk_manager):
    questions = {
        permissions.can_edit_plan: WRITING,
        permissions.can_submit_plan: ANSWERING,
        permissions.can_withdraw_plan: ANSWERING,
        permissions.can_decide_plan: set(),
    }
    for question, allowed in questions.items():
        assert who(lambda user, q=question: q(user, plan)) == allowed


def test_deciding(waiting, who):
    assert who(lambda user: permissions.can_decide_plan(user, waiting)) == {"approver"}
    assert who(lambda user: permissions.can_submit_plan(user, waiting)) == set()
    assert who(lambda user: permissions.can_edit_plan(user, waiting)) == ANSWERING
    assert who(permissions.can_decide_any) == {"approver"}
    assert who(permissions.can_read_approvals) == {"approver", "auditor"}
    assert [user.username for user in deciders_of(waiting)] == ["approver"]


def test_submitters_and_authors_do_not_decide(high_risk, approver, risk_manager, tech):
    writer = make_user("writer", "高远", "approver")
    make_user("approver.tech", "别处", "approver", tech)
    plan = make_plan(high_risk, by=writer)
    submit_plan(plan, by=approver)
    plan.refresh_from_db()
    assert [permissions.can_decide_plan(user, plan) for user in (writer, approver)] == [
        False,
        False,
    ]
    assert deciders_of(plan) == []
    assert permissions.authors_since_approval(plan) == {writer.pk}


def test_an_approval_starts_the_list_of_authors_anew(waiting, approver, risk_manager):
    approve(waiting, approver)
    assert permissions.authors_since_approval(waiting) == set()
    waiting.refresh_from_db()
    save_plan(waiting, by=risk_manager, version=None, content=changed(waiting, objective="改"))
    assert permissions.authors_since_approval(waiting) == {risk_manager.pk}


def test_a_plan_without_versions_is_decided_by_nobody(approver, high_risk):
    bare = make_plan(high_risk, by=approver)
    bare.head, bare.state = None, "submitted"
    assert permissions.can_decide_plan(approver, bare) is False
    assert deciders_of(bare) == []


def test_ended_plans_are_left_alone(waiting, who, approver):
    waiting.state = "withdrawn"
    for question in (permissions.can_edit_plan, permissions.can_withdraw_plan):
        assert who(lambda user, q=question: q(user, waiting)) == set()


def test_finishing_actions(waiting, who, approver, head_cleaning):
    approve(waiting, approver)
    action = waiting.actions.get()
    assert who(lambda user: permissions.can_finish_action(user, action)) == ANSWERING
    action.owner = approver
    assert who(lambda user: permissions.can_finish_action(user, action)) == ANSWERING | {"approver"}
    finish_action(action, by=head_cleaning, note="已做")
    assert who(lambda user: permissions.can_finish_action(user, action)) == set()
    assert who(lambda user: permissions.may_finish_action(user, action)) == ANSWERING


def test_reports_and_imports(who, ops):
    whole = MANAGERS | {"approver", "auditor"}
    assert who(permissions.can_read_reports) == whole
    assert who(permissions.can_make_report) == MANAGERS
    assert who(permissions.can_import_register) == MANAGERS
    of_one_department = make_user("manager.ops", "区经理", "risk_manager", ops)
    assert permissions.can_read_reports(of_one_department) is False
    assert permissions.can_import_register(of_one_department) is True


def test_may_decide_covers_the_department(approver, ops):
    assert permissions.may_decide(approver, ops.pk) is True
    assert permissions.may_decide(make_user("x", "x"), ops.pk) is False
