"""Filing over the wire, beside a bare insert in the same database; and under kills of the web process."""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client

from registers.models import RiskProposal
from riskhub.accounts.services import assign_role, create_user
from riskhub.notices.models import Notice
from tests.benchmarks.pages import HOST

PRODUCT, BARE = "riskhub.wsgi:application", "tests.benchmarks.bare:application"
CLIENTS = 8
ROUNDS, POSTS = 5, 160
KILLS, UNDER_KILLS = 5, 400
FOUND = 302
PATIENCE = 60
_TOKEN = "t" * 32


class Poster:
    """One member of staff on a phone, with a connection of their own."""

    def __init__(self, number, department):
        self.user = create_user(
            by=None, username=f"poster{number}", display_name=f"poster {number}",
            department=department,
        )  # fmt: skip
        assign_role(self.user, by=None, role="staff", department=department)
        client = Client(SERVER_NAME=HOST)
        client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={_TOKEN}",
        }
        self.sent = {"department": department.pk}
        self.wire = None

    def file(self, port, key):
        """Whether it was received, and with which receipt."""
        body = {"text": f"厨房地面有油 {key}", "client_uuid": key, "csrfmiddlewaretoken": _TOKEN}
        if self.wire is None or self.wire.port != port:
            self.wire = http.client.HTTPConnection(HOST, port, timeout=10)
        try:
            self.wire.request("POST", "/m/new", urlencode(body | self.sent), self.headers)
            answer = self.wire.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self.wire.close()
            self.wire = None
            return ""
        if answer.status != FOUND:
            raise RuntimeError(f"/m/new answered {answer.status}.")
        return answer.headers["Location"]


def filing(table, people):
    posters = [Poster(number, people.head.department) for number in range(CLIENTS)]
    connection.close()
    with serving(PRODUCT) as product, serving(BARE) as bare:
        taken = {product.port: [], bare.port: []}
        for _round in range(ROUNDS + 1):
            for port, kept in taken.items():
                kept.append(post_many(posters, port))
    filed, inserted = (statistics.median(kept[1:]) / POSTS for kept in taken.values())
    table.add(
        f"filing: {1 / filed:.0f} a second, {CLIENTS} clients", filed, beside=inserted,
        limit=2 * inserted, words="half of bare inserts",
    )  # fmt: skip
    under_kills(table, posters)


def post_many(posters, port):
    """Seconds for POSTS of them, all clients at once."""

    def work(poster):
        for _n in range(POSTS // CLIENTS):
            if not poster.file(port, str(uuid4())):
                raise RuntimeError("The connection broke.")

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(work, posters))
    return time.perf_counter() - started


def under_kills(table, posters):
    """Each form is sent until it is acknowledged, while the web process dies again and again."""
    before = RiskProposal.objects.count(), Notice.objects.count()
    connection.close()
    receipts = {}
    with serving(PRODUCT) as product, ThreadPoolExecutor(CLIENTS) as pool:
        jobs = [pool.submit(file_patiently, poster, product.port, receipts) for poster in posters]
        for kill in range(1, KILLS + 1):
            wanted = kill * UNDER_KILLS // (KILLS + 1)
            while len(receipts) < wanted and not any(job.done() for job in jobs):
                time.sleep(0.005)
            product.kill()
            product.start()
        for job in jobs:
            job.result()
    rows = RiskProposal.objects.filter(client_uuid__in=receipts)
    stored = {str(row.client_uuid): f"/m/filed/{row.pk}" for row in rows}
    lost = sum(stored.get(key) != receipt for key, receipt in receipts.items())
    made = RiskProposal.objects.count() - before[0]
    table.add_count(f"  {len(receipts)} filed under {KILLS} kills: lost", lost, 0)
    table.add_count("  made twice", made - len(receipts), 0)
    told = Notice.objects.count() - before[1]
    table.add_count("  not told of, or told of twice", abs(told - made), 0)


def file_patiently(poster, port, receipts):
    for _n in range(UNDER_KILLS // CLIENTS):
        key = str(uuid4())
        while not (receipt := poster.file(port, key)):
            time.sleep(0.02)
        receipts[key] = receipt


class Server:
    """gunicorn as the product runs it on one machine."""

    def __init__(self, application):
        self.application = application
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self):
        argv = [
            sys.executable, "-m", "gunicorn", self.application,
            "--config", "python:riskhub.local.gunicorn", "--bind", f"{HOST}:{self.port}",
        ]  # fmt: skip
        self.process = subprocess.Popen(argv, env=os.environ, start_new_session=True)
        address = f"http://{HOST}:{self.port}/healthz"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(address, timeout=PATIENCE):
                return
            time.sleep(0.02)
        raise RuntimeError(f"{self.application} does not answer.")

    def kill(self):
        """The process and its workers, at once and without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(application):
    server = Server(application)
    try:
        yield server
    finally:
        server.kill()
