"""The public form beside a bare insert; the queue of 25,000 open complaints beside its floor."""

import json
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from incidents.choices import Channel
from incidents.complaints.draft import STEPS, Draft
from incidents.models import Complaint, Severity
from riskhub.accounts.services import assign_role, create_user
from riskhub.audit.context import acting
from riskhub.notices.services import MAIL, subscribe
from riskhub.personal.sealing import seal
from riskhub.web.sessions import SessionStore
from riskhub.work.models import Work
from tests.benchmarks.filing import BARE, CLIENTS, FOUND, POSTS, PRODUCT, ROUNDS, serving
from tests.benchmarks.pages import HOST, LIST_RATIO, bare_floor, queries, side_by_side, signed_in
from tests.database import connect_as_owner

OPEN, OVER_SHARE = 25_000, 5
QUERIES = 16
CHUNK = 2_500
_TOKEN = "t" * 32
_TOLD = {"text": "厨房漏水，地板泡坏了", "troubles": ["damage"], "order_ref": "DD-4711",
         "service_line": None, "wish": "repair", "wish_text": "换新地板", "name": "陈女士",
         "email": "", "by_code": False, "photos": []}  # fmt: skip


def public_form(table, _people):
    """The last press, which makes the row, what is owed and the audit of both; each from another customer."""
    reader = create_user(by=None, username="reader", display_name="吴敏", email="wu@example.com")
    assign_role(reader, by=None, role="customer_service")
    subscribe(reader, by=reader, deliveries={"arrivals": "now"}, hour=8, locale="zh-hans")
    os.environ["PROXY_HOPS"] = "1"  # customers come from many networks
    drafts = [draft_of(number) for number in range((ROUNDS + 1) * POSTS)]
    connection.close()
    with serving(PRODUCT) as product, serving(BARE) as bare:
        taken = {product.port: [], bare.port: []}
        for round_number in range(ROUNDS + 1):
            part = drafts[round_number * POSTS : (round_number + 1) * POSTS]
            for port, kept in taken.items():
                kept.append(post_all(part, port))
    sent, inserted = (statistics.median(kept[1:]) / POSTS for kept in taken.values())
    table.add(
        f"public form: {1 / sent:.0f} a second, {CLIENTS} clients", sent, beside=inserted,
        limit=2 * inserted, words="half of bare inserts",
    )  # fmt: skip
    wanted = (ROUNDS + 1) * POSTS
    table.add_count("  not owed", wanted - Work.objects.filter(kind=MAIL).count(), 0)


def draft_of(number):
    """The cookie of a browser in which every question is answered; its address."""
    told = {"all": _TOLD | {"phone": f"138{number:08d}"}}
    told |= {step: {} for step in STEPS}
    session = SessionStore()
    session["complaint"] = seal(json.dumps(asdict(Draft(told=told))))
    session.save()
    return session.session_key, f"10.{number // 250}.{number % 250}.7"


def post_all(drafts, port):
    """Seconds for all of them, by so many clients at once."""

    def work(part):
        wire = HTTPConnection(HOST, port, timeout=30)
        for key, address in part:
            cookies = f"{settings.SESSION_COOKIE_NAME}={key}; csrftoken={_TOKEN}"
            headers = {"Cookie": cookies, "X-Forwarded-For": address,
                       "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
            body = urlencode({"csrfmiddlewaretoken": _TOKEN, "text": "漏水"})
            wire.request("POST", "/complain/check", body, headers)
            answer = wire.getresponse()
            answer.read()
            if answer.status != FOUND or answer.headers["Location"] != "/complain/done":
                raise RuntimeError(f"It answered {answer.status}, {answer.headers['Location']}.")
        wire.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(work, [drafts[start::CLIENTS] for start in range(CLIENTS)]))
    return time.perf_counter() - started


def queue(table, people):
    service = create_user(by=None, username="service", display_name="何静")
    assign_role(service, by=None, role="customer_service")
    seed_complaints(people.head, service)
    url = reverse("incidents:complaint_list")
    for user, scope in (
        (service, {}), (people.manager, {}), (people.head, {"department": people.head.department_id})
    ):  # fmt: skip
        get = signed_in(user)
        table.add_count(f"complaints as {user.username}: queries", queries(get, url), QUERIES)
        page, bare = side_by_side(
            lambda get=get: get(url), lambda scope=scope: bare_floor(scope, "complaints/")
        )
        table.add(
            f"complaints as {user.username}", page, beside=bare, limit=LIST_RATIO * bare,
            words=f"<= {LIST_RATIO} x the floor",
        )  # fmt: skip
    get = signed_in(service)
    for query in (
        "?view=mine",
        "?view=breached",
        "?view=over",
        "?q=漏水",
        "?severity=S1",
        "?page=300",
    ):
        page, bare = side_by_side(
            lambda query=query: get(url + query), lambda: bare_floor({}, "complaints/")
        )
        table.add(f"  {query}", page, beside=bare)


def seed_complaints(head, service):
    """25,000 open ones and a fifth as many that are over; each fourth has a handler, some are late."""
    severities, now = list(Severity.objects.order_by("code")), timezone.now()
    for start in range(0, OPEN + OPEN // OVER_SHARE, CHUNK):
        rows = [
            complaint_of(number, now, severities, head, service)
            for number in range(start, start + CHUNK)
        ]
        with acting(None, "complaint.seeded"):
            Complaint.objects.bulk_create(rows, batch_size=500)
    with connect_as_owner() as owner:
        owner.execute("VACUUM ANALYZE")


def complaint_of(number, now, severities, head, service):
    received = now - timedelta(minutes=number * 3)
    is_over = number >= OPEN
    over = {"state": "invalid", "closed_at": now, "closed_reason": "重复"} if is_over else {}
    return Complaint(
        code=f"C-2025-{number:05d}", client_uuid=uuid4(), channel=Channel.values[number % 9],
        text=f"厨房漏水，地板泡坏了，第{number}次联系", order_ref=f"DD-{number}",
        severity=severities[number % len(severities)], received_at=received,
        department=head.department if number % 3 == 0 else None,
        handler=service if number % 4 == 0 else None,
        first_contact_due=received + timedelta(days=45), offer_due=received + timedelta(days=50),
        close_due=received + timedelta(days=60), **over,
    )  # fmt: skip
