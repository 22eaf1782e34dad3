"""The mail server is down for a day: then all is sent, once, and one bad address blocks nobody."""

from collections import Counter
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from riskhub.accounts.services import create_user
from riskhub.notices.models import Notice
from riskhub.notices.services import notify
from riskhub.work.models import Work
from riskhub.work.services import BACKOFF, sweep_work

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 8, 3, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = timedelta(days=1)
BAD = "nobody@example.com"


class Unsteady(EmailBackend):
    """Down while `is_down`; afterwards it takes all but one address."""

    is_down = True

    def send_messages(self, messages):
        if Unsteady.is_down:
            raise ConnectionRefusedError("the mail server is down")
        for message in messages:
            if message.to == [BAD]:
                raise SMTPRecipientsRefused({BAD: (550, b"no such user")})
        return super().send_messages(messages)


@pytest.fixture
def clock(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Unsteady"
    monkeypatch.setattr(Unsteady, "is_down", True)
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def people(db):
    addresses = [BAD, *(f"p{n}@example.com" for n in range(4))]
    return [
        create_user(username=f"p{n}", display_name=f"p{n}", email=address, by=None)
        for n, address in enumerate(addresses)
    ]


def run(clock, until, people=(), *, each=timedelta(minutes=30)):
    """The clock goes on; each step something happens and a sweep looks."""
    number = 0
    while datetime.now(tz=BEGIN.tzinfo) < until:
        if people:
            tell(people, f"n{number}")
        number += 1
        sweep_work()
        clock.shift(each)


def tell(people, dedupe):
    for kind in ("plan_waiting", "report_ready"):
        notify(people, by=None, kind=kind, url="/", dedupe=f"{kind}:{dedupe}",
               params={"plan": "RP-001", "risk": "R001", "title": "漏水", "period": "2026Q3"})  # fmt: skip


def sent_to():
    return Counter(message.to[0] for message in mail.outbox)


def test_all_is_sent_afterwards_and_nothing_twice(clock, people, sign_in, admin):
    run(clock, BEGIN + DAY, people, each=timedelta(hours=3))
    assert mail.outbox == []
    failed = Work.objects.filter(state="due", error="the mail server is down")
    assert failed.count() == Work.objects.filter(kind__startswith="notice.").count() == 45
    page = sign_in(admin).get(reverse("oversight:work_list")).content.decode()
    assert "它所需要的服务没有应答" in page or "邮件" in page

    Unsteady.is_down = False
    run(clock, BEGIN + 3 * DAY)
    good = [person.email for person in people[1:]]
    assert sent_to() == dict.fromkeys(good, 8 + 2)  # two daily mails
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(set(ids)) == len(ids)
    reached = Notice.objects.filter(user__email__in=good)
    assert reached.filter(mailed_at=None).count() == 0
    assert reached.count() == 2 * 8 * len(good)


def test_a_bad_address_is_given_up_in_the_end_and_named(clock, people):
    Unsteady.is_down = False
    tell(people, "a")
    run(clock, BEGIN + timedelta(hours=1))
    assert sent_to() == dict.fromkeys((person.email for person in people[1:]), 1)
    run(clock, BEGIN + sum(BACKOFF, 9 * DAY), each=timedelta(hours=12))
    dead = Work.objects.dead().filter(payload__user=people[0].pk)
    assert {work.reason for work in dead} == {"mail"}
    assert dead.count() >= 1
    assert Notice.objects.filter(user=people[0]).count() == 2


def test_within_three_hours_of_its_return(clock, people):
    """What failed often waits longer, but never beyond the next attempt of its kind."""
    tell(people[1:2], "a")
    run(clock, BEGIN + timedelta(hours=2), each=timedelta(minutes=1))
    Unsteady.is_down = False
    run(clock, BEGIN + timedelta(hours=6), each=timedelta(minutes=5))
    assert sum(sent_to().values()) == 1
