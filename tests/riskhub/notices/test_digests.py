"""One mail a day about what can wait, once, in each one's language and at each one's hour."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from riskhub.accounts.services import create_user
from riskhub.audit.models import AuditEvent
from riskhub.company.services import set_preference
from riskhub.notices.letters import MOST_LINES
from riskhub.notices.models import DigestTime, Notice
from riskhub.notices.services import (
    DIGEST,
    derive_digests,
    last_time,
    mail_digest,
    notify,
    read_notice,
    subscribe,
)
from riskhub.work.models import Work
from riskhub.work.services import drain_work, sweep_work

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 8, 3, 12, tzinfo=CHINA)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def tell(*people, dedupe="a", kind="report_ready", period="2026Q3"):
    notify(people, by=None, kind=kind, params={"period": period}, url="/risks/", dedupe=dedupe)


def hour(hours, day=4):
    return datetime(2026, 8, day, hours, tzinfo=CHINA)


def test_nothing_before_the_hour_and_one_mail_after_it(approver, clock):
    tell(approver, dedupe="a", period="一")
    tell(approver, dedupe="b", period="二")
    clock.move_to(hour(8) - timedelta(seconds=1))
    sweep_work()
    assert mail.outbox == []
    clock.move_to(hour(8))
    for _n in range(3):
        sweep_work()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["ma@example.com"], "8月4日：2 条通知")
    assert [words in message.body for words in ("一 报告", "二 报告")] == [True, True]
    assert message.extra_headers["Message-ID"] == f"<digest-{approver.pk}-2026-08-04@riskhub>"
    assert set(Notice.objects.values_list("digest_on", "mailed_at")) == {
        (date(2026, 8, 4), hour(8))
    }
    event = AuditEvent.objects.about(Notice.objects.first()).first()
    assert (event.action, event.actor_name) == ("notice.mailed", "system")


def test_the_next_one_has_what_came_since(approver, clock):
    tell(approver, dedupe="a")
    clock.move_to(hour(9))
    sweep_work()
    tell(approver, dedupe="b", period="2026Q4")
    clock.move_to(hour(9, day=5))
    sweep_work()
    assert [message.subject for message in mail.outbox] == [
        "2026Q3 报告已生成", "2026Q4 报告已生成",
    ]  # fmt: skip
    clock.move_to(hour(9, day=9))
    sweep_work()
    assert len(mail.outbox) == 2


def test_after_days_without_a_scheduler_one_mail_with_all(approver, clock):
    for day in (3, 4, 5):
        clock.move_to(hour(12, day=day))
        tell(approver, dedupe=f"{day}")
    clock.move_to(hour(7, day=7))
    sweep_work()
    assert [message.subject for message in mail.outbox] == ["8月6日：3 条通知"]


def test_what_was_read_meanwhile_is_not_told_again(approver, clock):
    tell(approver, dedupe="a")
    tell(approver, dedupe="b", period="2026Q4")
    read_notice(Notice.objects.get(dedupe="a"), by=approver)
    clock.move_to(hour(8))
    sweep_work()
    assert [message.subject for message in mail.outbox] == ["2026Q4 报告已生成"]


def test_no_mail_where_all_was_read(approver, clock):
    tell(approver)
    read_notice(Notice.objects.get(), by=approver)
    clock.move_to(hour(8))
    assert sweep_work() >= 1
    assert mail.outbox == []


def test_each_at_their_hour_and_in_their_language(approver, risk_manager, clock):
    approver.locale = "en"
    approver.save()
    risk_manager.email = "chen@example.com"
    risk_manager.save()
    DigestTime.objects.create(user=risk_manager, hour=18)
    tell(approver, risk_manager, dedupe="a")
    tell(approver, risk_manager, dedupe="b")
    clock.move_to(NOON.replace(hour=18))
    sweep_work()
    clock.move_to(hour(8))
    sweep_work()
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["chen@example.com"], "8月3日：2 条通知"), (["ma@example.com"], "2 notices, 4 Aug"),
    ]  # fmt: skip


def test_another_hour_on_the_same_day_makes_no_second_mail_and_loses_nothing(approver, clock):
    tell(approver, dedupe="a")
    clock.move_to(hour(8))
    sweep_work()
    tell(approver, dedupe="b", period="2026Q4")
    subscribe(approver, by=approver, deliveries={}, hour=20, locale="zh-hans")
    clock.move_to(hour(20))
    sweep_work()
    assert len(mail.outbox) == 1
    clock.move_to(hour(20, day=5))
    sweep_work()
    assert [message.subject for message in mail.outbox[1:]] == ["2026Q4 报告已生成"]


def test_in_the_zone_of_the_company(approver, clock):
    set_preference("time_zone", "Europe/London", by=None)
    tell(approver)
    eight = datetime(2026, 8, 3, 8, tzinfo=ZoneInfo("Europe/London"))
    clock.move_to(eight - timedelta(seconds=1))
    sweep_work()
    assert mail.outbox == []
    clock.move_to(eight)
    sweep_work()
    assert len(mail.outbox) == 1


def test_who_has_left_gets_none(approver, clock):
    tell(approver)
    approver.is_active = False
    approver.save()
    clock.move_to(hour(8))
    sweep_work()
    assert (mail.outbox, Work.objects.filter(kind=DIGEST).count()) == ([], 0)
    Notice.objects.update(digest_on=date(2026, 8, 4))
    mail_digest(approver, date(2026, 8, 4))
    assert mail.outbox == []


def test_who_has_no_address_is_told_in_the_app_only(auditor, clock):
    tell(auditor)
    clock.move_to(hour(8))
    sweep_work()
    assert (Notice.objects.get().delivery, Work.objects.filter(kind=DIGEST).count()) == ("bell", 0)


def test_many_are_counted(approver, clock, settings):
    settings.PUBLIC_URL = "https://risk.example.com"
    for number in range(MOST_LINES + 3):
        tell(approver, dedupe=f"{number}")
    clock.move_to(hour(8))
    sweep_work()
    (message,) = mail.outbox
    assert message.subject == f"8月4日：{MOST_LINES + 3} 条通知"
    for text in (message.body, message.alternatives[0].content):
        assert "还有 3 条通知" in text
        assert "https://risk.example.com/notices/" in text
        assert text.count("/risks/") == MOST_LINES


def test_what_comes_while_it_is_owed_goes_with_the_next(approver, clock):
    """The mail says at each attempt what it said at the first."""
    tell(approver, dedupe="a")
    clock.move_to(hour(8))
    derive_digests()
    tell(approver, dedupe="b")
    drain_work()
    assert [message.subject for message in mail.outbox] == ["2026Q3 报告已生成"]
    assert Notice.objects.get(dedupe="b").digest_on is None


def test_looking_takes_as_much_for_many(approver, clock, django_assert_num_queries):
    people = [
        create_user(username=f"u{n}", display_name=f"u{n}", email=f"u{n}@example.com", by=None)
        for n in range(3)
    ]
    tell(approver)
    with django_assert_num_queries(6):
        derive_digests()
    tell(*people, dedupe="b")
    with django_assert_num_queries(6):
        derive_digests()


@pytest.mark.parametrize(
    ("wanted", "found"), [(12, NOON), (13, NOON.replace(day=2, hour=13)), (0, NOON.replace(hour=0))]
)
def test_when_it_last_was_that_hour(wanted, found):
    assert last_time(wanted, NOON) == found
    assert timezone.is_aware(last_time(wanted, NOON))
