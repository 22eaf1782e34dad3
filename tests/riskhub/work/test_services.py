"""Owe once, do once, try again later and later, give up in the end; nobody stands in another's way."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from kombu import Connection
from kombu.exceptions import OperationalError

from riskhub.accounts.services import set_theme
from riskhub.audit.models import AuditEvent
from riskhub.celery import app
from riskhub.work import registry, tasks
from riskhub.work.choices import WorkState
from riskhub.work.hints import hint
from riskhub.work.models import Work
from riskhub.work.registry import derivers, handler_of, register_deriver, register_kind
from riskhub.work.services import (
    BACKOFF,
    LEASE,
    LOST,
    SWEEP,
    NotDead,
    claim_work,
    do_work,
    drain_work,
    owe_work,
    retry_work,
    sweep_work,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 8, 3, 4, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hints(monkeypatch):
    sent = []
    monkeypatch.setattr(app, "send_task", lambda name, **_options: sent.append(name))
    return sent


def work(dedupe="x"):
    return Work.objects.get(dedupe=dedupe)


def test_the_same_thing_is_owed_once(done, risk_manager):
    assert owe_work("good", "x", {"n": 1}, by=risk_manager) is True
    assert owe_work("good", "x", {"n": 2}, by=risk_manager) is False
    assert (Work.objects.count(), work().payload, str(work())) == (1, {"n": 1}, "good x")
    assert drain_work() == 1
    assert owe_work("good", "x", {"n": 3}) is False
    assert (drain_work(), done) == (0, [{"n": 1}])


def test_with_the_change_that_owes_it_or_not_at_all(done):
    with transaction.atomic():
        owe_work("good", "x")
        transaction.set_rollback(True)
    assert Work.objects.count() == 0


def test_a_hint_after_the_commit(done, hints, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        owe_work("good", "x")
        owe_work("good", "x")
        assert hints == []
    assert hints == ["riskhub.work.tasks.drain_work"]


@pytest.mark.parametrize("failure", [OperationalError, OSError])
def test_without_a_broker_it_is_owed_all_the_same(
    done, monkeypatch, failure, django_capture_on_commit_callbacks
):
    def refuse(*_args, **_options):
        raise failure("gone")

    monkeypatch.setattr(app, "send_task", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        owe_work("good", "x")
    assert drain_work() == 1


def test_nobody_waits_twice_for_a_broker_that_is_away(monkeypatch):
    """Each attempt takes seconds of somebody's request; after a while it is asked again."""
    asked = []

    def refuse(name, **_options):
        asked.append(name)
        raise OperationalError("gone")

    monkeypatch.setattr(app, "send_task", refuse)
    for _n in range(5):
        hint()
    assert len(asked) == 1
    monkeypatch.setattr("riskhub.work.hints._quiet_until", time.monotonic())
    hint()
    assert len(asked) == 2


def test_a_broker_that_refuses_takes_no_time():
    """The library's own patience is six seconds, for each thing owed."""
    options = app.conf.broker_transport_options
    with Connection("redis://127.0.0.1:1/0", transport_options=options) as nobody:
        began = time.monotonic()
        with pytest.raises(OperationalError):
            nobody.default_channel  # noqa: B018 - it connects
    assert time.monotonic() - began < 1


def test_in_the_order_in_which_it_is_due(done, clock):
    owe_work("good", "later", {"n": 3}, run_after=NOON + timedelta(hours=1))
    owe_work("good", "second", {"n": 2})
    owe_work("good", "first", {"n": 1}, run_after=NOON - timedelta(hours=1))
    assert drain_work(limit=1) == 1
    assert drain_work() == 1
    assert done == [{"n": 1}, {"n": 2}]
    clock.shift(timedelta(hours=1))
    assert (drain_work(), done[-1]) == (1, {"n": 3})
    assert (work("first").state, work("first").done_at) == ("done", NOON)


def test_nothing_to_do(done):
    assert claim_work() is None
    assert drain_work() == 0


def test_a_fault_is_tried_again_later_and_later_and_given_up(done, clock):
    owe_work("loud", "x", {"words": "邮件服务器没有应答"})
    waits = []
    while work().state == WorkState.DUE:
        before = datetime.now(tz=UTC)
        assert drain_work() == 0
        assert (work().lease_until, work().error) == (None, "邮件服务器没有应答")
        waits.append(work().run_after - before)
        assert drain_work() == 0  # not before its time
        clock.move_to(max(work().run_after, before))
    assert waits[:-1] == list(BACKOFF)
    assert (work().state, work().attempts) == ("dead", len(BACKOFF) + 1)
    assert list(Work.objects.dead()) == [work()]
    assert Work.objects.waiting().count() == 0


def test_one_that_always_fails_stands_in_nobodys_way(done):
    for name in ("bad", "unknown kind", "good"):
        owe_work(name, name, {"n": name}, run_after=NOON - timedelta(days=1))
    assert drain_work() == 1
    assert done == [{"n": "good"}]
    unknown = work("unknown kind")
    assert (unknown.reason, unknown.error) == ("unknown", "'unknown kind'")


def test_a_fault_without_words_has_its_name(done):
    owe_work("bad", "x")
    drain_work()
    assert work().error == "ZeroDivisionError"


def test_under_a_lease_nobody_else_takes_it(done, clock):
    owe_work("good", "x")
    first = claim_work()
    assert (first.attempts, first.lease_until) == (1, NOON + LEASE)
    assert claim_work() is None
    clock.shift(LEASE + timedelta(seconds=1))
    second = claim_work()
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert first.lease_token != second.lease_token


def test_who_lost_the_lease_changes_nothing(done, clock):
    """The first worker was away too long; what it says afterwards is not heard."""
    owe_work("good", "x", {"n": 1})
    first = claim_work()
    clock.shift(LEASE + timedelta(seconds=1))
    second = claim_work()
    assert do_work(first) is False
    assert (work().state, work().lease_token) == ("due", second.lease_token)
    assert do_work(second) is True
    assert work().state == "done"


def test_a_worker_killed_in_the_middle(done, clock):
    owe_work("good", "x", {"n": 1})
    claim_work()  # and never comes back
    assert (sweep_work(), done) == (0, [])
    clock.shift(LEASE + timedelta(seconds=1))
    assert (sweep_work(), done) == (1, [{"n": 1}])


def test_what_kills_every_worker_is_given_up(done, clock):
    owe_work("good", "x", {"n": 1})
    owe_work("good", "y", {"n": 2}, run_after=NOON + timedelta(days=9))
    for _n in range(len(BACKOFF) + 1):
        assert claim_work().dedupe == "x"
        clock.shift(LEASE + timedelta(seconds=1))
    sweep_work()
    assert (work().state, work().error, work().lease_until, done) == ("dead", LOST, None, [])
    assert work().reason == "lost"
    assert work("y").state == "due"


def test_started_again_by_hand(done, hints, risk_manager, django_capture_on_commit_callbacks):
    owe_work("good", "x", {"n": 1})
    Work.objects.update(state=WorkState.DEAD, attempts=11, error="e")
    with django_capture_on_commit_callbacks(execute=True):
        retry_work(work(), by=risk_manager)
    assert (work().state, work().attempts, work().error, len(hints)) == ("due", 0, "", 1)
    assert work().reason == work().reason_words == ""
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor_name, event.object_label, event.operation) == (
        "work.retried", "陈静", "x", "note",
    )  # fmt: skip
    with pytest.raises(NotDead):
        retry_work(work(), by=risk_manager)
    assert drain_work() == 1


def test_the_sweep_derives_what_is_owed_and_does_it(done, clock):
    def derive():
        owe_work("good", f"day:{datetime.now(tz=UTC):%j}", {"n": 1})

    def broken():
        raise ZeroDivisionError

    register_deriver(broken)
    register_deriver(derive)
    register_deriver(derive)
    assert derivers() == (broken, derive)
    assert [sweep_work(), sweep_work()] == [1, 0]
    assert (work(SWEEP).state, work(SWEEP).done_at) == ("done", NOON)
    clock.shift(timedelta(days=3))
    assert (sweep_work(), done) == (1, [{"n": 1}] * 2)
    assert work(SWEEP).done_at == NOON + timedelta(days=3)


def test_kinds_are_known_by_name(done, monkeypatch):
    register_kind("other", done.append, name="别的")
    assert handler_of("other") == done.append
    assert [Work(kind=kind).name for kind in ("other", "good")] == ["别的", "good"]
    with pytest.raises(KeyError):
        handler_of("never heard of")


def test_the_tasks_do_the_same(done):
    owe_work("good", "x", {"n": 1})
    assert tasks.drain_work() == 1
    assert tasks.sweep_work() == 0
    assert registry.derivers() == ()


def test_how_late(done, clock):
    owe_work("good", "x")
    assert Work.objects.standing(NOON, "")["late"] == 0
    assert Work.objects.standing(NOON + timedelta(seconds=1), "")["late"] == 1


def test_what_is_done_for_it_bears_the_number_of_the_attempt(done, risk_manager):
    def rename(_payload):
        set_theme(risk_manager, by=risk_manager, theme="dark")

    register_kind("rename", rename)
    owe_work("rename", "x")
    claimed = claim_work()
    assert do_work(claimed) is True
    event = AuditEvent.objects.about(risk_manager).first()
    assert (event.action, event.request_id) == ("user.theme_changed", claimed.lease_token)
