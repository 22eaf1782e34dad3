from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from incidents.complaints.secrets import fits
from incidents.models import Complaint, ComplaintCategory
from incidents.records.outcomes import count_outcomes
from incidents.services.complaint_notices import derive_late_clocks
from incidents.services.record_import import check_records
from riskhub.audit.models import AuditEvent
from riskhub.imports.sheets import Flaw
from riskhub.notices.models import Notice
from riskhub.work.models import Work
from tests.incidents.complaining import CHEN, make_complaint
from tests.incidents.recording import batch, errors_of, take, told

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")


def at(*moment):
    return datetime(*moment, tzinfo=ZONE)


def test_a_closed_complaint_keeps_its_moments(risk_manager):
    record = told(
        subject="厨房", replied_at="2024-03-01 10:00", reply="已致电", closed_at="2024-03-05 12:00",
        closed_reason="已赔付", order_ref="DD-1", channel="电话", satisfaction="4",
    )  # fmt: skip
    [found] = take(record, by=risk_manager)
    complaint = Complaint.objects.get(code=found.code)
    assert (found.outcome, complaint.code, complaint.state) == ("create", "C-2024-0001", "closed")
    assert (complaint.text, complaint.closed_reason) == ("厨房\n漏水", "已赔付")
    assert complaint.received_at == at(2024, 3, 1, 9)
    assert complaint.first_contact_at == at(2024, 3, 1, 10)
    assert complaint.closed_at == at(2024, 3, 5, 12)
    assert (complaint.source, complaint.external_id, complaint.channel) == ("crm", "1", "phone")
    assert (complaint.satisfaction, complaint.severity.code) == (4, "S3")
    message = complaint.messages.get()
    assert (message.text, message.at, message.author) == (
        "已致电", complaint.first_contact_at, risk_manager,
    )  # fmt: skip


def test_nobody_is_told_and_no_clock_runs(risk_manager, service):
    take(told(), told(external_id="2", closed_at="2024-03-02 09:00"), by=risk_manager)
    derive_late_clocks()
    assert (Notice.objects.count(), Work.objects.count()) == (0, 0)


def test_a_clock_that_runs_out_after_the_import_is_told(risk_manager, service, time_machine):
    time_machine.move_to(at(2026, 3, 2, 10), tick=False)
    take(told(received_at="2026-03-02 09:59"), by=risk_manager)
    time_machine.move_to(at(2026, 3, 20, 10), tick=False)
    derive_late_clocks()
    assert Work.objects.filter(kind="complaint.late").count() == 3


def test_the_same_number_of_the_same_source_comes_in_once(risk_manager):
    take(told(), by=risk_manager)
    again, twice, other = take(
        told(text="另一件事"), told(external_id="2"), told(external_id="2"), by=risk_manager
    )
    assert [one.outcome for one in (again, twice, other)] == ["same", "create", "error"]
    assert again.code == "C-2024-0001"
    assert [str(one) for one in other.messages] == ["该编号在第 2 行已出现。"]
    [elsewhere] = take(told(), source="12315", by=risk_manager)
    assert elsewhere.outcome == "create"
    assert Complaint.objects.get(code="C-2024-0001").text == "漏水"


def test_the_database_keeps_the_number_unique_and_whole(risk_manager):
    take(told(), told(external_id="2"), by=risk_manager)
    rows = Complaint.objects.filter(external_id="2")
    for wrong in ({"external_id": "1"}, {"external_id": ""}, {"imported_at": None}, {"source": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_numbers_of_their_year_in_the_order_in_which_they_came(risk_manager):
    records = [
        told(external_id=str(number), received_at=moment)
        for number, moment in enumerate(("2024-05-01", "2023-01-01", "2024-01-01"))
    ]
    found = take(*records, by=risk_manager)
    assert [one.code for one in found] == ["C-2024-0002", "C-2023-0001", "C-2024-0001"]


def test_repeats_are_found_by_contact_order_and_number_of_the_customer(risk_manager):
    before = make_complaint(contact=CHEN, received_at=at(2024, 2, 1, 9))
    records = [
        told(external_id="1", contact_phone="13812345678", order_ref="DD-9"),
        told(external_id="2", received_at="2024-03-10", order_ref="DD-9", customer="K7"),
        told(external_id="3", received_at="2024-03-20", customer="K7"),
        told(external_id="4", received_at="2024-08-20", customer="K7"),
        told(external_id="5", received_at="2024-03-21", customer="K8"),
    ]
    take(*records, by=risk_manager)
    codes = dict(Complaint.objects.values_list("external_id", "repeat_of__code"))
    assert codes == {
        "": None, "1": before.code, "2": "C-2024-0002", "3": "C-2024-0003", "4": None, "5": None,
    }  # fmt: skip


def test_contacts_are_sealed_and_the_number_of_the_customer_is_not_kept(risk_manager):
    record = told(
        contact_name="王小明", contact_phone="138 1234 5678", contact_email="c@example.com",
        contact_address="长宁路 1 号", customer="K-4711",
    )  # fmt: skip
    take(record, by=risk_manager)
    complaint = Complaint.objects.get()
    assert (complaint.contact_name, complaint.contact_address) == ("王小明", "长宁路 1 号")
    assert len(complaint.contact_hashes) == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(c)::text FROM incidents_complaint c")
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(to_jsonb(e)::text, '') FROM audit_auditevent e")
        stored += cursor.fetchone()[0]
    for told_there in ("王小明", "12345678", "*5678", "c@example.com", "长宁路", "K-4711"):
        assert told_there not in stored


def test_no_secret_opens_it(risk_manager):
    take(told(), by=risk_manager)
    complaint = Complaint.objects.get()
    assert not fits(complaint.secret_hash, complaint.code, "")


def test_a_long_reply_stays_whole(risk_manager):
    take(told(reply="答" * 4500, replied_at="2024-03-02"), by=risk_manager)
    messages = Complaint.objects.get().messages.order_by("pk")
    assert [len(one.text) for one in messages] == [2000, 2000, 500]


def test_what_is_closed_without_a_reason_says_where(risk_manager):
    take(
        told(closed_at="2024-03-02"),
        told(external_id="2", replied_at="2024-03-02"),
        by=risk_manager,
    )
    first, second = Complaint.objects.order_by("external_id")
    assert (first.closed_reason, second.state) == ("已在来源系统(crm)关闭。", "contacted")


def test_the_category_says_the_severity_and_the_batch_what_is_left_out(risk_manager, clean):
    category = ComplaintCategory.objects.get(code="damage_water")
    record = told(category=category.name_zh, channel="")
    defaults = {"channel": "hotline_12315", "department": clean.code}
    [found] = take(record, by=risk_manager, defaults=defaults)
    complaint = Complaint.objects.get(code=found.code)
    assert (complaint.category, complaint.severity) == (category, category.severity)
    assert (complaint.channel, complaint.department) == ("hotline_12315", clean)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"external_id": ""}, "缺少来源编号。"),
        ({"text": " "}, "缺少内容。"),
        ({"received_at": ""}, "缺少收到时间。"),
        ({"received_at": "3/4/2016"}, "收到时间：“3/4/2016”是日在前还是月在前？"),
        ({"received_at": "2999-01-01"}, "收到时间：“2999-01-01”在将来，或早于 1990 年。"),
        ({"replied_at": "2024-02-01"}, "首次联系时间早于收到时间。"),
        ({"closed_at": "2024-02-01"}, "关闭时间早于收到时间。"),
        ({"reply": "好"}, "答复：请写明答复的时间。"),
        ({"channel": "fax"}, "渠道：系统中没有“fax”。"),
        ({"satisfaction": "6"}, "满意度(1 到 5)：“6”不是 1 到 5 的整数。"),
        ({"text": "漏" * 4001}, "内容有 4001 个字，最多保留 4000 个。请缩短。"),
        ({"subject": "主题", "text": "漏" * 3999}, "主题与内容合计超过 4000 个字。请缩短。"),
        ({"text": "锟斤拷"}, "内容因编码错误已损坏。请把原文件重新存为 .xlsx,或 UTF-8 编码的 CSV。"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_by_its_field(fields, words):
    assert errors_of(told(**fields)) == [[words]]


def test_the_dry_run_writes_nothing_and_asks_as_often_for_one_as_for_many(
    django_assert_num_queries, risk_manager
):
    with django_assert_num_queries(8):
        check_records(batch(told()))
    records = [told(external_id=str(number)) for number in range(30)]
    with django_assert_num_queries(8):
        found = check_records(batch(*records))
    assert count_outcomes(found) == {"create": 30, "same": 0, "error": 0}
    assert Complaint.objects.count() == 0


def test_the_audit_names_each_record_and_the_import(risk_manager):
    take(told(), told(external_id="2"), told(external_id="3", channel="fax"), by=risk_manager)
    rows = AuditEvent.objects.filter(object_type="incidents_complaint")
    acts = list(rows.order_by("pk").values_list("action", "actor_name", "object_label"))
    assert [act[0] for act in acts] == [
        "complaint.imported",
        "complaint.imported",
        "records.imported",
    ]
    assert acts[-1][1:] == (risk_manager.display_name, "crm")
    details = rows.get(action="records.imported").after
    assert details == {"create": 2, "same": 0, "error": 1}


def test_a_formula_without_a_value_is_told(risk_manager):
    assert errors_of(told(order_ref=Flaw("#REF!"))) == [["订单的单元格是 #REF!，没有值。"]]
