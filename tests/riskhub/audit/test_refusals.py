"""What the run-time role may not do to the audit, and what even the owner does not do by accident."""

import psycopg
import pytest
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from riskhub.audit.models import AuditEvent
from riskhub.audit.services import seal_events

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE audit_auditevent SET reason = 'x'",
    "DELETE FROM audit_auditevent",
    "TRUNCATE audit_auditevent CASCADE",
    "UPDATE audit_auditseal SET hash = ''",
    "DELETE FROM audit_auditseal",
    "TRUNCATE audit_auditseal",
]
ATTACKS = [
    *CHANGES,
    "INSERT INTO audit_auditevent SELECT * FROM audit_auditevent LIMIT 1",
    "INSERT INTO audit_auditseal SELECT * FROM audit_auditseal",
    "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "ALTER TABLE accounts_department DISABLE TRIGGER audit_record",
    "ALTER TABLE registers_risk DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_record ON registers_risk",
    "DROP TRIGGER audit_event_append_only ON audit_auditevent",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION audit_record() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION public.audit_setting(text, int) RETURNS text LANGUAGE sql AS 'SELECT 1'",
    "SELECT audit_insert('note', 'x', '', '', NULL, NULL, 'forged')",
    "ALTER TABLE registers_risk RENAME TO elsewhere",
    "DROP TABLE audit_auditseal",
    "CREATE TABLE public.beside (id int)",
    "SET ROLE postgres",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_run_time_role_is_refused(runtime, attack):
    with pytest.raises((InsufficientPrivilege, psycopg.errors.InvalidParameterValue)):
        runtime.execute(attack)


APPENDED = (
    "reports_reportsnapshot",
    "files_storedfile",
    "assessments_approval",
    "assessments_planauthor",
)


@pytest.mark.parametrize("table", APPENDED)
def test_what_is_written_once_stays_even_for_the_owner(runtime, as_owner, table):
    """The run-time role lacks the right; without two roles the trigger is what refuses."""
    for attack in (
        f"UPDATE {table} SET id = id",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
    ):
        with pytest.raises(InsufficientPrivilege, match="permission denied"):
            runtime.execute(attack)
        runtime.rollback()
        with pytest.raises(InsufficientPrivilege, match="append-only"):
            as_owner.execute(attack)


@pytest.mark.parametrize("attack", CHANGES)
def test_the_owner_is_refused_by_the_tables_themselves(as_owner, attack):
    with pytest.raises(InsufficientPrivilege, match="append-only"):
        as_owner.execute(attack)


def test_a_table_of_ones_own_is_not_taken_for_ours(runtime):
    """A temporary table of the same name stands first on the search path, but not for the trigger."""
    runtime.execute("CREATE TEMP TABLE audit_auditevent (LIKE public.audit_auditevent)")
    runtime.execute("SET search_path = pg_temp, public")
    runtime.execute("UPDATE accounts_department SET name_en = 'x' WHERE code = 'OPS'")
    kept = runtime.execute("SELECT count(*) FROM pg_temp.audit_auditevent").fetchone()
    written = runtime.execute(
        "SELECT actor_name FROM public.audit_auditevent ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert (kept, written) == ((0,), (f"database role {connection.settings_dict['USER']}",))


def test_a_function_of_ones_own_is_not_called(runtime):
    runtime.execute(
        "CREATE FUNCTION pg_temp.audit_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT '7' $$"
    )
    runtime.execute("UPDATE accounts_department SET name_en = 'x' WHERE code = 'OPS'")
    (actor,) = runtime.execute(
        "SELECT actor_id FROM audit_auditevent ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert actor is None


@pytest.mark.django_db(transaction=True)
def test_reading_and_sealing_are_allowed(runtime):
    assert runtime.execute("SELECT count(*) FROM audit_auditevent").fetchone()[0] > 0
    runtime.rollback()
    assert seal_events(1) == 1
    assert AuditEvent.objects.filter(seal__seq=1).count() == 1
