"""An import of records is taken back as a whole, or not at all."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incidents.models import Complaint, Incident, IncidentRisk
from incidents.services import CUSTOMER
from incidents.services.facts import add_fact
from incidents.services.handling import note_internally, take_complaint
from incidents.services.losses import book_loss
from incidents.services.record_runs import apply_records, start_records
from incidents.services.record_undoing import WorkedOn, undo_records, worked_on
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState
from riskhub.files.services import add_comment
from riskhub.notices.models import Notice
from tests.incidents.complaining import make_complaint
from tests.incidents.recording import HEADINGS, ROWS, uploaded

pytestmark = pytest.mark.django_db
WRONG = "列选错了"
SLIPPED = ["编号", "经过", "发生时间", "类型", "部门", "关闭时间", "原因", "风险"]


def applied(by, rows=ROWS, **fields):
    run = uploaded(rows, by=by, **fields)
    start_records(run, by=by, version=1)
    run.refresh_from_db()
    apply_records(run, by=by)
    run.refresh_from_db()
    return run


@pytest.fixture
def run(risk_manager):
    return applied(risk_manager)


@pytest.fixture
def slips(risk_manager, clean, risk):
    row = ["1", "滑倒", "2024-03-01", "accident", clean.code, "2024-03-02", "地湿", risk.code]
    return applied(risk_manager, [SLIPPED, row, ["2", *row[1:5], "", "", ""]], kind="incidents")


def test_nobody_sees_or_counts_what_it_brought(run, risk_manager, auditor):
    assert undo_records(run, by=risk_manager, reason=WRONG) == 2
    run.refresh_from_db()
    assert (run.state, run.undone_by, run.undone_reason) == ("undone", risk_manager, WRONG)
    assert list(Complaint.objects.visible_to(auditor)) == []
    gone = Complaint._base_manager.order_by("code")
    assert [one.code for one in gone] == ["C-2024-0001", "C-2024-0002"]
    assert {(one.contact_phone, *one.contact_hashes) for one in gone} == {("",)}
    assert all(one.taken_back_at and one.anonymised_at for one in gone)


def test_corrected_it_comes_in_anew_under_new_numbers(run, risk_manager):
    undo_records(run, by=risk_manager, reason=WRONG)
    again = applied(risk_manager, [HEADINGS, [*ROWS[1][:1], "卫生间漏水", *ROWS[1][2:]]])
    assert again.outcomes["create"] == 1
    assert list(Complaint.objects.values_list("code", "text")) == [("C-2024-0003", "卫生间漏水")]


def test_what_came_in_here_is_never_taken_back(db):
    complaint = make_complaint()
    with pytest.raises(IntegrityError), transaction.atomic(), acting(CUSTOMER, "complaint.edited"):
        Complaint.objects.filter(pk=complaint.pk).update(taken_back_at=timezone.now())


def test_incidents_go_with_their_risks(slips, risk_manager):
    assert undo_records(slips, by=risk_manager, reason=WRONG) == 2
    assert not Incident.objects.exists()
    assert not IncidentRisk.objects.visible_to(risk_manager).exists()


@pytest.mark.parametrize("touch", [
    lambda one, by: take_complaint(one, by=by),
    lambda one, by: note_internally(one, by=by, text="再看看", client_uuid=uuid4()),
    lambda one, by: book_loss(
        one, by=by, kind="refund", amount=Decimal(5), booked_on=timezone.localdate(), client_uuid=uuid4()
    ),
])  # fmt: skip
def test_what_was_worked_on_stays_and_with_it_all_of_them(run, risk_manager, touch):
    one = Complaint.objects.get(external_id="A-2")
    touch(one, risk_manager)
    assert worked_on(run) == [one.code]
    with pytest.raises(WorkedOn) as refused:
        undo_records(run, by=risk_manager, reason=WRONG)
    assert (refused.value.codes, str(refused.value)) == ([one.code], one.code)
    run.refresh_from_db()
    assert (run.state, Complaint.objects.count()) == ("applied", 2)


@pytest.mark.parametrize("touch", [
    lambda one, by: add_fact(one, by=by, at=one.occurred_at, text="有水", client_uuid=uuid4()),
    lambda one, by: add_comment(one, "再看看", by=by),
])  # fmt: skip
def test_so_does_an_incident(slips, risk_manager, touch):
    one = Incident.objects.get(external_id="2")
    touch(one, risk_manager)
    assert worked_on(slips) == [one.code]


def test_a_later_complaint_repeats_what_is_left(run, risk_manager):
    """The customer of the file called again, and once before the file came."""
    first = make_complaint("第一次", order_ref="DD-1")
    later = make_complaint("又漏了", order_ref="DD-1")
    for one, days in ((first, 3), (later, 1)):
        with acting(CUSTOMER, "complaint.edited"):
            Complaint.objects.filter(pk=one.pk).update(
                received_at=timezone.now() - timedelta(days=days),
                repeat_of=Complaint.objects.get(external_id="A-1"),
            )
    undo_records(run, by=risk_manager, reason=WRONG)
    assert dict(Complaint.objects.values_list("pk", "repeat_of")) == {
        first.pk: None, later.pk: first.pk,
    }  # fmt: skip


def test_a_reason_is_asked_for(run, risk_manager):
    with pytest.raises(ValidationError):
        undo_records(run, by=risk_manager, reason="  ")


def test_once_is_enough(run, risk_manager):
    undo_records(run, by=risk_manager, reason=WRONG)
    with pytest.raises(WrongState):
        undo_records(run, by=risk_manager, reason=WRONG)


def test_orders_of_a_month_are_corrected_by_hand(risk_manager):
    rows = [["月份", "服务线", "订单数"], ["2026-03", "cleaning", "1200"]]
    months = applied(risk_manager, rows, kind="months")
    with pytest.raises(WrongState):
        undo_records(months, by=risk_manager, reason=WRONG)


def test_whoever_brought_it_hears_what_became_of_it(run, risk_manager, second_manager):
    undo_records(run, by=second_manager, reason=WRONG)
    told = Notice.objects.filter(user=risk_manager).order_by("pk")
    assert list(told.values_list("kind", "url")) == [
        ("records_applied", f"/incidents/imports/{run.pk}/"),
        ("import_undone", f"/incidents/imports/{run.pk}/"),
    ]
