from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents.incidents.choices import LossKind
from incidents.models import Complaint, Incident, LossEntry
from incidents.services import CUSTOMER
from incidents.services.exposure import enter_exposure
from incidents.services.offers import answer_offer
from incidents.statistics.figures import figures_of
from incidents.statistics.scope import Scope, next_month
from registers.models import ServiceLine
from tests.incidents.complaining import CHEN, contact, make_at, make_closed, make_complaint
from tests.incidents.recording import take, told
from tests.incidents.reporting import make_incident, make_incident_at

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def scope(user, since=None, until=None, **facts):
    today = timezone.localdate()
    return Scope(user, ZONE, since or today - timedelta(days=30), until or today, **facts)


def figures(user, *days, **facts):
    found = figures_of(scope(user, *days, **facts), timezone.now())
    return {(one.section, one.name): one for one in found}


def value(found, section, name):
    one = found[section, name]
    return one.value, one.out_of, one.share


def row(found, section, name):
    one = found[section, name]
    return one.orders, one.complaints, one.complaint_rate, one.incidents, one.incident_rate


def test_counts_repeats_and_offers(risk_manager, service, risk):
    make_complaint(contact=CHEN)
    make_complaint("又漏了", contact=CHEN)
    offered = make_at("offered", risk_manager)
    answer_offer(offered.offers.get(), by=CUSTOMER, accepted=False)
    make_closed(risk_manager, risk)
    found = figures(service)
    assert value(found, "投诉", "收到") == (4, None, None)
    assert value(found, "投诉", "未结束") == (3, 4, Decimal("75.0"))
    assert value(found, "投诉", "同一客户或订单再次投诉") == (1, 4, Decimal("25.0"))
    assert value(found, "投诉", "已提出方案") == (2, None, None)
    assert value(found, "投诉", "已接受的方案(占已答复的)") == (1, 2, Decimal("50.0"))


def test_clocks_that_were_kept_and_missed(service, time_machine):
    now = datetime(2027, 3, 2, 10, tzinfo=ZONE)
    time_machine.move_to(now, tick=False)
    kept, _waits = make_complaint(), make_complaint("二")
    contact(kept, service)
    late = make_complaint("三", received_at=now - timedelta(days=20))
    contact(late, service)
    make_complaint("四", received_at=now - timedelta(days=20))
    found = figures(service)
    assert value(found, "守时情况", "首次联系") == (1, 3, Decimal("33.3"))
    assert value(found, "守时情况", "方案") == (0, 2, Decimal("0.0"))


def test_what_nobody_wrote_down_is_neither_kept_nor_missed(risk_manager):
    take(told(closed_at="2024-03-01 12:00"), by=risk_manager)
    found = figures(risk_manager, *YEAR)
    assert value(found, "守时情况", "首次联系") == (0, 0, None)
    assert value(found, "守时情况", "结案") == (1, 1, Decimal("100.0"))


def lose(thing, kind, amount, **facts):
    name = "incident" if isinstance(thing, Incident) else "complaint"
    return LossEntry.objects.create(
        **{name: thing}, kind=kind, amount=amount, booked_on=timezone.localdate(),
        client_uuid=thing.client_uuid.__class__(int=LossEntry.objects.count() + 1), **facts,
    )  # fmt: skip


def test_losses_and_those_on_risks_that_stood_nowhere(risk_manager, clean, risk):
    known = make_incident_at("closed", clean, risk_manager, risk)
    unknown = make_incident_at("closed", clean, risk_manager, risk)
    unknown.risk_links.update(known_before=False)
    free, complaint = make_incident(clean, risk_manager), make_complaint()
    lose(known, LossKind.DAMAGE, 3000)
    lose(known, LossKind.INSURER, 500)
    lose(unknown, LossKind.MEDICAL, 1000)
    lose(free, LossKind.FINE, 50)
    lose(complaint, LossKind.REFUND, 10)
    lose(free, LossKind.FINE, 7777, withdrawn_reason="记错")
    found = figures(risk_manager)
    assert value(found, "损失(元)", "总额")[0] == 4060
    assert value(found, "损失(元)", "已追回") == (500, 4060, Decimal("12.3"))
    assert value(found, "损失(元)", "净额")[0] == 3560
    words = "登记册此前没有的风险所致总额(占已指明风险的)"
    assert value(found, "损失(元)", words) == (1000, 4000, Decimal("25.0"))
    assert value(found, "事故与未遂事件", "没有金额：不计入下面的损失") == (0, 3, Decimal("0.0"))


def test_an_unknown_loss_is_empty_and_never_0(risk_manager, clean):
    make_incident(clean, risk_manager, hurt=["customer"])
    make_incident(clean, risk_manager, kind="near_miss")
    found = figures(risk_manager)
    for name in ("总额", "已追回", "净额", "登记册此前没有的风险所致总额(占已指明风险的)"):
        assert value(found, "损失(元)", name)[0] is None
    assert value(found, "事故与未遂事件", "已上报") == (2, None, None)
    assert value(found, "事故与未遂事件", "其中未遂事件") == (1, 2, Decimal("50.0"))
    assert value(found, "事故与未遂事件", "受伤人数") == (1, None, None)
    assert value(found, "事故与未遂事件", "没有金额：不计入下面的损失") == (2, 2, Decimal("100.0"))


def test_rates_count_whole_months_that_have_their_orders(risk_manager, clean):
    line = ServiceLine.objects.get(code="cleaning")
    enter_exposure(line, date(2024, 3, 1), by=risk_manager, orders=2000)
    enter_exposure(line, date(2024, 5, 1), by=risk_manager, orders=0)
    records = [
        told(external_id=str(number), received_at=moment, service_line="cleaning")
        for number, moment in enumerate(
            ("2024-03-01", "2024-03-31 23:59", "2024-04-01", "2024-05-02")
        )
    ]
    take(*records, told(external_id="9", received_at="2024-03-05"), by=risk_manager)
    happened = {
        "text": "滑倒",
        "kind": "accident",
        "department": "CLEAN",
        "service_line": "cleaning",
    }
    take(
        {"external_id": "1", "occurred_at": "2024-03-10"} | happened,
        kind="incidents",
        by=risk_manager,
    )
    found = figures(risk_manager, *YEAR)
    assert row(found, "按业务线", line.name) == (2000, 4, Decimal("1.50"), 1, Decimal("0.50"))
    assert row(found, "按业务线", "未注明业务线") == (None, 1, None, 0, None)
    assert row(found, "按月份", "2024-03") == (2000, 3, Decimal("1.50"), 1, Decimal("0.50"))
    assert row(found, "按月份", "2024-04") == (None, 1, None, 0, None)
    assert row(found, "按月份", "2024-05") == (0, 1, None, 0, None)
    part = figures(risk_manager, date(2024, 3, 2), date(2024, 3, 31))
    assert row(part, "按月份", "2024-03") == (None, 2, None, 1, None)
    other = ServiceLine.objects.get(code="repair")
    assert ("按月份", "2024-03") not in figures(risk_manager, *YEAR, line=other.pk)


def test_orders_say_nothing_of_one_department(risk_manager, clean, head_cleaning):
    line = ServiceLine.objects.get(code="cleaning")
    today = timezone.localdate()
    enter_exposure(line, today, by=risk_manager, orders=2000)
    whole = today.replace(day=1), next_month(today) - timedelta(days=1)
    make_incident(clean, risk_manager)
    Incident.objects.update(service_line=line)
    assert row(figures(risk_manager, *whole), "按业务线", line.name)[0] == 2000
    mine = figures(risk_manager, *whole, departments=frozenset({clean.pk}))
    assert row(mine, "按业务线", line.name) == (None, 0, None, 1, None)
    assert row(figures(head_cleaning, *whole), "按业务线", line.name)[0] is None


def test_each_sees_what_they_read(service, head_repair, risk_manager, clean):
    make_incident(clean, risk_manager)
    Complaint.objects.filter(pk=make_complaint().pk).update(department=clean)
    sections = {section for section, _name in figures(service)}
    assert "投诉" in sections
    assert "事故与未遂事件" not in sections
    theirs = figures(head_repair)
    assert value(theirs, "投诉", "收到")[0] == 0
    assert value(theirs, "事故与未遂事件", "已上报")[0] == 0


def test_as_many_queries_for_many_as_for_one(risk_manager, clean):
    make_incident(clean, risk_manager)
    make_complaint()
    queries(risk_manager)
    one = queries(risk_manager)
    for _more in range(3):
        make_incident(clean, risk_manager)
        make_complaint()
    assert queries(risk_manager) == one


def queries(user):
    with CaptureQueriesContext(connection) as found:
        figures(user)
    return len(found)


def test_losses_by_the_quarter_in_which_it_happened(risk_manager, clean):
    spring = make_incident(clean, risk_manager, occurred_at=datetime(2024, 3, 31, 12, tzinfo=ZONE))
    summer = make_incident(clean, risk_manager, occurred_at=datetime(2024, 4, 1, 0, 5, tzinfo=ZONE))
    back = make_incident(clean, risk_manager, occurred_at=datetime(2024, 11, 1, tzinfo=ZONE))
    for thing, kind, amount in (
        (spring, "damage", 100), (spring, "insurer", 30), (summer, "fine", 50), (back, "insurer", 5),
    ):  # fmt: skip
        lose(thing, kind, amount)
    found = figures(risk_manager, *YEAR)
    section = "各季度损失：净额，占总额（元）"
    quarters = {name: value(found, part, name)[:2] for part, name in found if part == section}
    assert quarters == {
        "2024 年第 1 季度": (70, 100), "2024 年第 2 季度": (50, 50), "2024 年第 4 季度": (None, None),
    }  # fmt: skip
