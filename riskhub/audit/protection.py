"""What keeps the audit whole: a trigger on every table, and rights that the run-time role lacks."""

from typing import Any

from django.conf import settings
from django.db import connections
from psycopg import sql

from riskhub.audit.sql import MASKED, SKIPPED

# Tables without the audit trigger. Everything else has it: a new table needs no thought.
UNAUDITED = frozenset(
    {
        "audit_auditevent",
        "audit_auditseal",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "axes_accessattempt",
        "axes_accessattemptexpiration",
        "axes_accessfailurelog",
        "axes_accesslog",
        "django_content_type",
        "django_migrations",
        "django_session",
        "reports_reportsnapshot",
        "work_work",
    }
)
# The run-time role may read these and add to the snapshots; nobody may change them.
READ_ONLY = ("audit_auditevent", "audit_auditseal")

_TABLES = """
SELECT c.relname, coalesce(pg_get_triggerdef(t.oid), '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgname = 'audit_record'
WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname
"""


def after_migrate(using: str = "default", **_kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
    """Add the trigger where it is missing or old, then grant the run-time role what it needs."""
    with connections[using].cursor() as cursor:
        cursor.execute(_TABLES)
        masked, skipped = (f"{{{','.join(names)}}}" for names in (MASKED, SKIPPED))
        for table, definition in cursor.fetchall():
            if table in UNAUDITED:
                continue
            if f"'{masked}', '{skipped}'" not in definition:
                _add_trigger(cursor, table, masked, skipped)
        role = settings.DATABASE_RUNTIME_ROLE
        cursor.execute("SELECT current_user")
        if role and role != cursor.fetchone()[0]:
            _grant(cursor, role)


def _add_trigger(cursor: Any, table: str, masked: str, skipped: str) -> None:  # noqa: ANN401 - a cursor
    cursor.execute(
        sql.SQL(
            "CREATE OR REPLACE TRIGGER audit_record AFTER INSERT OR UPDATE OR DELETE ON {} "
            "FOR EACH ROW EXECUTE FUNCTION audit_record({}, {})"
        ).format(sql.Identifier(table), sql.Literal(masked), sql.Literal(skipped))
    )


def _grant(cursor: Any, role: str) -> None:  # noqa: ANN401 - a cursor
    name = sql.Identifier(role)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
    ):
        cursor.execute(sql.SQL(statement).format(name))
    for table in READ_ONLY:
        cursor.execute(
            sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                sql.Identifier(table), name
            )
        )
