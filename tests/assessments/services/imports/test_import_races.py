"""Two clicks, two workers, one killed in the middle: what is imported is imported once and whole."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from assessments.import_work import apply_owed_import
from assessments.models import Assessment
from assessments.services.imports import APPLY, start_import, work_key
from registers.models import Risk
from riskhub.audit.models import AuditEvent
from riskhub.imports.models import ImportRun
from riskhub.work.models import Work
from riskhub.work.progress import progress_of
from riskhub.work.services import drain_work
from tests.assessments.uploads import answered

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 1200
WORKER = "import django; django.setup(); from riskhub.work.services import drain_work; drain_work()"


def together(*jobs):
    """Side by side, each with a connection of its own."""

    def alone(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(alone, job) for job in jobs]]


def many_rows():
    names = ["Risk", "Likelihood", "Impact"]
    return [names, *([f"Gas leak in house {n}", n % 5 + 1, n % 4 + 2] for n in range(MANY))]


def numbers():
    return list(Risk.objects.order_by("number").values_list("number", flat=True))


def test_two_clicks_owe_once(register, risk_manager):
    run = answered(by=risk_manager)
    started = together(*[lambda: start_import(run, by=risk_manager, version=1)] * 4)
    assert {(one.state, one.row_version) for one in started} == {("applying", 2)}
    assert Work.objects.filter(kind=APPLY).count() == 1


def test_two_workers_create_once(register, risk_manager):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    together(*[lambda: apply_owed_import({"run": run.pk})] * 3)
    assert ImportRun.objects.get().state == "applied"
    assert (numbers(), Assessment.objects.count()) == ([1, 2, 3], 3)


def test_the_same_file_from_two_people_at_once(register, risk_manager, second_manager):
    runs = [start_import(answered(by=who), by=who) for who in (risk_manager, second_manager)]
    together(*[lambda run=run: apply_owed_import({"run": run.pk}) for run in runs])
    created = sorted(run.outcomes["create"] for run in ImportRun.objects.all())
    assert (created, numbers()) == ([0, 3], [1, 2, 3])


def test_others_see_how_far_it_is_before_it_is_committed(register, risk_manager, monkeypatch):
    run = start_import(answered(many_rows(), by=risk_manager), by=risk_manager)
    seen = []

    def look():
        seen.append((progress_of(work_key(run))["done"], Risk.objects.count()))

    from assessments.services.imports import applying  # noqa: PLC0415 - its name is replaced

    report = applying.report_progress

    def report_and_look(*args, **facts):
        report(*args, **facts)
        together(look)

    monkeypatch.setattr(applying, "report_progress", report_and_look)
    drain_work()
    assert seen == [(500, 0), (1000, 0), (MANY, 0)]
    assert Risk.objects.count() == MANY


def test_a_worker_killed_in_the_middle_leaves_nothing(register, risk_manager):
    """`kill -9` while rows are written: all of them are gone, and another worker does the whole."""
    run = start_import(answered(many_rows(), by=risk_manager), by=risk_manager)
    events = AuditEvent.objects.count()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "riskhub.settings"},
    )
    patience = time.monotonic() + 60
    while not progress_of(work_key(run)).get("done"):
        assert worker.poll() is None
        assert time.monotonic() < patience
        time.sleep(0.01)
    worker.kill()
    worker.wait()
    assert (Risk.objects.count(), AuditEvent.objects.count()) == (0, events)
    assert ImportRun.objects.get().state == "applying"
    assert drain_work() == 0  # the lease is still the dead worker's
    Work.objects.update(lease_until=timezone.now())
    assert drain_work() >= 1
    assert ImportRun.objects.get().outcomes["create"] == MANY
    assert numbers() == list(range(1, MANY + 1))
