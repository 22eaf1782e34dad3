"""Owe, claim, do, retry. The database is the truth; the message to Celery is only a hint."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import sleep
from typing import Any
from uuid import uuid4

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.accounts.models import User
from riskhub.audit.context import acting, ask_as, entered
from riskhub.audit.services import note_event
from riskhub.work.choices import WorkReason, WorkState
from riskhub.work.hints import hint
from riskhub.work.leases import LEASE, kept_lease
from riskhub.work.models import Work
from riskhub.work.querysets import WorkQuerySet
from riskhub.work.reasons import reason_of
from riskhub.work.registry import derivers, handler_of

SWEEP = "work.sweep"
BACKOFF = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1),
    timedelta(hours=3), timedelta(hours=6), timedelta(hours=12), timedelta(hours=24),
    timedelta(hours=48), timedelta(hours=72),
)  # fmt: skip
PAUSE_SECONDS = 0.5
PATIENCE = timedelta(seconds=40)
"""For so long a worker waits for the beat, which comes every 30 seconds, before it sweeps by itself."""
_OWE = """
INSERT INTO work_work (kind, dedupe, payload, run_after, state, attempts, reason, error, progress, created_at)
VALUES (%s, %s, %s::jsonb, %s, 'due', 0, '', '', '{}'::jsonb, %s)
ON CONFLICT (dedupe) DO NOTHING RETURNING id
"""
LOST = "Its worker was lost at every attempt."

log = structlog.get_logger("riskhub.work")


class NotDead(Exception):  # noqa: N818 - reads as what it says
    """Only work that was given up can be started again by hand."""


def owe_work(
    kind: str,
    dedupe: str,
    payload: dict[str, Any] | None = None,
    *,
    by: User | None = None,
    run_after: datetime | None = None,
) -> bool:
    """Owe one thing once: the same `dedupe` is owed and done only one time, ever.

    Call it inside the transaction of the change that owes it. Returns whether it was new.
    """
    values = (kind, dedupe, json.dumps(payload or {}), run_after or timezone.now(), timezone.now())
    with transaction.atomic(savepoint=False):
        (made,) = ask_as(by, f"{kind}.owed", (_OWE, values))
        if made:
            transaction.on_commit(hint, robust=True)
        return bool(made)


def claim_work(*, by: None = None) -> Work | None:
    """Take the next due row under a lease; two workers never get the same one."""
    with acting(by, "work.claimed"):
        now = timezone.now()
        return _leased(Work.objects.claimable(now).order_by("run_after", "id"), now, attempts=1)


def do_work(work: Work, *, by: None = None) -> bool:
    """Run one claimed row; returns whether it is done. A fault never reaches the caller."""
    del by
    with entered(request_id=work.lease_token):
        try:
            with kept_lease(work):
                handler_of(work.kind)(work.payload)
        except Exception as error:
            log.warning("work failed", kind=work.kind, dedupe=work.dedupe, exc_info=True)
            _fail(work, error)
            return False
    return _finish(work, state=WorkState.DONE, done_at=timezone.now(), reason="", error="")


@contextmanager
def taken_work(dedupe: str, *, by: None = None) -> Iterator[None]:
    """Do one owed thing here, as soon as nobody else does: it is done with the block.

    What the block raises leaves it as owed as it was. Where nothing is owed any more it just runs.
    """
    while (work := _take(dedupe, by)) is None and _is_held(dedupe):
        sleep(PAUSE_SECONDS)
    if work is None:
        yield
        return
    try:
        with kept_lease(work):
            yield
    except BaseException:
        _finish(work, state=work.state)
        raise
    _finish(work, state=WorkState.DONE, done_at=timezone.now(), reason="", error="")


def _take(dedupe: str, by: None) -> Work | None:
    """Under a lease, whenever it would have been next; None where it is done or somebody has it."""
    with acting(by, "work.claimed"):
        now = timezone.now()
        return _leased(_owed(dedupe).free(now), now, attempts=0)


def _is_held(dedupe: str) -> bool:
    return _owed(dedupe).exists()


def _owed(dedupe: str) -> WorkQuerySet:
    return Work.objects.filter(dedupe=dedupe).exclude(state=WorkState.DONE)


def _leased(rows: WorkQuerySet, now: datetime, *, attempts: int) -> Work | None:
    """The first that nobody else is just taking, under a lease of our own; None where there is none."""
    work = rows.select_for_update(skip_locked=True).first()
    if work is not None:
        work.lease_token, work.lease_until = uuid4(), now + LEASE
        work.attempts += attempts
        work.save(update_fields=["lease_token", "lease_until", "attempts"])
    return work


def drain_work(*, by: None = None, limit: int = 1000) -> int:
    """Do everything that is due; returns how many rows were done."""
    del by
    done = 0
    for _n in range(limit):
        work = claim_work()
        if work is None:
            break
        done += do_work(work)
    return done


def take_sweep(*, by: None = None) -> bool:
    """Whether nobody began a sweep lately. Of several who ask one is told so, and sweeps."""
    with acting(by, "work.claimed"):
        now = timezone.now()
        never = {"kind": SWEEP, "state": WorkState.DONE, "run_after": now - PATIENCE}
        sweep, _is_new = Work.objects.get_or_create(dedupe=SWEEP, defaults=never)
        waited = Work.objects.filter(pk=sweep.pk, run_after__lte=now - PATIENCE)
        return bool(waited.update(run_after=now))


def sweep_work(*, by: None = None) -> int:
    """Derive what is owed from calendar and data, then drain."""
    _note_sweep(run_after=timezone.now())
    _give_up_lost(by)
    for derive in derivers():
        try:
            derive()
        except Exception:
            log.warning("deriver failed", deriver=derive.__qualname__, exc_info=True)
    done = drain_work()
    _note_sweep(done_at=timezone.now())
    return done


def retry_work(work: Work, *, by: User) -> None:
    """Give work that was given up a new set of attempts."""
    with acting(by, "work.retried"):
        changed = Work.objects.filter(pk=work.pk, state=WorkState.DEAD).update(
            state=WorkState.DUE, attempts=0, run_after=timezone.now(), lease_until=None,
            reason="", error="",
        )  # fmt: skip
        if not changed:
            raise NotDead(_("This job is already running again. Reload the page."))
        note_event(
            by=by,
            action="work.retried",
            object_type="work_work",
            object_id=str(work.pk),
            label=work.dedupe,
        )
        transaction.on_commit(hint, robust=True)


def _give_up_lost(by: None) -> None:
    """What took its worker down at every attempt never came to tell: it is given up here."""
    with acting(by, "work.given_up"):
        Work.objects.filter(
            state=WorkState.DUE, lease_until__lt=timezone.now(), attempts__gt=len(BACKOFF)
        ).update(state=WorkState.DEAD, lease_until=None, reason=WorkReason.LOST, error=LOST)


def _note_sweep(**moment: datetime) -> None:
    """One row says when a sweep last began (`run_after`) and came to its end (`done_at`).

    Without it nobody sees that the beat stopped.
    """
    swept = {"kind": SWEEP, "state": WorkState.DONE, **moment}
    Work.objects.update_or_create(dedupe=SWEEP, defaults=swept)


def _fail(work: Work, error: Exception) -> None:
    told = {"reason": reason_of(error), "error": str(error)[:2000] or type(error).__name__}
    if work.attempts > len(BACKOFF):
        _finish(work, state=WorkState.DEAD, **told)
    else:
        wait = BACKOFF[work.attempts - 1]
        _finish(work, state=WorkState.DUE, run_after=timezone.now() + wait, **told)


def _finish(work: Work, **fields: Any) -> bool:  # noqa: ANN401 - any field of the row
    """Only under the own lease: whoever lost it to another worker discards what it did here."""
    return bool(
        Work.objects.filter(pk=work.pk, lease_token=work.lease_token).update(
            lease_until=None, **fields
        )
    )
