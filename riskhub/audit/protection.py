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
# What the run-time role may do: these it reads, to those it adds, and it deletes from nothing but the
# last. Everything else it reads, adds to and changes: what the company wrote down is never deleted,
# and a number is not given twice.
READ_ONLY = frozenset(
    {
        "accounts_user_groups",
        "accounts_user_user_permissions",
        "audit_auditevent",
        "audit_auditseal",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
    }
)
APPEND_ONLY = frozenset(
    {
        "assessments_approval",
        "assessments_assessmentcontrol",
        "assessments_impactscore",
        "assessments_lecscore",
        "assessments_planauthor",
        "assessments_resourceline",
        "assessments_spending",
        "assessments_schemeauthor",
        "assessments_schemedecision",
        "assessments_transferlink",
        "files_attachmenterasure",
        "files_comment",
        "files_comment_mentions",
        "files_commentwithdrawal",
        "files_storedfile",
        "registers_controlcheck",
        "registers_proposalmessage",
        "reports_reportsnapshot",
    }
)
DELETABLE = frozenset(
    {
        "accounts_department",
        "accounts_roleassignment",
        "company_calendarday",
        "assessments_contingencyrisk",
        "assessments_contingencystep",
        "assessments_contingencytrigger",
        "assessments_processchange_controls",
        "assessments_processchange_nodes",
        "assessments_processchange_suppliers",
        "assessments_assessmentdraft",
        "assessments_plandraft",
        "axes_accessattempt",
        "axes_accessattemptexpiration",
        "axes_accessfailurelog",
        "axes_accesslog",
        "django_session",
        "imports_importmapping",
        "incidents_incidentmeasure",
        "incidents_incidentrisk",
        "incidents_injuredperson",
        "assessments_librarycontingencyplan",
        "notices_webhook",
        "registers_librarycontrol",
        "registers_libraryrisk",
        "registers_risk_service_lines",
        "registers_risk_sources",
        "registers_riskarea",
        "registers_riskcontrol",
        "registers_riskorigin",
        "registers_risksource",
        "registers_serviceline",
        "search_savedview",
    }
)
_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")

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
        tables = dict(cursor.fetchall())
        for table, definition in tables.items():
            if table in UNAUDITED:
                continue
            if f"'{masked}', '{skipped}'" not in definition:
                _add_trigger(cursor, table, masked, skipped)
        role = settings.DATABASE_RUNTIME_ROLE
        cursor.execute("SELECT current_user")
        if role and role != cursor.fetchone()[0]:
            _grant(cursor, role, list(tables))


def _add_trigger(cursor: Any, table: str, masked: str, skipped: str) -> None:  # noqa: ANN401 - a cursor
    cursor.execute(
        sql.SQL(
            "CREATE OR REPLACE TRIGGER audit_record AFTER INSERT OR UPDATE OR DELETE ON {} "
            "FOR EACH ROW EXECUTE FUNCTION audit_record({}, {})"
        ).format(sql.Identifier(table), sql.Literal(masked), sql.Literal(skipped))
    )


def rights_on(table: str) -> tuple[str, ...]:
    """What the run-time role may do with the rows of this table."""
    if table in READ_ONLY:
        return _RIGHTS[:1]
    if table in APPEND_ONLY:
        return _RIGHTS[:2]
    return _RIGHTS if table in DELETABLE else _RIGHTS[:3]


def _grant(cursor: Any, role: str, tables: list[str]) -> None:  # noqa: ANN401 - a cursor
    """Granting before revoking: processes that run meanwhile lose nothing that they may keep."""
    name = sql.Identifier(role)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
    ):
        cursor.execute(sql.SQL(statement).format(name))
    for table in tables:
        allowed = rights_on(table)
        refused = [right for right in (*_RIGHTS, "TRUNCATE", "REFERENCES", "TRIGGER")
                   if right not in allowed]  # fmt: skip
        for verb, rights, to in (("GRANT", allowed, "TO"), ("REVOKE", refused, "FROM")):
            cursor.execute(
                sql.SQL(f"{verb} {', '.join(rights)} ON {{}} {to} {{}}").format(
                    sql.Identifier(table), name
                )
            )
