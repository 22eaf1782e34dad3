"""The worker's own clock: it sweeps although nobody tells it to, be the broker away or the beat.

Each process of the pool has one, in a thread. While the beat is heard they only look.
"""

import threading

import structlog
from django.db import close_old_connections, connection

from riskhub.audit.context import entered
from riskhub.work.services import sweep_work, take_sweep

LOOK_SECONDS = 5.0
GRACE_SECONDS = 10.0
"""At its end the process waits so long for what the timer is just doing; a lease frees the rest."""

log = structlog.get_logger("riskhub.work")

_over = threading.Event()
_running: list[threading.Thread] = []


def start_timer(**_signal: object) -> None:
    timer = threading.Thread(target=_run, name="sweep", daemon=True)
    _running.append(timer)
    timer.start()


def stop_timer(**_signal: object) -> None:
    _over.set()
    for timer in _running:
        timer.join(GRACE_SECONDS)


def _run() -> None:
    while True:
        look()
        if _over.wait(LOOK_SECONDS):
            return


def look() -> None:
    """Sweep where nobody began to lately. A fault is of one look: the next one finds the same owed."""
    close_old_connections()
    try:
        with entered():
            if take_sweep():
                sweep_work()
    except Exception:
        log.warning("sweep failed", exc_info=True)
        connection.close()
