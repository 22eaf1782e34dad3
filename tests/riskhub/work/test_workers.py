"""Several workers at once, each with its own connection: nothing twice, nothing left over."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from riskhub.work import registry
from riskhub.work.leases import LEASE
from riskhub.work.models import Work
from riskhub.work.progress import progress_of, report_progress
from riskhub.work.services import claim_work, drain_work, owe_work, sweep_work

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]


def together(count, function):
    """Run it in so many threads, begun at the same moment."""
    barrier, faults = threading.Barrier(count), []

    def run(number):
        try:
            barrier.wait()
            function(number)
        except Exception as fault:  # noqa: BLE001 - shown below
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_four_workers_share_forty_jobs(done):
    for number in range(40):
        owe_work("good", f"x{number}", {"n": number})
    together(4, lambda _n: drain_work())
    assert Counter(payload["n"] for payload in done) == Counter(range(40))
    assert set(Work.objects.values_list("state", "attempts")) == {("done", 1)}


def test_two_schedulers_owe_once(done):
    registry.register_deriver(lambda: owe_work("good", "quarter", {"n": 1}))
    together(2, lambda _n: sweep_work())
    sweep_work()
    assert (done, Work.objects.filter(kind="good").count()) == ([{"n": 1}], 1)


def test_ten_owe_the_same_at_once(done):
    answers = []
    together(10, lambda n: answers.append(owe_work("good", "x", {"n": n})))
    assert sorted(answers) == [False] * 9 + [True]
    assert Work.objects.count() == 1


def test_a_row_in_somebodys_hands_is_passed_over(done):
    owe_work("good", "x")
    owe_work("good", "y")
    other = connection.copy()
    with other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("SELECT 1 FROM work_work WHERE dedupe = 'x' FOR UPDATE")
        assert claim_work().dedupe == "y"
        assert claim_work() is None
        other.rollback()
    other.close()
    assert claim_work().dedupe == "x"


def test_a_killed_worker_loses_nothing(done):
    """A real process takes the job and is killed in the middle; the next one does it."""
    owe_work("good", "x", {"n": 1})
    script = textwrap.dedent("""
        import time, django
        django.setup()
        from riskhub.work import registry, services
        registry._handlers["good"] = lambda payload: (print("begun", flush=True), time.sleep(60))
        services.drain_work()
    """)
    worker = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "riskhub.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with worker:
        assert worker.stdout.readline() == "begun\n"
        worker.send_signal(signal.SIGKILL)
    row = Work.objects.get()
    assert (row.state, row.attempts, drain_work()) == ("due", 1, 0)
    Work.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert (drain_work(), done) == (1, [{"n": 1}])
    assert row.lease_until - timezone.now() <= LEASE


def test_how_far_a_job_is_can_be_seen_from_outside(done):
    owe_work("good", "x")
    report_progress("x", done=3, of=9)
    found = progress_of("x")
    assert (found["done"], found["of"], found["state"], found["attempts"]) == (3, 9, "due", 0)
    assert progress_of("nothing") == {}


def test_a_job_does_not_fail_because_nobody_can_be_told(done, monkeypatch):
    owe_work("good", "x")
    monkeypatch.setattr("riskhub.work.progress._UPDATE", "UPDATE nothing_here SET x = %s, y = %s")
    report_progress("x", done=1)
    assert "done" not in progress_of("x")
