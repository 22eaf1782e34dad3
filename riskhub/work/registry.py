"""Which service does which kind of work, and who derives what is owed.

Apps register in `AppConfig.ready()`. A handler takes the payload (ids) and calls one service; what it
raises is a failed attempt. A deriver looks at calendar and data and owes what is missing.
"""

from collections.abc import Callable
from typing import Any

from django_stubs_ext import StrOrPromise

Handler = Callable[[dict[str, Any]], None]
Deriver = Callable[[], None]

_handlers: dict[str, Handler] = {}
_names: dict[str, StrOrPromise] = {}
_derivers: list[Deriver] = []


class UnknownKind(KeyError):  # noqa: N818 - reads as what it says
    """Owed by another version of the program."""


def register_kind(kind: str, handler: Handler, name: StrOrPromise = "") -> None:
    """`name` is what people read of it on the page of background work."""
    _handlers[kind] = handler
    _names[kind] = name


def register_deriver(deriver: Deriver) -> None:
    if deriver not in _derivers:
        _derivers.append(deriver)


def handler_of(kind: str) -> Handler:
    """Raises UnknownKind for what this version does not know."""
    if kind not in _handlers:
        raise UnknownKind(kind)
    return _handlers[kind]


def name_of(kind: str) -> str:
    """In the active language; the kind itself where nobody named it."""
    return str(_names.get(kind) or kind)


def derivers() -> tuple[Deriver, ...]:
    return tuple(_derivers)
