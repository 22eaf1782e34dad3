"""The complaint that this browser may follow: kept sealed in its session, for two hours, without the secret.

So the secret travels once, in the body of a form, and never stands in an address, a history or a log.
"""

import json
from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

from riskhub.personal.sealing import Unreadable, seal, unseal

OPEN_FOR = timedelta(hours=2)
_SESSION = "followed"


def open_in(session: MutableMapping[str, Any], code: str, now: datetime) -> None:
    """One at a time: another number takes its place."""
    session[_SESSION] = seal(json.dumps([code, now.timestamp()]))


def opened_in(session: MutableMapping[str, Any], now: datetime) -> str:
    """The number; empty where none was opened, or too long ago."""
    token = session.get(_SESSION)
    if not token:
        return ""
    try:
        code, since = json.loads(unseal(token))
    except (Unreadable, TypeError, ValueError):
        return ""
    age = now.timestamp() - since
    return str(code) if 0 <= age <= OPEN_FOR.total_seconds() else ""


def close_in(session: MutableMapping[str, Any]) -> None:
    session.pop(_SESSION, None)
