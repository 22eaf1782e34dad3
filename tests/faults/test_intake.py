"""RELIABILITY 4, 9 and 11: customers complain while web and workers are killed and Redis is emptied.

What was acknowledged is there once, somebody was told of it, and nobody got another's number.
"""

import random
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection

from incidents.complaints.secrets import secret_of
from incidents.models import Complaint
from riskhub.accounts.choices import Role
from riskhub.audit.models import AuditEvent
from riskhub.files.models import Attachment
from riskhub.local.attach import Attachment as Engine
from riskhub.local.engines import VALKEY
from riskhub.local.folder import DataFolder
from riskhub.notices.models import Notice
from riskhub.notices.services import MAIL, subscribe
from riskhub.work.models import Work
from tests.cast import make_user
from tests.faults import IS_FULL
from tests.faults.company import running
from tests.faults.customers import Customers
from tests.faults.mailbox import receiving
from tests.riskhub.work.test_restarts import CUT

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 20261123
PATIENCE = 400
"""Seconds for what is still owed: a lease of two minutes, a sweep, and a loaded machine."""


@dataclass(frozen=True)
class Size:
    posts: int
    at_once: int
    web_kills: int
    worker_kills: int


SIZE = Size(1000, 50, 5, 20) if IS_FULL else Size(60, 12, 2, 4)


@pytest.fixture
def reader(db):
    """All of customer service, who reads of each complaint at once."""
    user = make_user("service", "吴敏", Role.CUSTOMER_SERVICE, email="wu@example.com")
    subscribe(user, by=user, deliveries={"arrivals": "now"}, hour=8, locale=user.locale)
    return user


@pytest.fixture
def mailbox():
    with receiving() as (mailbox, port):
        yield mailbox, port


@pytest.fixture
def redis():
    """One of its own, that can be stopped."""
    folder = Path(tempfile.mkdtemp(prefix="riskhub-redis-"))
    attachment = Engine(DataFolder(folder), [VALKEY], fast=True)
    yield attachment
    attachment.close()
    attachment.wait_until_stopped(10)
    shutil.rmtree(folder)


@pytest.fixture
def company(mailbox, redis, tmp_path, as_owner):
    """Nobody writes any more when the test's rows go: a statement on its way outlives whoever sent it."""
    environ = {
        **redis.open().environment(), "EMAIL_URL": f"smtp://127.0.0.1:{mailbox[1]}",
        "PROXY_HOPS": "1", "DJANGO_SETTINGS_MODULE": "riskhub.settings",
    }  # fmt: skip
    with running(environ, tmp_path, is_hurried=not IS_FULL) as company:
        yield company
    as_owner.execute(CUT)
    connection.close()


def test_nothing_is_lost_and_little_twice_under_kills(reader, mailbox, company):
    begun = time.monotonic()
    customers = Customers(SIZE.posts, SIZE.at_once, company.port)
    befall(company, customers, mailbox[0])
    customers.see_off(company.tend)
    told = time.monotonic() - begun
    wait_until_nothing_is_owed(company)
    taken = mailbox[0].taken
    print(
        f"\n{len(customers.receipts)} complaints in {told:.0f} s, all told of after "
        f"{time.monotonic() - begun:.0f} s; {company.kills} kills, Redis emptied once; "
        f"{len(taken)} mails, {len(taken) - len(set(taken))} of them twice; "
        f"claimed {dict(Counter(Work.objects.filter(kind=MAIL).values_list('attempts', flat=True)))}"
    )
    assert company.kills == SIZE.web_kills + SIZE.worker_kills
    check_rows(customers)
    check_notices(reader, taken, company.kills)


def test_redis_is_off_and_the_database_cuts_everybody_off(
    reader, mailbox, redis, company, as_owner
):
    """Nobody starts anything again; a page that fails meanwhile is sent once more."""
    customers = Customers(SIZE.posts, SIZE.at_once, company.port, bears_faults=True)
    customers.wait_for(SIZE.posts // 5, company.tend)
    redis.close()
    assert redis.wait_until_stopped(10)
    customers.wait_for(SIZE.posts * 2 // 5, company.tend)
    assert as_owner.execute(CUT).fetchone()[0] > 0
    customers.wait_for(SIZE.posts * 3 // 5, company.tend)
    redis.open()
    customers.wait_for(SIZE.posts * 4 // 5, company.tend)
    assert as_owner.execute(CUT).fetchone()[0] > 0
    customers.see_off(company.tend)
    connection.close()  # it was cut off as well
    wait_until_nothing_is_owed(company)
    check_rows(customers)
    check_notices(reader, mailbox[0].taken, kills=2)


def befall(company, customers, mailbox):
    """Spread over the time in which people complain; at half time Redis forgets everything."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    deeds = ["web"] * SIZE.web_kills + ["whole", "one"] * (SIZE.worker_kills // 2)
    chance.shuffle(deeds)
    deeds.insert(len(deeds) // 2, "flush")
    for number, deed in enumerate(deeds, start=1):
        customers.wait_for(number * SIZE.posts // (len(deeds) + 1), company.tend)
        if deed == "flush":
            company.flush_redis()
        elif deed == "web":
            company.kill(company.web)
            company.wait_for_web()
        else:
            kill_worker(company, mailbox, deed, chance)


def kill_worker(company, mailbox, deed, chance):
    """While it is at work; each other time between a mail and the word that it was taken."""
    if mailbox.wait_for_another(10) and chance.random() < 0.5:
        time.sleep(chance.random() / 10)
    if deed == "whole":
        company.kill(company.worker)
    else:
        company.kill_one_of_its_pool(company.worker)


def wait_until_nothing_is_owed(company):
    until = time.monotonic() + PATIENCE
    owed = Work.objects.filter(kind=MAIL).exclude(state="done")
    while owed.exists() and time.monotonic() < until:
        company.tend()
        time.sleep(0.2)


def check_rows(customers):
    """Each has the number that its customer was told, with its secret; they run without a gap."""
    rows = {row.text: row for row in Complaint.objects.all()}
    kept = {text: (row.code, secret_of(row.client_uuid)) for text, row in rows.items()}
    assert kept == customers.receipts
    assert (len(rows), Complaint.objects.count()) == (SIZE.posts, SIZE.posts)
    numbers = sorted(int(row.code.rpartition("-")[2]) for row in rows.values())
    assert numbers[0] == 1
    assert {after - before for before, after in pairwise(numbers)} == {1}
    assert Attachment.objects.count() == customers.photos
    assert all(one.file.read() for one in Attachment.objects.select_related("file"))
    received = AuditEvent.objects.filter(
        action="complaint.received", object_type="incidents_complaint"
    )
    assert received.count() == SIZE.posts


def check_notices(reader, taken, kills):
    """One owed and done for each; each mail went out, and again only where its sender was killed."""
    notices = Notice.objects.filter(kind="complaint_received", user=reader)
    owed = Work.objects.filter(kind=MAIL)
    assert notices.count() == SIZE.posts
    assert notices.exclude(mailed_at=None).count() == SIZE.posts
    assert Counter(owed.values_list("state", flat=True)) == {"done": SIZE.posts}
    wanted = {(reader.email, f"<notice-{notice.pk}@riskhub>") for notice in notices}
    assert set(taken) == wanted
    assert len(taken) - len(wanted) <= kills
