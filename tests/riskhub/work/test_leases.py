"""The lease of a running job lives as long as the job, and not much longer than a killed worker."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from riskhub.work import leases
from riskhub.work.leases import LEASE
from riskhub.work.models import Work
from riskhub.work.registry import register_kind
from riskhub.work.services import claim_work, do_work, owe_work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job(monkeypatch):
    """One owed job; the function given to `job.does` is what it does."""
    monkeypatch.setattr("riskhub.work.registry._handlers", {})
    monkeypatch.setattr(leases, "RENEWAL_SECONDS", 0.02)

    def run(handler):
        register_kind("long", handler)
        owe_work("long", "long:1")
        return do_work(claim_work())

    return run


def wait_until(holds, patience=10):
    over = threading.Event()
    for _n in range(patience * 50):
        if holds():
            return
        over.wait(0.02)
    pytest.fail("it never came")


def test_a_long_job_keeps_its_lease(job):
    def work(_payload):
        Work.objects.update(lease_until=timezone.now() + timedelta(seconds=5))
        soon = timezone.now() + LEASE - timedelta(seconds=30)
        wait_until(lambda: Work.objects.get().lease_until > soon)

    assert job(work) is True
    assert (Work.objects.get().state, Work.objects.get().lease_until) == ("done", None)


def test_who_lost_it_does_not_take_it_back(job):
    def work(_payload):
        Work.objects.update(lease_token=None, lease_until=None)
        threading.Event().wait(0.2)

    assert job(work) is False
    assert (Work.objects.get().state, Work.objects.get().lease_until) == ("due", None)


def test_nothing_goes_on_renewing_afterwards(job):
    before = threading.active_count()
    job(lambda _payload: None)
    assert threading.active_count() == before


def test_a_database_that_is_away_for_a_moment_is_asked_again(job, monkeypatch):
    asked = []

    class Away:
        def filter(self, **_facts):
            return self

        def update(self, **_facts):
            asked.append(1)
            raise leases.Error

    class Store:
        objects = Away()

    monkeypatch.setattr(leases, "Work", Store)
    assert job(lambda _payload: wait_until(lambda: len(asked) > 1)) is True
