from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from assessments.models import ReassessmentTask
from incidents.models import Incident
from incidents.services.record_import import check_records
from incidents.services.record_runs import preview_records
from registers.models import Risk
from riskhub.audit.models import AuditEvent
from riskhub.notices.models import Notice
from tests.incidents.recording import batch, errors_of, take, uploaded

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")


def told(**fields):
    return {
        "external_id": "1", "text": "老人滑倒", "occurred_at": "2024-03-01 09:00", "kind": "accident",
        "department": "CLEAN",
    } | fields  # fmt: skip


def take_one(record, **fields):
    [found] = take(record, kind="incidents", **fields)
    return Incident.objects.get(code=found.code)


def errors(record, **fields):
    return errors_of(record, kind="incidents", **fields)[0]


def test_an_open_one_comes_in_as_reported(risk_manager, clean):
    incident = take_one(
        told(
            subject="浴室", place="卫生间", actual_severity=2, potential_severity="4",
            immediate_action="冰敷", reported_at="2024-03-02",
        ),
        by=risk_manager,
    )  # fmt: skip
    assert (incident.code, incident.state, incident.text) == (
        "I-2024-0001",
        "reported",
        "浴室\n老人滑倒",
    )
    assert (incident.actual_severity, incident.potential_severity) == (2, 4)
    assert incident.reported_at == datetime(2024, 3, 2, tzinfo=ZONE)
    assert (incident.department, incident.reporter, incident.place) == (clean, None, "卫生间")
    assert (Notice.objects.count(), incident.risk_links.count()) == (0, 0)


def test_a_closed_one_names_cause_and_risk(risk_manager, clean, risk):
    record = told(
        closed_at="2024-04-01", root_cause="灯坏了", risk=risk.code.lower(), known_before="否"
    )
    incident = take_one(record, by=risk_manager)
    link = incident.risk_links.get()
    assert (incident.state, incident.closed_at) == ("closed", datetime(2024, 4, 1, tzinfo=ZONE))
    assert incident.reported_at == incident.occurred_at
    assert (link.risk, link.known_before, link.confirmed_by) == (risk, False, risk_manager)
    assert ReassessmentTask.objects.count() == 0


@pytest.mark.parametrize(("day", "known"), [(date(2024, 3, 1), True), (date(2024, 3, 2), False)])
def test_known_before_is_what_the_register_says(risk_manager, clean, risk, day, known):
    Risk.objects.filter(pk=risk.pk).update(reported_on=day)
    incident = take_one(told(risk=risk.code), by=risk_manager)
    assert incident.risk_links.get().known_before is known


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": ""}, ["缺少类型。"]),
        ({"department": "NONE"}, ["部门：系统中没有“NONE”。"]),
        ({"occurred_at": ""}, ["缺少发生时间。"]),
        (
            {"closed_at": "2024-04-01"},
            ["缺少根本原因：已结案的须写明原因和风险。", "缺少风险：已结案的须写明原因和风险。"],
        ),
        ({"reported_at": "2024-02-01"}, ["上报时间早于发生时间。"]),
        ({"risk": "R999"}, ["风险：系统中没有“R999”。"]),
        ({"actual_severity": 4, "potential_severity": 2}, ["可能的严重程度低于实际后果。"]),
    ],
)  # fmt: skip
def test_what_cannot_be_taken(clean, fields, words):
    assert errors(told(**fields)) == words


def test_kind_and_department_may_be_said_once_for_all(risk_manager, clean):
    defaults = {"kind": "near_miss", "department": clean.code}
    incident = take_one(told(kind="", department=""), by=risk_manager, defaults=defaults)
    assert (incident.kind.code, incident.department) == ("near_miss", clean)


def test_each_comes_in_once(risk_manager, clean):
    first = take_one(told(), by=risk_manager)
    [again] = take(told(text="另一件"), kind="incidents", by=risk_manager)
    assert (again.outcome, again.code) == ("same", first.code)
    other = take_one(told(), by=risk_manager, source="12315")
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=other.pk).update(source="crm")


def test_from_a_file(risk_manager, clean):
    rows = [
        ["事件编号", "事故经过", "发生时间", "类型", "部门"],
        ["7", "滑倒", "2024/3/1", "accident", clean.name_zh],
    ]
    preview = preview_records(uploaded(rows, by=risk_manager, kind="incidents"))
    assert preview.counts == {"create": 1, "same": 0, "error": 0}


def test_as_many_queries_for_many_as_for_one(clean, risk, django_assert_num_queries):
    with django_assert_num_queries(9):
        check_records(batch(told(risk=risk.code), kind="incidents"))
    records = [told(external_id=str(number), risk=risk.code) for number in range(20)]
    with django_assert_num_queries(9):
        check_records(batch(*records, kind="incidents"))


def test_the_audit_names_each(risk_manager, clean):
    take_one(told(), by=risk_manager)
    rows = AuditEvent.objects.filter(object_type="incidents_incident").order_by("pk")
    assert list(rows.values_list("action", flat=True)) == ["incident.imported", "records.imported"]
