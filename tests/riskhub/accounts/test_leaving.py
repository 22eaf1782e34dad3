"""Nobody leaves while something open would stay behind; everything goes over in one transaction."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments.models import Action, Assessment, ResponsePlan
from registers.models import Risk
from registers.services import close_risk, create_register, edit_risk, reopen_risk
from riskhub.accounts.leaving import holdings_of, leaving_blockers
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import (
    LastAdministrator,
    StillHolds,
    create_token,
    deactivate_user,
    edit_department,
    reactivate_user,
)
from tests.builders import assess, make_control, make_plan, make_risk
from tests.cast import make_user
from tests.registers.audit import Trail


@pytest.fixture
def laden(head_cleaning, register, risk_manager, second_manager, clean, ops, admin):
    """Somebody with one of everything: two departments, a head, plans with actions."""
    high = make_risk(register, by=risk_manager, owner=head_cleaning)
    make_risk(register, by=risk_manager, department=clean, owner=head_cleaning)
    assess(high, (2, 2), (2, 2), by=risk_manager)
    make_plan(high, by=head_cleaning, submitted=True)
    make_control(clean, by=risk_manager, owner=head_cleaning)
    edit_department(ops, by=admin, version=None, head=head_cleaning)
    return head_cleaning


def keys(user):
    return {holding.key: [item.label for item in holding.items] for holding in holdings_of(user)}


def all_to(user, heir):
    """Each thing to one person, a department to nobody."""
    given = {}
    for holding in holdings_of(user):
        for item in holding.items:
            given.setdefault(holding.kind, {})[item.pk] = None if holding.may_be_nobody else heir
    return given


def test_what_is_open_is_found_by_department(laden, ops, clean):
    assert set(keys(laden)) == {
        f"risk-{ops.pk}", f"risk-{clean.pk}", f"control-{clean.pk}", f"plan-{ops.pk}",
        f"action-{ops.pk}", f"department-{ops.pk}",
    }  # fmt: skip


def test_only_those_who_may_answer_are_offered(laden, clean, risk_manager, second_manager, auditor,
                                               staff_cleaning, staff_repair, outsider):  # fmt: skip
    offered = {holding.key: holding.heirs for holding in holdings_of(laden)}
    there, above = offered[f"risk-{clean.pk}"], offered[f"plan-{laden.department_id}"]
    assert {risk_manager, second_manager, staff_cleaning} <= {*there}
    assert {auditor, staff_repair, outsider, laden}.isdisjoint(there)
    assert staff_cleaning not in above


def test_everything_goes_over_at_once(laden, risk_manager, admin):
    trail = Trail()
    deactivate_user(laden, by=admin, heirs=all_to(laden, risk_manager), reason="离职")
    assert keys(laden) == {}
    assert set(Risk.objects.values_list("owner", flat=True)) == {risk_manager.pk}
    assert ResponsePlan.objects.get().owner == risk_manager
    assert Action.objects.get().owner == risk_manager
    assert Department.objects.get(code="OPS").head is None
    assert {event.action for event in trail.rows()} == {
        "risk.handed_over", "control.handed_over", "plan.handed_over", "action.handed_over",
        "department.handed_over", "user.deactivated",
    }  # fmt: skip
    assert {(event.actor_id, event.reason) for event in trail.rows()} == {(admin.pk, "离职")}


def test_left_behind_is_refused_and_nothing_is_done(laden, risk_manager, admin):
    heirs = all_to(laden, risk_manager)
    del heirs["control"]
    with pytest.raises(StillHolds) as refusal:
        deactivate_user(laden, by=admin, heirs=heirs)
    assert [holding.kind for holding in refusal.value.holdings] == ["control"]
    assert User.objects.get(pk=laden.pk).is_active
    assert set(Risk.objects.values_list("owner", flat=True)) == {laden.pk}


@pytest.mark.parametrize("heir", ["auditor", "staff_repair", "outsider"])
def test_an_heir_who_may_not_answer_is_refused(laden, admin, heir, request):
    with pytest.raises(ValidationError):
        deactivate_user(laden, by=admin, heirs=all_to(laden, request.getfixturevalue(heir)))
    assert User.objects.get(pk=laden.pk).is_active


def test_a_decision_that_nobody_else_can_take(
    approver, register, risk_manager, second_manager, admin
):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    make_plan(risk, by=risk_manager, submitted=True)
    assert len(leaving_blockers(approver)) == 1
    with pytest.raises(StillHolds) as refusal:
        deactivate_user(approver, by=admin)
    assert refusal.value.blockers == leaving_blockers(approver)
    make_user("another", "另一位", "approver")
    assert not deactivate_user(approver, by=admin).is_active


def test_an_assessment_that_nobody_else_can_confirm(register, risk_manager, second_manager, admin):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 3), (4, 3), by=risk_manager)
    assert Assessment.objects.get().state == "submitted"
    assert len(leaving_blockers(second_manager)) == 1
    assert leaving_blockers(risk_manager) == []


def test_a_plan_under_decision_names_them(head_cleaning, approver, register, risk_manager,
                                          second_manager):  # fmt: skip
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    make_plan(risk, by=head_cleaning, submitted=True)
    assert [blocker.url for blocker in leaving_blockers(head_cleaning)] == ["/plans/RP-001/"]


def test_nobody_closes_their_own_account_nor_the_last_administrators(admin):
    with pytest.raises(ValidationError):
        deactivate_user(admin, by=admin)
    passing = make_user("passing", "代管", "admin")
    passing.role_assignments.update(
        valid=(timezone.localdate(), timezone.localdate() + timedelta(days=1))
    )
    with pytest.raises(LastAdministrator):
        deactivate_user(admin, by=passing)


def test_keys_and_sessions_end_and_stay_ended(outsider, admin, sign_in):
    theirs = sign_in(outsider)
    key = create_token(outsider, by=admin, name="n")
    api = {"HTTP_AUTHORIZATION": f"Token {key}"}
    assert theirs.get("/notices/").status_code == 200
    assert theirs.get("/api/v1/risks/", **api).status_code == 200
    deactivate_user(outsider, by=admin)
    for _time in ("closed", "open again"):
        assert theirs.get("/notices/").status_code == 302
        assert sign_in().get("/api/v1/risks/", **api).status_code == 401
        if not User.objects.get(pk=outsider.pk).is_active:
            reactivate_user(outsider, by=admin)
    assert sign_in(User.objects.get(pk=outsider.pk)).get("/notices/").status_code == 200


def test_roles_hold_again(head_cleaning, admin):
    deactivate_user(head_cleaning, by=admin)
    back = reactivate_user(head_cleaning, by=admin)
    assert back.roles.has("department_head")
    with pytest.raises(ValidationError):
        reactivate_user(head_cleaning, by=admin)


def test_a_risk_opened_again_has_no_owner_who_left(register, risk_manager, head_cleaning, admin):
    risk = make_risk(register, by=risk_manager, owner=head_cleaning)
    close_risk(risk, by=risk_manager, reason="停止")
    deactivate_user(head_cleaning, by=admin)
    risk = Risk.objects.get(pk=risk.pk)
    reopen_risk(risk, by=risk_manager, reason="又有了")
    assert Risk.objects.get(pk=risk.pk).owner is None


def test_who_left_is_nobodys_owner(register, risk_manager, head_cleaning, admin):
    risk = make_risk(register, by=risk_manager)
    deactivate_user(head_cleaning, by=admin)
    gone = User.objects.get(pk=head_cleaning.pk)
    with pytest.raises(ValidationError):
        edit_risk(risk, by=risk_manager, version=None, owner=gone)
    with pytest.raises(IntegrityError, match="owner of what is open"), transaction.atomic():
        Risk.objects.filter(pk=risk.pk).update(owner=gone)


@pytest.mark.parametrize(
    "table", ["registers_control", "assessments_responseplan", "assessments_action"]
)
def test_the_database_refuses_it_for_everything_with_an_owner(laden, outsider, table):
    User.objects.filter(pk=outsider.pk).update(is_active=False)
    with (
        pytest.raises(IntegrityError, match="owner of what is open"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET owner_id = %s", [outsider.pk])


@pytest.mark.django_db(transaction=True)
def test_who_gives_something_to_somebody_who_is_just_leaving():
    """Either it is handed over too, or it is refused: nothing open is left with a closed account."""
    boss = make_user("a", "管理员", "admin")
    keeper, leaver = make_user("m", "经理", "risk_manager"), make_user("l", "离职", "risk_manager")
    ops = Department.objects.get(code="OPS")
    risk = make_risk(create_register(by=None, code="SVC", name_zh="表", department=ops), by=keeper)
    refused, together = [], threading.Barrier(2)

    def go(act):
        try:
            together.wait()
            act()
        except (StillHolds, ValidationError, IntegrityError) as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    acts = (
        lambda: deactivate_user(leaver, by=boss),
        lambda: edit_risk(risk, by=keeper, version=None, owner=leaver),
    )
    threads = [threading.Thread(target=go, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    leaver.refresh_from_db()
    risk.refresh_from_db()
    assert leaver.is_active is (risk.owner == leaver)
