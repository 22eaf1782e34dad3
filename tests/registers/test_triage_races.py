"""Many decide at once, with real connections: one decision each, and numbers without a gap."""

from collections import Counter
from uuid import uuid4

import pytest

from registers.closing import NotOpen
from registers.models import Register, Risk, RiskProposal
from registers.services import (
    accept_proposal,
    ask_filer,
    create_register,
    decline_proposal,
    edit_risk,
    file_proposal,
    merge_proposal,
    merge_risk,
    undo_decision,
)
from registers.touches import Touched
from riskhub.accounts.models import Department, User
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState
from riskhub.work.models import Work
from tests.builders import make_risk
from tests.cast import make_user
from tests.registers.services.test_risks import draft
from tests.registers.test_numbering import PARALLEL, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def managers():
    return [make_user(f"manager.{n}", f"经理 {n}", "risk_manager") for n in range(2)]


@pytest.fixture
def register(managers):
    ops = Department.objects.get(code="OPS")
    return create_register(by=managers[0], code="SVC", name_zh="服务", department=ops)


@pytest.fixture
def filed(register, managers):
    """Fifty filings of a staff member."""
    staff = make_user("staff", "王芳", "staff", register.department)
    return [
        file_proposal(
            by=staff, client_uuid=uuid4(), text=f"上报 {n}", department=register.department
        )[0]
        for n in range(PARALLEL)
    ]


def test_fifty_at_once_accepted_twice_each_are_fifty_consecutive_codes(filed, managers):
    """Two managers work through the same inbox: each filing is one risk, and the second hears it."""
    keys = [proposal.pk for proposal in filed[:25]] * 2

    def accept(number):
        by = User.objects.get(pk=managers[number // 25].pk)
        proposal = RiskProposal.objects.get(pk=keys[number])
        try:
            return accept_proposal(proposal, draft(Register.objects.get()), by=by).number
        except WrongState:
            return None

    numbers = together(accept)
    assert sorted(n for n in numbers if n) == list(range(1, 26))
    assert numbers.count(None) == 25
    assert Risk.objects.count() == 25
    assert Work.objects.filter(kind="proposal.tell").count() == 25
    decided = AuditEvent.objects.filter(
        action="proposal.accepted", object_type="registers_riskproposal"
    )
    assert decided.count() == 25


def test_fifty_acceptances_by_two_managers_are_fifty_consecutive_codes(filed, managers):
    def accept(number):
        by = User.objects.get(pk=managers[number % 2].pk)
        proposal = RiskProposal.objects.get(pk=filed[number].pk)
        return accept_proposal(proposal, draft(Register.objects.get()), by=by).number

    assert sorted(together(accept)) == list(range(1, PARALLEL + 1))
    assert [risk.code for risk in Risk.objects.order_by("number")] == [
        f"R{n:03}" for n in range(1, PARALLEL + 1)
    ]


def test_four_decisions_at_once_are_one(filed, managers, register):
    """Each filing gets all four kinds of decision at the same time."""
    survivor = make_risk(register, by=managers[0])
    decide = [
        lambda p, by: accept_proposal(p, draft(Register.objects.get()), by=by),
        lambda p, by: merge_proposal(p, into=survivor, by=by),
        lambda p, by: ask_filer(p, by=by, question="哪一单？"),
        lambda p, by: decline_proposal(p, by=by, reason="重复"),
    ]

    def run(number):
        by = User.objects.get(pk=managers[number % 2].pk)
        try:
            decide[number % 4](RiskProposal.objects.get(pk=filed[number // 4].pk), by)
        except WrongState:
            return None
        return number // 4

    winners = Counter(n for n in together(run) if n is not None)
    decided = AuditEvent.objects.filter(
        object_type="registers_riskproposal", operation="update"
    ).values_list("object_id", "after__state")
    by_filing = Counter(key for key, _state in decided)
    for number, proposal in enumerate(filed[:12]):
        stored = RiskProposal.objects.get(pk=proposal.pk)
        assert stored.state != "submitted"
        # A question may still be followed by a decision, never a decision by anything.
        assert by_filing[str(proposal.pk)] == winners[number] <= 2
        if winners[number] == 2:
            assert (str(proposal.pk), "need_info") in decided


def test_an_undo_and_an_edit_at_once_never_both(filed, managers, register):
    manager, other = managers
    risks = [accept_proposal(p, draft(register), by=manager) for p in filed[:25]]

    def run(number):
        n, is_undo = number // 2, number % 2
        try:
            if is_undo:
                undo_decision(RiskProposal.objects.get(pk=filed[n].pk), by=manager)
            else:
                edit_risk(Risk.objects.get(pk=risks[n].pk), by=other, version=None, title="新名")
        except (Touched, NotOpen):
            return False
        return True

    done = together(run)
    for n, risk in enumerate(risks):
        edited, undone = done[2 * n], done[2 * n + 1]
        assert edited != undone
        risk.refresh_from_db()
        assert (risk.title == "新名", risk.is_undone) == (edited, undone)


def test_two_risks_merged_into_each_other_are_one(managers, register):
    pairs = [
        [make_risk(register, by=managers[0], title=f"{n} {side}") for side in "甲乙"]
        for n in range(25)
    ]

    def run(number):
        risk, into = pairs[number // 2] if number % 2 else reversed(pairs[number // 2])
        try:
            merge_risk(risk, into=into, by=managers[0], reason="重复")
        except (NotOpen, WrongState):
            return False
        return True

    done = together(run)
    assert [done[2 * n] + done[2 * n + 1] for n in range(25)] == [1] * 25
    assert Risk.objects.filter(state="merged").count() == 25
