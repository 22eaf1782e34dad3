"""The table of departments: each number is that of the list to which it leads."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from registers.models import Risk, RiskProposal
from registers.services import decline_proposal, file_proposal
from registers.supervision import check_columns, filing_columns, risk_columns
from riskhub.oversight.supervision import Part, columns_for, lines_of, supervised_by
from tests.builders import assess, check, make_control, make_risk

pytestmark = pytest.mark.django_db


def told(columns, label):
    return next(column for column in columns if str(column.label) == label)


@pytest.fixture(autouse=True)
def _english(in_english):
    pass


@pytest.fixture
def risks(register, risk_manager, second_manager, ops, clean, repair):
    """OPS has one that is bare, CLEAN a late one and a planned one, REPAIR one."""
    bare = make_risk(register, by=risk_manager, department=ops)
    assess(bare, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    late, planned, other = (
        make_risk(register, by=risk_manager, department=d) for d in (clean, clean, repair)
    )
    today = timezone.localdate()
    for risk, days in ((bare, None), (late, -1), (planned, 3), (other, 3)):
        day = today + timedelta(days=days) if days else None
        Risk.objects.filter(pk=risk.pk).update(next_review_on=day)


def test_each_number_is_that_of_its_list_children_and_all(risks, risk_manager, sign_in):
    columns = risk_columns(risk_manager)
    client, seen = sign_in(risk_manager), 0
    for line in lines_of(supervised_by(risk_manager), columns):
        for cell in line.cells:
            if cell.url:
                page = client.get(cell.url)
                assert (cell.url, page.context["page"].count) == (cell.url, cell.part.count)
                seen += cell.part.count
    assert seen == (3 + 1 + 1) + (2 + 1) + 1 + 1


def test_a_department_holds_its_parts(risks, risk_manager, ops, clean):
    columns = risk_columns(risk_manager)
    by_code = {line.department.code: line for line in lines_of([ops, clean], columns)}
    opened = [line.cells[0].part.count for line in (by_code["OPS"], by_code["CLEAN"])]
    assert opened == [3, 2]
    assert [by_code[code].depth for code in ("OPS", "CLEAN")] == [0, 1]


def test_the_share_in_time(risks, risk_manager, ops):
    share = told(risk_columns(risk_manager), "Reviews in time")
    (line,) = lines_of([ops], [share])
    assert (line.cells[0].part, line.cells[0].percent) == (Part(0, 0), None)
    lines = lines_of(supervised_by(risk_manager), [share])
    cells = {line.department.code: line.cells[0] for line in lines}
    assert (cells["OPS"].part, cells["OPS"].percent) == (Part(1, 2), 50)


def test_of_others_nothing_is_counted(risks, head_cleaning):
    counted = told(risk_columns(head_cleaning), "Open risks").parts
    assert sum(part.count for part in counted.values()) == 3
    assert {row.code for row in supervised_by(head_cleaning)} == {"OPS", "CLEAN"}


def test_filings_decided_in_time(staff_cleaning, risk_manager, clean):
    filed = [
        file_proposal(by=staff_cleaning, client_uuid=uuid4(), text=f"{n}", department=clean)[0]
        for n in range(4)
    ]
    ago = timezone.now() - timedelta(days=20)
    for one in filed[1:]:
        RiskProposal.objects.filter(pk=one.pk).update(submitted_at=ago)
    decline_proposal(filed[1], by=risk_manager, reason="晚了")
    RiskProposal.objects.filter(pk=filed[2].pk).update(submitted_at=timezone.now())
    decline_proposal(filed[2], by=risk_manager, reason="及时")
    columns = filing_columns(risk_manager)
    assert told(columns, "Filings").parts == {clean.pk: Part(4)}
    assert told(columns, "Decided within 7 days").parts == {clean.pk: Part(1, 3)}


def test_checks_late_and_in_time(risk_manager, ops):
    control = make_control(ops, by=risk_manager)
    assert told(check_columns(risk_manager), "Checks overdue").parts == {}
    check(control, by=risk_manager)
    columns = check_columns(risk_manager)
    assert told(columns, "Checks in time").parts == {ops.pk: Part(1, 1)}


def test_the_whole_table_costs_the_same_whatever_there_is(
    risks, risk_manager, register, clean, django_assert_num_queries
):
    risk_manager.roles  # noqa: B018 - read once a request
    with django_assert_num_queries(8):
        columns_for(risk_manager)
    for _n in range(3):
        make_risk(register, by=risk_manager, department=clean)
    with django_assert_num_queries(8):
        columns_for(risk_manager)
