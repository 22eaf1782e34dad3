from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from incidents.models import ExposureMonth
from incidents.services.exposure import correct_exposure, enter_exposure
from registers.models import ServiceLine
from riskhub.audit.models import AuditEvent
from riskhub.audit.versions import StaleVersion
from tests.incidents.recording import errors_of, take

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def line(db):
    return ServiceLine.objects.get(code="cleaning")


def months(*rows, by):
    return take(*rows, kind="months", source="erp", by=by)


def march(**fields):
    return {"month": "2026-03", "service_line": "cleaning", "orders": 1200} | fields


def test_a_month_is_entered_once_and_corrected_in_place(line, risk_manager):
    entered = enter_exposure(line, date(2026, 3, 17), by=risk_manager, orders=1200)
    assert (entered.month, entered.orders, entered.care_days, entered.origin) == (
        MARCH,
        1200,
        None,
        "",
    )
    with pytest.raises(ValidationError) as refused:
        enter_exposure(line, MARCH, by=risk_manager, orders=1)
    assert refused.value.message_dict == {"month": ["该月已有 1200 单。请在列表中更正。"]}
    correct_exposure(entered, by=risk_manager, version=1, orders=1300, care_days=0)
    with pytest.raises(StaleVersion):
        correct_exposure(entered, by=risk_manager, version=1, orders=1)
    stored = ExposureMonth.objects.get()
    assert (stored.orders, stored.care_days, stored.row_version) == (1300, 0, 2)
    acts = AuditEvent.objects.filter(object_type="incidents_exposuremonth").order_by("pk")
    assert list(acts.values_list("action", flat=True)) == ["exposure.entered", "exposure.corrected"]


def test_the_database_keeps_one_figure_for_each_month(line, risk_manager):
    enter_exposure(line, MARCH, by=risk_manager, orders=1200)
    enter_exposure(line, date(2026, 4, 1), by=risk_manager, orders=1200)
    april = ExposureMonth.objects.filter(month=date(2026, 4, 1))
    for wrong in ({"month": MARCH}, {"month": date(2026, 4, 2)}, {"orders": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            april.update(**wrong)


def test_a_file_brings_replaces_and_leaves_what_is_the_same(line, risk_manager):
    enter_exposure(line, MARCH, by=risk_manager, orders=1000)
    rows = (march(), march(month="2026年4月", orders="900", care_days="30"), march(orders=7))
    found = months(*rows, by=risk_manager)
    assert [(one.outcome, [str(said) for said in one.messages]) for one in found] == [
        ("create", ["替换原有的 1000 单。"]),
        ("create", []),
        ("error", ["该业务线的这个月在第 1 行已出现。"]),
    ]
    assert list(ExposureMonth.objects.values_list("month", "orders", "care_days", "origin")) == [
        (date(2026, 4, 1), 900, 30, "erp"), (MARCH, 1200, None, "erp"),
    ]  # fmt: skip
    assert ExposureMonth.objects.get(month=MARCH).row_version == 2
    assert [one.outcome for one in months(*rows[:2], by=risk_manager)] == ["same", "same"]
    assert ExposureMonth.objects.get(month=MARCH).row_version == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"month": ""}, "缺少月份。"),
        ({"month": "2026-13"}, "月份：“2026-13”不是月份。请写成 2026-03。"),
        ({"month": "2999-01"}, "月份：“2999-01”在将来，或早于 1990 年。"),
        ({"orders": ""}, "缺少订单数。"),
        ({"orders": "-3"}, "订单数：“-3”不是 0 到 100000000 的整数。"),
        ({"service_line": "flying"}, "业务线：系统中没有“flying”。"),
    ],
)
def test_what_cannot_be_taken(db, fields, words):
    assert errors_of(march(**fields), kind="months") == [[words]]
