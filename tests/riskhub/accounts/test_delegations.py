"""For a time somebody decides in the name of another: only then, only that, never on what either wrote."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.leaving import waiting_for_alone
from assessments.models import Approval, Assessment
from assessments.people import confirmers_of, deciders_of
from assessments.services import CannotConfirm, CannotDecide, confirm_assessment, decide_plan
from registers.models import Risk
from riskhub.accounts.models import ApprovalDelegation, User
from riskhub.accounts.services import (
    assign_role,
    deactivate_user,
    delegate_decisions,
    revoke_delegation,
)
from riskhub.notices.models import Notice
from tests.builders import assess, make_plan, make_risk
from tests.registers.audit import Trail


def fresh(user):
    return User.objects.get(pk=user.pk)


def lend(from_user, to_user, *, by=None, first=0, last=7, reason="休假"):
    today = timezone.localdate()
    return delegate_decisions(
        from_user, to_user, by=by or from_user, reason=reason,
        begins_on=today + timedelta(days=first), last_on=today + timedelta(days=last),
    )  # fmt: skip


@pytest.fixture
def high(register, risk_manager, second_manager):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    return risk


@pytest.fixture
def waiting(high, head_cleaning):
    return make_plan(high, by=head_cleaning, submitted=True)


def approve(plan, by):
    return decide_plan(
        plan, by=fresh(by), decision="approved", content_hash=plan.head.content_hash, comment="同意"
    )


def test_the_stand_in_decides_in_the_name_of_the_absent(waiting, approver, outsider):
    assert not Risk.objects.visible_to(outsider)
    lend(approver, outsider)
    assert list(Risk.objects.visible_to(fresh(outsider))) == [waiting.risk]
    assert set(deciders_of(waiting)) == {approver, outsider}
    approval = approve(waiting, outsider)
    assert (approval.approver, approval.on_behalf_of) == (outsider, approver)
    assert approval.who == "路人（代马文斌）"
    waiting.refresh_from_db()
    assert waiting.state == "approved"


def test_who_holds_the_role_decides_in_their_own_name(waiting, approver, outsider):
    assign_role(outsider, by=None, role="approver")
    lend(approver, outsider)
    assert approve(waiting, outsider).on_behalf_of is None


def test_it_gives_nothing_but_decisions(waiting, approver, risk_manager, outsider):
    lend(approver, outsider)
    lend(risk_manager, outsider)
    deputy = fresh(outsider)
    assert not deputy.roles.has("approver", "risk_manager")
    assert deputy.deciding_roles.has("approver")
    assert deputy.deciding_roles.has("risk_manager")


def test_neither_the_day_before_nor_the_day_after(waiting, approver, outsider):
    lend(approver, outsider, first=1, last=2)
    today = timezone.localdate()
    for days, holds in ((0, False), (1, True), (2, True), (3, False)):
        with time_machine.travel(f"{today + timedelta(days=days)}T04:00:00Z"):
            assert fresh(outsider).deciding_roles.has("approver") is holds
    with pytest.raises(CannotDecide):
        approve(waiting, outsider)


@pytest.mark.parametrize("end", ["revoked", "role", "closed"])
def test_it_ends_with_the_word_the_role_or_the_account_of_the_absent(
    waiting, approver, outsider, admin, end
):
    made = lend(approver, outsider)
    if end == "revoked":
        revoke_delegation(made, by=approver)
    elif end == "role":
        approver.role_assignments.all().delete()
    else:
        User.objects.filter(pk=approver.pk).update(is_active=False)
    assert not fresh(outsider).deciding_roles.has("approver")
    with pytest.raises(CannotDecide):
        approve(waiting, outsider)


def test_what_was_lent_is_not_lent_on(approver, outsider, staff_cleaning):
    lend(approver, outsider)
    with pytest.raises(ValidationError):
        lend(fresh(outsider), staff_cleaning)


def test_nobody_decides_on_their_own_plan_as_a_stand_in(waiting, approver, head_cleaning):
    lend(approver, head_cleaning)
    assert deciders_of(waiting) == [approver]
    with pytest.raises(CannotDecide):
        approve(waiting, head_cleaning)


def test_nobody_has_their_own_plan_decided_by_their_stand_in(
    high, approver, outsider, head_cleaning
):
    assign_role(head_cleaning, by=None, role="approver")
    lend(fresh(head_cleaning), outsider)
    plan = make_plan(high, by=fresh(head_cleaning), submitted=True)
    assert deciders_of(plan) == [approver]
    with pytest.raises(CannotDecide):
        approve(plan, outsider)
    facts = {"version": plan.head, "content_hash": plan.head.content_hash, "decision": "approved",
             "approver": outsider, "on_behalf_of": head_cleaning}  # fmt: skip
    with pytest.raises(IntegrityError, match="their own plan"), transaction.atomic():
        Approval.objects.create(**facts)
    with pytest.raises(IntegrityError, match="without standing in"), transaction.atomic():
        Approval.objects.create(**facts | {"on_behalf_of": approver})


def test_an_assessment_is_confirmed_for_another_but_not_for_its_assessor(
    register, risk_manager, second_manager, outsider
):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 3), (4, 3), by=risk_manager)
    assessment = Assessment.objects.get()
    lend(risk_manager, outsider)
    assert confirmers_of(assessment) == [second_manager]
    assert not Assessment.objects.confirmable_by(fresh(outsider))
    with pytest.raises(CannotConfirm):
        confirm_assessment(assessment, by=fresh(outsider))
    lend(second_manager, outsider)
    assert list(Assessment.objects.confirmable_by(fresh(outsider))) == [assessment]
    confirmed = confirm_assessment(assessment, by=fresh(outsider))
    assert (confirmed.confirmed_by, confirmed.confirmed_for) == (outsider, second_manager)
    assert confirmed.confirmer == "路人（代李强）"


def test_the_database_refuses_a_confirmation_for_who_lent_nothing(
    register, risk_manager, second_manager, outsider
):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 3), (4, 3), by=risk_manager)
    with pytest.raises(IntegrityError, match="without standing in"), transaction.atomic():
        Assessment.objects.update(
            state="confirmed", confirmed_by=outsider, confirmed_for=second_manager,
            confirmed_at=timezone.now(),
        )  # fmt: skip


def test_both_hear_of_it_and_the_record_keeps_it(approver, outsider, admin):
    trail = Trail()
    made = lend(approver, outsider, by=admin)
    event = trail.only("accounts_approvaldelegation")
    assert (event.action, event.actor_name, event.reason) == ("delegation.made", "钱程", "休假")
    revoke_delegation(made, by=approver)
    kinds = {(notice.user, notice.kind) for notice in Notice.objects.all()}
    assert kinds == {
        (outsider, "stand_in_given"), (approver, "stand_in_named"), (outsider, "stand_in_ended"),
    }  # fmt: skip
    assert {event.action for event in trail.rows()} == {
        "delegation.made", "delegation.ended", "notice.sent",
    }  # fmt: skip


def test_revoked_twice_is_refused_and_the_days_are_free_again(approver, outsider, second_manager):
    made = lend(approver, outsider)
    with pytest.raises(ValidationError):
        lend(approver, second_manager, first=7, last=9)
    revoke_delegation(made, by=approver)
    with pytest.raises(ValidationError):
        revoke_delegation(made, by=approver)
    assert lend(approver, second_manager, first=7, last=9).standing == "coming"


@pytest.mark.parametrize(
    ("deputy", "days"),
    [("approver", (0, 7)), ("auditor", (0, 7)), ("outsider", (-1, 7)), ("outsider", (3, 2)),
     ("outsider", (0, 366))],
)  # fmt: skip
def test_refused(approver, auditor, outsider, deputy, days, request):
    with pytest.raises(ValidationError):
        lend(approver, request.getfixturevalue(deputy), first=days[0], last=days[1])
    assert not ApprovalDelegation.objects.exists()


def test_the_database_holds_one_at_a_time(approver, outsider, second_manager):
    made = lend(approver, outsider)
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        ApprovalDelegation.objects.create(
            from_user=approver, to_user=second_manager, period=made.period, reason="又"
        )


def test_who_leaves_with_a_stand_in_leaves_nobody_to_decide(waiting, approver, outsider, admin):
    lend(approver, outsider)
    assert len(waiting_for_alone(approver)) == 1
    assert waiting_for_alone(fresh(outsider)) == []
    assert not deactivate_user(outsider, by=admin).is_active
