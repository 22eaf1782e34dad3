"""A word to the workers that something is due. Losing it costs seconds, never the work."""

import time

import structlog
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from riskhub.celery import app

QUIET_SECONDS = 20.0
"""For so long a broker that did not answer is left alone: each attempt may take seconds of a request."""

log = structlog.get_logger("riskhub.work")

_quiet_until = 0.0


def hint() -> None:
    global _quiet_until  # noqa: PLW0603 - one broker per process
    if time.monotonic() < _quiet_until:
        return
    try:
        app.send_task("riskhub.work.tasks.drain_work", ignore_result=True, retry=False)
    except (OperationalError, RedisError, OSError):
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("no broker: the sweep will find it")
