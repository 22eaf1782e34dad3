"""Who acts, under which name and why: the values that the audit trigger writes beside each change.

The web middleware and the workers only say who is there (`entered`); each service names what it does
(`acting`). The values live in the database session for the length of one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from riskhub.audit.actors import Actor
from riskhub.prepared import Rows, Statement, ask

_SET = """
SELECT set_config('riskhub.actor_id', %s, true), set_config('riskhub.actor_name', %s, true),
       set_config('riskhub.action', %s, true), set_config('riskhub.reason', %s, true),
       set_config('riskhub.request_id', %s, true), set_config('riskhub.ip_prefix', %s, true)
"""


@dataclass(frozen=True)
class Request:
    """One request, task or command: everything done in it carries the same id."""

    id: UUID
    ip_prefix: str = ""


@dataclass(frozen=True)
class Act:
    """What one service does, on whose behalf."""

    actor_id: int | None
    actor_name: str
    action: str
    reason: str = ""


_NOBODY = Act(None, "", "")
_request: ContextVar[Request | None] = ContextVar("audit_request", default=None)
_act: ContextVar[Act | None] = ContextVar("audit_act", default=None)


@contextmanager
def entered(*, request_id: UUID | None = None, ip: str = "") -> Iterator[Request]:
    """Give everything inside one request id; `ip` is kept only as its network (/24 or /48)."""
    request = Request(id=request_id or uuid4(), ip_prefix=_network(ip))
    token = _request.set(request)
    try:
        yield request
    finally:
        _request.reset(token)


@contextmanager
def acting(
    by: Actor | AnonymousUser | None, action: str, reason: str = "", *, savepoint: bool = True
) -> Iterator[None]:
    """Open the transaction of one service and name its actor, action and reason for the audit.

    `by` is None where the system itself acts, and AnonymousUser where a person does who is not to be
    known. On leaving, the values of the outer service are put back, so that an inner service's name
    never leaks into its caller's changes. Without `savepoint` what fails inside takes the outer service
    along.
    """
    outer = _act.get()
    act = _inner(by, action, reason)
    is_inner = connection.in_atomic_block
    with transaction.atomic(savepoint=savepoint):
        token = _act.set(act)
        try:
            ask(_naming(act))
            yield
        finally:
            _act.reset(token)
        # Only on success: a rollback has already put the outer values back, as the commit does.
        if is_inner:
            ask(_naming(outer or _NOBODY))


def ask_as(by: Actor | None, action: str, *statements: Statement) -> list[Rows]:
    """In the transaction of the caller, yet under an action of their own; the rows of each.

    As they would be inside of `acting()`, in one message to the database.
    """
    _, *found, _ = ask(_naming(_inner(by, action)), *statements, _naming(_act.get() or _NOBODY))
    return found


def _inner(by: Actor | AnonymousUser | None, action: str, reason: str = "") -> Act:
    outer = _act.get()
    if outer and not reason:
        reason = outer.reason
    return Act(getattr(by, "pk", None), _name(by), action, reason)


def _naming(act: Act) -> Statement:
    request = _request.get()
    values = (
        "" if act.actor_id is None else str(act.actor_id), act.actor_name, act.action, act.reason,
        str(request.id) if request else "", request.ip_prefix if request else "",
    )  # fmt: skip
    return _SET, values


def _name(by: Actor | AnonymousUser | None) -> str:
    if by is None:
        return "system"
    if isinstance(by, AnonymousUser):
        return "nobody"
    return getattr(by, "display_name", "") or by.get_username() or "system"


def _network(ip: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one: enough to see a pattern, not a person."""
    if ":" in ip:
        return ":".join(ip.split(":")[:3]) + "::/48"
    return ".".join(ip.split(".")[:3]) + ".0/24" if ip.count(".") == 3 else ""  # noqa: PLR2004 - four parts
