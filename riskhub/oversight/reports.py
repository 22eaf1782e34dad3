"""Hand out the log, and write down who took what."""

import tempfile
from dataclasses import dataclass
from typing import IO

from django.utils import timezone

from riskhub.accounts.models import User
from riskhub.audit.services import note_event
from riskhub.oversight.log_file import write_log
from riskhub.oversight.querysets import Events

EXPORTED = "audit.exported"
MOST = 50_000
"""As many take some seconds; the days of the filter cut a longer log into several files."""


class TooMany(Exception):  # noqa: N818 - reads as what it says
    """More events than one file holds."""


@dataclass(frozen=True)
class LogFile:
    """`content` is open at its beginning; whoever reads it closes it."""

    name: str
    content: IO[bytes]
    rows: int
    sha256: str


def export_events(events: Events, *, by: User, query: str = "") -> LogFile:
    """The given events as CSV. That it was taken is an event with the hash of the file, sealed itself."""
    if events.order_by().values("pk")[: MOST + 1].count() > MOST:
        raise TooMany
    now = timezone.localtime()
    facts = {"exported_at": now.isoformat(), "exported_by": by.get_username(), "filter": query}
    content = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    rows, digest = write_log(events, content, facts=facts)
    content.seek(0)
    note_event(
        by=by,
        action=EXPORTED,
        object_type="audit_auditevent",
        label=digest,
        details={"rows": rows, "filter": query, "sha256": digest},
    )
    return LogFile(f"audit-log-{now:%Y%m%d-%H%M}.csv", content, rows, digest)
