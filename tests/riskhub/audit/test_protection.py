"""Every table has the trigger, less a closed list; each migrate puts rights and triggers right."""

import pytest
from django.db import connection

from riskhub.audit import protection
from riskhub.audit.sql import MASKED, SKIPPED
from tests.riskhub.audit.test_rights import FOUND, LETTERS, RIGHTS

pytestmark = pytest.mark.django_db

# Sessions, sign-in throttles, work, snapshots, the audit itself, Django's own.
CLOSED_LIST = {
    "django_session",
    "axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog",
    "work_work",
    "reports_reportsnapshot",
    "audit_auditevent", "audit_auditseal",
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type",
    "django_migrations",
}  # fmt: skip


def rows(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def tables():
    return {name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def test_the_closed_list_is_closed():
    assert protection.UNAUDITED == CLOSED_LIST
    assert tables() >= CLOSED_LIST


def test_every_other_table_is_audited():
    found = rows(
        "SELECT relname, tgenabled, pg_get_triggerdef(t.oid) FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = tgrelid WHERE tgname = 'audit_record'"
    )
    assert {table for table, _enabled, _definition in found} == tables() - CLOSED_LIST
    assert {enabled for _table, enabled, _definition in found} == {"O"}
    for table, _enabled, definition in found:
        assert f"AFTER INSERT OR DELETE OR UPDATE ON public.{table} FOR EACH ROW" in definition
        for names in (MASKED, SKIPPED):
            assert f"'{{{','.join(names)}}}'" in definition


def test_the_audit_tables_refuse_changes():
    found = rows(
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname LIKE '%%append_only' "
        "AND tgrelid IN ('audit_auditevent'::regclass, 'audit_auditseal'::regclass)"
    )
    assert {name for name, _definition in found} == {
        "audit_event_append_only", "audit_seal_append_only",
    }  # fmt: skip
    assert all("BEFORE DELETE OR UPDATE OR TRUNCATE" in text for _name, text in found)


def test_the_functions_are_the_owners_and_look_nowhere_else():
    found = dict(
        rows(
            "SELECT proname, prosecdef AND proconfig::text LIKE '%%search_path=public, pg_temp%%' "
            "AND proowner <> (SELECT oid FROM pg_roles WHERE rolname = current_user) "
            "FROM pg_proc WHERE proname IN ('audit_record', 'audit_note', 'audit_seal_events')"
        )
    )
    assert found == {"audit_record": True, "audit_note": True, "audit_seal_events": True}


@pytest.fixture
def as_owner_connection(as_owner, monkeypatch):
    monkeypatch.setattr(protection, "connections", {"default": as_owner})
    return as_owner


@pytest.mark.django_db(transaction=True)
def test_a_new_table_needs_no_thought(as_owner_connection):
    as_owner_connection.execute("CREATE TABLE public.later (id int)")
    as_owner_connection.execute("DROP TRIGGER audit_record ON registers_register")
    as_owner_connection.execute(
        "CREATE OR REPLACE TRIGGER audit_record AFTER INSERT ON accounts_user "
        "FOR EACH ROW EXECUTE FUNCTION audit_record('{}', '{}')"
    )
    protection.after_migrate()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO later VALUES (7)")
        cursor.execute(
            "SELECT object_type, object_id FROM audit_auditevent ORDER BY id DESC LIMIT 1"
        )
        assert cursor.fetchone() == ("later", "7")
    as_owner_connection.execute("DROP TABLE public.later")
    test_every_other_table_is_audited()


@pytest.mark.django_db(transaction=True)
def test_rights_that_were_too_wide_are_taken_back(as_owner_connection):
    """As in a database of an earlier version, or one that somebody helped along."""
    role = connection.settings_dict["USER"]
    as_owner_connection.execute(f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{role}"')
    protection.after_migrate()
    assert dict(rows(FOUND, [*LETTERS], [*LETTERS.values()])) == RIGHTS


@pytest.mark.django_db(transaction=True)
def test_one_role_for_everything_gets_no_grants(as_owner_connection, settings):
    (owner,) = as_owner_connection.execute("SELECT current_user").fetchone()
    settings.DATABASE_RUNTIME_ROLE = owner
    protection.after_migrate()
    assert dict(rows(FOUND, [*LETTERS], [*LETTERS.values()])) == RIGHTS
