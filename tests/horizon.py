"""The oldest open transaction of the whole server, behind which nothing is sealed yet."""

import time

import pytest
from django.db import connection

BELOW = """
SELECT coalesce(bool_and(transaction_id < pg_snapshot_xmin(pg_current_snapshot())), true)
FROM audit_auditevent
"""


def wait_for_horizon(patience=60):
    """Until every committed event lies below it: tests beside this one hold transactions open too."""
    until = time.monotonic() + patience
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(BELOW)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    pytest.fail("a transaction somewhere stayed open")
