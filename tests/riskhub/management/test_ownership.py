"""Only what builds tables works as the owner, and only as long as it builds."""

import pytest
from django.conf import settings as real
from django.core.management import call_command
from django.db import connection

from riskhub.management.ownership import as_owner

pytestmark = pytest.mark.django_db(transaction=True)


def who():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        return cursor.fetchone()


def test_inside_the_owner_and_outside_the_run_time_role():
    runtime, database = who()
    assert runtime == real.DATABASE_RUNTIME_ROLE
    with as_owner():
        assert who() == (real.DATABASE_OWNER["USER"], database)
    assert who() == (runtime, database)


def test_also_after_a_fault():
    before = who()
    with pytest.raises(RuntimeError), as_owner():
        raise RuntimeError
    assert who() == before


def test_without_an_owner_nothing_changes(settings):
    settings.DATABASE_OWNER = None
    before = who()
    with as_owner():
        assert who() == before


def test_migrating_leaves_the_run_time_role_behind():
    before = who()
    call_command("migrate", verbosity=0, interactive=False)
    assert who() == before
