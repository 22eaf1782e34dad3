"""Without a broker and without the beat a worker still does what is owed, at its time."""

import os
import socket
import subprocess
import sys
import textwrap
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from celery.signals import worker_process_init, worker_process_shutdown
from django.utils import timezone

from riskhub.celery import app
from riskhub.work import timer
from riskhub.work.models import Work
from riskhub.work.registry import register_deriver
from riskhub.work.services import PATIENCE, SWEEP, owe_work, sweep_work, take_sweep
from tests.riskhub.work.test_workers import together

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 8, 3, 4, tzinfo=UTC)
BEAT = timedelta(seconds=30)
WORKER = textwrap.dedent("""
    import os, django
    django.setup()
    from django.utils import timezone
    from riskhub.celery import app
    from riskhub.work import registry, services, timer
    from riskhub.work.models import Work

    def say(payload):
        os.write(1, f"{payload['n']}\\n".encode())

    def derive():
        services.owe_work("good", "derived", {"n": "derived"})

    registry._handlers["good"] = say
    registry._derivers[:] = [derive]
    timer.LOOK_SECONDS, services.PATIENCE = 0.1, timezone.timedelta(seconds=0.3)
    app.worker_main(["--quiet", "worker", "--concurrency", "1", "--loglevel", "CRITICAL"])
""")


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def nobody_there():
    """The address of a broker that has gone."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{held.getsockname()[1]}/0"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_never_hears_of_a_broker(nobody_there):
    """A real one: it begins without, does what is owed then and later, and what the calendar owes."""
    owe_work("good", "before", {"n": "before"})
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "riskhub.settings"}
    environment["REDIS_URL"] = nobody_there
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    ) as worker:  # fmt: skip
        patience = threading.Timer(60, worker.kill)
        patience.start()
        try:
            assert {worker.stdout.readline() for _n in range(2)} == {"before\n", "derived\n"}
            owe_work("good", "after", {"n": "after"})
            assert worker.stdout.readline() == "after\n"
        finally:
            patience.cancel()
            worker.terminate()
    assert _done_within() < timedelta(seconds=20)


def _done_within():
    return max(
        done - due
        for done, due in Work.objects.filter(kind="good").values_list("done_at", "run_after")
    )


def test_it_tries_to_reach_the_broker_for_ever():
    """After the usual 100 attempts, less than an hour, a worker would end."""
    assert app.conf.broker_connection_max_retries is None


def test_each_process_of_the_pool_has_one(monkeypatch, done):
    looked = []
    monkeypatch.setattr(timer, "look", lambda: looked.append(time.monotonic()))
    monkeypatch.setattr(timer, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(timer, "_running", [])
    worker_process_init.send(sender=None)
    patience = time.monotonic() + 5
    while len(looked) < 3 and time.monotonic() < patience:
        time.sleep(0.01)
    worker_process_shutdown.send(sender=None)
    timer._over.clear()
    assert len(looked) >= 3
    assert [thread.is_alive() for thread in timer._running] == [False]


@pytest.mark.django_db
class TestWhoSweeps:
    def test_nobody_else_while_the_beat_is_heard(self, done, clock):
        for _n in range(10):
            sweep_work()
            clock.shift(BEAT - timedelta(seconds=1))
            assert take_sweep() is False

    def test_at_the_very_beginning(self, done, clock):
        assert [take_sweep(), take_sweep()] == [True, False]

    def test_within_a_minute_of_the_last_one(self, done, clock):
        sweep_work()
        clock.shift(PATIENCE)
        assert [take_sweep(), take_sweep()] == [True, False]
        assert PATIENCE + timedelta(seconds=timer.LOOK_SECONDS) < timedelta(seconds=60)

    def test_somebody_begins_another_while_one_is_long_at_it(self, done, clock):
        """The first one's beginning counts, not its end."""
        sweep_work()
        clock.shift(PATIENCE)
        assert take_sweep() is True
        clock.shift(PATIENCE)
        assert take_sweep() is True
        assert Work.objects.get(dedupe=SWEEP).run_after == NOON + 2 * PATIENCE

    def test_an_hour_without_broker_and_beat(self, done, clock):
        """Each thing owed in it is done within 60 seconds of its time."""
        begun = timezone.now()
        for minute in range(0, 60, 7):
            owe_work(
                "good", f"x{minute}", {"n": minute}, run_after=begun + timedelta(minutes=minute)
            )
        register_deriver(lambda: owe_work("good", f"d{timezone.now():%H%M}"[:-1], {}))
        while timezone.now() < begun + timedelta(hours=1):
            if take_sweep():
                sweep_work()
            clock.shift(timedelta(seconds=timer.LOOK_SECONDS))
        rows = Work.objects.filter(kind="good")
        assert rows.filter(dedupe__startswith="d").count() == 6
        assert set(rows.values_list("state", flat=True)) == {"done"}
        assert _done_within() <= timedelta(seconds=60)


@pytest.mark.django_db(transaction=True)
def test_of_several_one_sweeps(done):
    sweep_work()
    Work.objects.filter(dedupe=SWEEP).update(run_after=timezone.now() - PATIENCE)
    answers = []
    together(6, lambda _n: answers.append(take_sweep()))
    assert sorted(answers) == [False] * 5 + [True]


@pytest.mark.django_db(transaction=True)
def test_a_look_that_fails_is_not_the_last(done, monkeypatch):
    owe_work("good", "x", {"n": 1})

    def fail():
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(timer, "take_sweep", fail)
        timer.look()
    assert done == []
    timer.look()
    timer.look()
    assert done == [{"n": 1}]
