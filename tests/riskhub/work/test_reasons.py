import errno
import smtplib
import socket

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError

from riskhub.work.choices import WorkReason
from riskhub.work.reasons import reason_of
from riskhub.work.registry import UnknownKind


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (smtplib.SMTPServerDisconnected("gone"), "mail"),
        (smtplib.SMTPRecipientsRefused({}), "mail"),
        (ConnectionRefusedError(111, "Connection refused"), "network"),
        (TimeoutError(), "network"),
        (socket.gaierror(-2, "Name or service not known"), "network"),
        (OperationalError("server closed"), "network"),
        (InterfaceError("closed"), "network"),
        (ObjectDoesNotExist("no row"), "gone"),
        (OSError(errno.ENOSPC, "No space left on device"), "full"),
        (OSError(errno.EDQUOT, "Quota exceeded"), "full"),
        (UnknownKind("other.kind"), "unknown"),
        (KeyError("field"), "fault"),
        (PermissionError(13, "denied"), "fault"),
        (ZeroDivisionError(), "fault"),
    ],
)
def test_each_fault_comes_down_to_one_reason(error, reason):
    assert reason_of(error) == WorkReason(reason)
