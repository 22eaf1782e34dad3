"""How far a running job is. Written beside the job's own transaction, so that others can see it."""

import json
from typing import Any

from django.db import connection

from riskhub.work.models import Work

_UPDATE = "UPDATE work_work SET progress = %s::jsonb WHERE dedupe = %s"


def report_progress(dedupe: str, **facts: Any) -> None:  # noqa: ANN401 - any JSON
    """Store what is known so far. On a connection of its own: the job's changes stay uncommitted."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute(_UPDATE, [json.dumps(facts), dedupe])
    finally:
        beside.close()


def progress_of(dedupe: str) -> dict[str, Any]:
    """What was last reported, with the state and error of the job; empty when there is none."""
    row = Work.objects.filter(dedupe=dedupe).values("state", "error", "progress").first()
    return {} if row is None else {**row["progress"], "state": row["state"], "error": row["error"]}
