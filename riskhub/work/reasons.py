"""What a failed attempt comes down to, for somebody who reads no traces. Pure."""

from errno import EDQUOT, ENOSPC
from smtplib import SMTPException
from socket import gaierror

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError

from riskhub.work.choices import WorkReason
from riskhub.work.registry import UnknownKind

_FULL = (ENOSPC, EDQUOT)
# The first that fits: some mail errors are network errors as well.
_REASONS: tuple[tuple[tuple[type[Exception], ...], WorkReason], ...] = (
    ((SMTPException,), WorkReason.MAIL),
    ((UnknownKind,), WorkReason.UNKNOWN),
    ((ObjectDoesNotExist,), WorkReason.GONE),
    (
        (ConnectionError, TimeoutError, gaierror, OperationalError, InterfaceError),
        WorkReason.NETWORK,
    ),
)


def reason_of(error: Exception) -> WorkReason:
    if isinstance(error, OSError) and error.errno in _FULL:
        return WorkReason.FULL
    for kinds, reason in _REASONS:
        if isinstance(error, kinds):
            return reason
    return WorkReason.FAULT
