"""R-19: fifty people put risks in at the same moment, and the numbers have neither gap nor double."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import OperationalError, ProgrammingError, connections, transaction

from registers.models import Register, Risk, RiskProposal
from registers.services import (
    RegisterInUse,
    accept_proposal,
    archive_register,
    create_risk,
    file_proposal,
)
from registers.services.registers import create_register
from riskhub.accounts.models import Department, User
from tests.builders import make_risk
from tests.cast import make_user
from tests.registers.services.test_risks import draft

PARALLEL = 50
AT_ONCE = 10


def together(work):
    """Run `work(number)` fifty times in ten threads that start at one moment."""
    start = Barrier(AT_ONCE)

    def run(number):
        try:
            if number < AT_ONCE:
                start.wait(timeout=20)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(PARALLEL)))


@pytest.fixture
def standing_register(transactional_db):
    manager = make_user("manager", "陈静", "risk_manager")
    ops = Department.objects.get(code="OPS")
    return create_register(by=manager, code="SVC", name_zh="服务", department=ops)


def test_who_archives_a_register_waits_for_a_risk_that_goes_into_it(standing_register):
    def lock_at_once():
        try:
            with transaction.atomic():
                Register.objects.select_for_update(nowait=True).get()
        finally:
            connections.close_all()

    manager = User.objects.get(username="manager")
    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        create_risk(draft(standing_register), by=manager)
        with pytest.raises(OperationalError):
            other.submit(lock_at_once).result()
    with pytest.raises(RegisterInUse):
        archive_register(standing_register, by=manager)


def test_fifty_at_once_are_numbered_without_a_gap(standing_register):
    def create(number):
        manager = User.objects.get(username="manager")
        title = "不合格" if number % 5 == 0 else f"风险 {number}"
        event = "" if number % 5 == 0 else "发生"
        try:
            return create_risk(
                draft(Register.objects.get(), title=title, event=event), by=manager
            ).number
        except Exception:  # noqa: BLE001 - every fifth is refused, and must not cost a number
            return None

    numbers = together(create)
    assert numbers.count(None) == 10
    assert sorted(n for n in numbers if n) == list(range(1, 41))
    assert set(Risk.objects.values_list("number", flat=True)) == set(range(1, 41))


def test_fifty_acceptances_at_once(standing_register):
    manager = User.objects.get(username="manager")
    ops = standing_register.department
    for number in range(PARALLEL):
        file_proposal(by=manager, client_uuid=uuid4(), text=f"上报 {number}", department=ops)
    keys = list(RiskProposal.objects.values_list("pk", flat=True))

    def accept(number):
        proposal = RiskProposal.objects.get(pk=keys[number])
        return accept_proposal(proposal, draft(Register.objects.get()), by=manager).number

    assert sorted(together(accept)) == list(range(1, PARALLEL + 1))


def test_a_deleted_number_is_not_given_again(standing_register, as_owner):
    """The product deletes no risk; whoever owns the database could."""
    manager = User.objects.get(username="manager")
    make_risk(standing_register, by=manager)
    last = make_risk(standing_register, by=manager)
    last.sources.clear()
    with pytest.raises(ProgrammingError, match="permission denied for table registers_risk"):
        Risk.objects.filter(pk=last.pk).delete()
    as_owner.execute("DELETE FROM registers_risk WHERE id = %s", [last.pk])
    assert make_risk(standing_register, by=manager).number == 3
