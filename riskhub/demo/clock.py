"""The demo's clock: inside the block, everything that asks Django for the time is told another day.

Only what the services write as business dates moves (found, assessed, approved, done). The audit
log keeps the true time of each change: the database's own clock writes it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    class Standing(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain datetime is enough
            return moment.astimezone(tz)

    # `timezone.now` looks the name up at each call, so that defaults of model fields follow as well.
    with patch.object(timezone, "datetime", Standing):
        yield
