"""A word to the workers that something is due. Losing it costs seconds, never the work."""

import structlog
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from riskhub.celery import app

log = structlog.get_logger("riskhub.work")


def hint() -> None:
    try:
        app.send_task("riskhub.work.tasks.drain_work", ignore_result=True, retry=False)
    except (OperationalError, RedisError, OSError):
        log.warning("no broker: the sweep will find it")
