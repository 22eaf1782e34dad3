"""Who works on what: a lease is short, and is renewed for as long as its holder lives.

What a killed worker held is free for the next one after LEASE, however long the job itself takes.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.db import Error, connection
from django.utils import timezone

from riskhub.work.models import Work

LEASE = timedelta(minutes=2)
RENEWAL_SECONDS = 30.0

log = structlog.get_logger("riskhub.work")


@contextmanager
def kept_lease(work: Work) -> Iterator[None]:
    """Renews from a thread with a connection of its own; ends with the block or with the process."""
    over = threading.Event()
    renewing = threading.Thread(target=_renew, args=(work, over), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join()


def _renew(work: Work, over: threading.Event) -> None:
    own = Work.objects.filter(pk=work.pk, lease_token=work.lease_token)
    try:
        while not over.wait(RENEWAL_SECONDS):
            try:
                own.update(lease_until=timezone.now() + LEASE)
            except Error:
                log.warning("lease not renewed", dedupe=work.dedupe, exc_info=True)
    finally:
        connection.close()
