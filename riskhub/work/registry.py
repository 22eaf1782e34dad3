"""Which service does which kind of work, and who derives what is owed.

Apps register in `AppConfig.ready()`. A handler takes the payload (ids) and calls one service; what it
raises is a failed attempt. A deriver looks at calendar and data and owes what is missing.
"""

from collections.abc import Callable
from typing import Any

Handler = Callable[[dict[str, Any]], None]
Deriver = Callable[[], None]

_handlers: dict[str, Handler] = {}
_derivers: list[Deriver] = []


def register_kind(kind: str, handler: Handler) -> None:
    _handlers[kind] = handler


def register_deriver(deriver: Deriver) -> None:
    if deriver not in _derivers:
        _derivers.append(deriver)


def handler_of(kind: str) -> Handler:
    """Raises KeyError for a kind that this version does not know."""
    return _handlers[kind]


def derivers() -> tuple[Deriver, ...]:
    return tuple(_derivers)
