"""The log as a file that proves itself: each event with its seal, and the hash of all lines at the end.

Whoever has the file can recompute each seal from the columns of its line, see whether seals that follow
each other belong together, and compare the head hash with one that was mailed or printed before.
`docs/audit-export.md` says how, with a program for it. The order is that of the events.

Personal fields are masked. The line of such an event names them under `masked`: its seal stands for
the event as it is stored, and cannot be recomputed from the line.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, BinaryIO

from django.db.models import F, TextField
from django.db.models.functions import Cast

from riskhub.audit.models import AuditEvent
from riskhub.oversight.masking import masked, names_masked, withheld
from riskhub.oversight.querysets import Events
from riskhub.oversight.seals import seal_standing
from riskhub.oversight.words import action_words, table_words
from riskhub.reports.writers.csv import stream_csv
from riskhub.reports.writers.tables import Column, Table

AT_ONCE = 2000
_EVENT = (
    "id", "at", "transaction_id", "actor_id", "actor_name", "action", "reason", "request_id",
    "operation", "object_type", "object_id", "object_label", "ip_prefix",
)  # fmt: skip
_SEAL = ("seq", "form", "sealed_at", "prev_hash", "hash")
# Their names are the same in every language: a program reads them.
COLUMNS = (
    *_EVENT, "before", "after", "masked", *(f"seal_{name}" for name in _SEAL), "action_words", "object_words",
)  # fmt: skip


def write_log(events: Events, out: BinaryIO, *, facts: dict[str, str]) -> tuple[int, str]:
    """How many events were written, and the hash of the file up to its last line, which says it."""
    writing = _Writing(events, facts)
    for line in stream_csv(Table("", tuple(Column(name, name) for name in COLUMNS), writing)):
        writing.digest.update(line)
        out.write(line)
    return writing.count, writing.sha256


class _Writing:
    """The writer asks for a row when it has handed on the one before: the last one can name the hash."""

    def __init__(self, events: Events, facts: dict[str, str]) -> None:
        self.events, self.facts = events, facts
        self.digest, self.sha256, self.count = sha256(), "", 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in _rows(self.events).iterator(chunk_size=AT_ONCE):
            self.count += 1
            yield row | _in_words(row)
        head = seal_standing()
        facts = self.facts | {
            "events": str(self.count),
            "head_seq": str(head.events),
            "head_hash": head.head_hash,
            "masked": "; ".join(
                f"{table}: {' '.join(names)}" for table, names in withheld().items()
            ),
        }
        for name, value in facts.items():
            yield _closing(name, value)
        self.sha256 = self.digest.hexdigest()
        yield _closing("sha256", self.sha256)


def _rows(events: Events) -> Any:  # noqa: ANN401 - a queryset of dictionaries
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("before", "after")}
    seals = {f"seal_{name}": F(f"seal__{name}") for name in _SEAL}
    return events.order_by("pk").values(*_EVENT, **texts, **seals)


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """JSON stays as the database wrote it, moments are in UTC: this is what was hashed."""
    event = AuditEvent(action=row["action"], operation=row["operation"])
    return {
        **_sides(row),
        "at": _utc(row["at"]),
        "seal_sealed_at": _utc(row["seal_sealed_at"]),
        "action_words": action_words(event),
        "object_words": table_words(row["object_type"]),
    }


def _sides(row: dict[str, Any]) -> dict[str, str | None]:
    sides: dict[str, str | None] = {}
    names = []
    for side in ("before", "after"):
        text = row[f"{side}_text"]
        stored = json.loads(text) if text else None
        shown = masked(row["object_type"], stored)
        names += names_masked(side, stored, shown)
        sides[side] = text if shown is stored else json.dumps(shown, ensure_ascii=False)
    return sides | {"masked": " ".join(names)}


def _utc(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if moment else ""


def _closing(name: str, value: str) -> dict[str, Any]:
    """A line that is no event: its first column begins with a hash sign."""
    return dict.fromkeys(COLUMNS) | {"id": f"#{name}", "at": value}
