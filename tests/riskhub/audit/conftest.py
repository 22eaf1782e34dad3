import psycopg
import pytest
from django.db import connection

from riskhub.accounts.models import Department
from riskhub.audit.models import AuditEvent


@pytest.fixture
def runtime(db):
    """A second connection of the run-time role: another process of the product."""
    facts = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(**{name: facts[name] for name in names if name in facts}) as other:
        yield other
        other.rollback()


@pytest.fixture
def ops(db):
    return Department.objects.get(code="OPS")


def events(obj, *, after=0):
    """(action, actor, before, after) of one row, oldest first, from the event `after` on."""
    found = AuditEvent.objects.about(obj).filter(pk__gt=after).order_by("pk")
    return [(e.action, e.actor_name, e.before, e.after) for e in found]
