from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from registers import cards
from registers.models import Register, Risk, RiskProposal
from registers.services import file_proposal
from registers.wiring import waiting_for
from riskhub.company.preferences import company_zone
from tests.builders import assess, make_risk


@pytest.fixture
def filed(staff_cleaning, staff_repair, clean, repair):
    for who, where in ((staff_cleaning, clean), (staff_repair, repair)):
        for number in range(4):
            file_proposal(by=who, client_uuid=uuid4(), text=f"{number} 号", department=where)


def test_who_begins_with_filing(
    staff_cleaning, head_cleaning, risk_manager, approver, auditor, outsider
):
    assert cards.files_first(staff_cleaning) is True
    assert cards.files_first(head_cleaning) is True
    for user in (risk_manager, approver, auditor, outsider):
        assert cards.files_first(user) is False
    assert cards.file_start(staff_cleaning).url == "/m/new"


def test_filings_that_wait(filed, risk_manager, ops_manager):
    section = cards.proposals_waiting(risk_manager)
    assert (section.count, len(section.rows), section.url, section.is_late) == (
        8,
        5,
        "/inbox/triage/",
        False,
    )
    assert section.rows[0].meta == ["王芳", "家庭保洁组"]
    assert cards.proposals_waiting(ops_manager).count == 4
    assert (waiting_for(risk_manager), waiting_for(ops_manager)) == (8, 4)


@pytest.mark.parametrize(("hours", "fact", "late"), [(-1, "已等 7 天", 0), (1, "已等 7 天", 8)])
def test_a_filing_is_late_when_its_reminder_goes_out(
    filed, risk_manager, time_machine, hours, fact, late
):
    """After seven days, here as in the inbox."""
    filed_at = datetime(2026, 11, 24, 14, tzinfo=company_zone())
    RiskProposal.objects.update(submitted_at=filed_at)
    time_machine.move_to(filed_at + timedelta(days=7, hours=hours))
    section = cards.proposals_waiting(risk_manager)
    assert (section.late, section.is_late) == (late, bool(late))
    assert (section.rows[0].fact, section.rows[0].is_late) == (fact, bool(late))


def test_nothing_waits(risk_manager):
    assert cards.proposals_waiting(risk_manager) is None


def test_reviews_that_are_past(register, risk_manager, head_cleaning, staff_cleaning, tech, clean):
    """R001 of OPS late, R002 of OPS due today, R003 of TECH late, R004 of CLEAN late."""
    today = timezone.localdate()
    for department in (None, None, tech, clean):
        owner = staff_cleaning if department == clean else None
        make_risk(register, by=risk_manager, owner=owner, department=department)
    Risk.objects.update(next_review_on=today - timedelta(1))
    Risk.objects.filter(number=2).update(next_review_on=today)

    def shown(user):
        section = cards.reviews_overdue(user)
        return section.url, section.count, [row.url for row in section.rows]

    assert shown(head_cleaning) == (
        "/risks/?view=overdue",
        2,
        ["/risks/R001/", "/risks/R004/"],
    )
    assert shown(staff_cleaning) == (
        "/risks/?view=mine&review=overdue",
        1,
        ["/risks/R004/"],
    )
    Risk.objects.update(next_review_on=None)
    assert cards.reviews_overdue(head_cleaning) is None


def test_the_first_steps_of_a_company(risk_manager, ops):
    assert cards.register_start(risk_manager).url == "/registers/new/"
    assert cards.library_start(risk_manager) is None
    register = Register.objects.create(code="SVC", name_zh="服务", department=ops)
    assert cards.register_start(risk_manager) is None
    assert cards.library_start(risk_manager).url == "/library/"
    make_risk(register, by=risk_manager)
    assert cards.library_start(risk_manager) is None


def test_what_an_approver_and_a_filer_see_beside_it(
    register, risk_manager, second_manager, approver, staff_cleaning, clean, head_cleaning
):
    assert cards.without_plan(head_cleaning) is None
    assert cards.my_filings(staff_cleaning) is None
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    section = cards.without_plan(head_cleaning)
    assert (section.count, section.url) == (1, "/risks/?view=no_plan")
    file_proposal(by=staff_cleaning, client_uuid=uuid4(), text="绳子断了", department=clean)
    assert cards.my_filings(staff_cleaning) is not None
