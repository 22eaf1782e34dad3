"""How far a running job is. Written beside the job's own transaction, so that others can see it."""

import json
from typing import Any

import structlog
from django.db import Error, connection

from riskhub.work.models import Work

_UPDATE = "UPDATE work_work SET progress = %s::jsonb WHERE dedupe = %s"
_FACTS = ("state", "error", "attempts", "run_after", "lease_until")

log = structlog.get_logger("riskhub.work")


def report_progress(dedupe: str, **facts: Any) -> None:  # noqa: ANN401 - any JSON
    """Store what is known so far. On a connection of its own: the job's changes stay uncommitted.

    A job never fails because nobody could be told how far it is.
    """
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute(_UPDATE, [json.dumps(facts), dedupe])
    except Error:
        log.warning("progress not stored", dedupe=dedupe, exc_info=True)
    finally:
        beside.close()


def progress_of(dedupe: str) -> dict[str, Any]:
    """What was last reported, with the row of the job itself; empty when there is none.

    `error` is what the last attempt died of, `run_after` when the next one begins, and
    `lease_until` is set while a worker has it.
    """
    row = Work.objects.filter(dedupe=dedupe).values("progress", *_FACTS).first()
    if row is None:
        return {}
    return {**row["progress"], **{name: fact for name, fact in row.items() if name != "progress"}}
