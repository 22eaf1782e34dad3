"""For whoever watches the processes: is this one alive, and does it have what it needs."""

from collections.abc import Callable

from celery.exceptions import CeleryError
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from riskhub.celery import app
from riskhub.files.store import place
from riskhub.oversight.health import work_health
from riskhub.reports.render.self_test import pdf_self_test

# Without these nothing can be answered; the others make something slower or later.
VITAL = ("database", "migrations")
_OWNER = """
SELECT rolsuper OR EXISTS (
    SELECT FROM pg_tables WHERE tablename = 'audit_auditevent' AND tableowner = current_user)
FROM pg_roles WHERE rolname = current_user
"""

_migrated = False


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The process is alive; it says nothing about what it needs."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """503 only without database or migrations. Each part is "ok" or one sentence of what is wrong."""
    parts = {name: fault() for name, fault in PARTS.items()}
    is_up = not any(parts[name] for name in VITAL)
    words = ("degraded" if any(parts.values()) else "ready") if is_up else "unavailable"
    body = {"status": words, "parts": {name: fault or "ok" for name, fault in parts.items()}}
    return JsonResponse(body, status=200 if is_up else 503)


def database_fault() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "The database does not answer."
    return ""


def migrations_fault() -> str:
    """Asked until the answer is yes: this code's migrations do not become unapplied."""
    global _migrated  # noqa: PLW0603 - one answer per process
    if _migrated:
        return ""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return "Nobody knows while the database does not answer."
    _migrated = not plan
    return f"Migrations not applied: {len(plan)}. Run manage.py migrate." if plan else ""


def broker_fault() -> str:
    """Without it work waits for the next sweep instead of starting at once."""
    try:
        with app.connection_for_write(connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (CeleryError, OperationalError, OSError):
        return "The broker does not answer: background work waits for the next sweep."
    return ""


def work_fault() -> str:
    try:
        found = work_health(timezone.now())
    except Error:
        return "Nobody knows while the database does not answer."
    faults = {
        "Nobody has looked for work lately: is a worker running?": found.is_silent,
        f"Late jobs: {found.late}.": found.late,
        f"Jobs given up: {found.dead}, see the start page.": found.dead,
    }
    return " ".join(sentence for sentence, is_so in faults.items() if is_so)


def pdf_fault() -> str:
    """The self-test's last result; it is made again once a day."""
    result = pdf_self_test()
    return "" if result.is_ok else "PDF files cannot be made on this machine."


def files_fault() -> str:
    """Without it everything goes on but what needs a file."""
    return place().fault()


def roles_fault() -> str:
    """Whoever owns the audit tables can switch their protection off."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_OWNER)
            (is_owner,) = cursor.fetchone()
    except Error:
        return "Nobody knows while the database does not answer."
    if is_owner:
        return "The run-time role owns the audit tables: set DATABASE_OWNER_URL to another role."
    return ""


PARTS: dict[str, Callable[[], str]] = {
    "database": database_fault,
    "migrations": migrations_fault,
    "broker": broker_fault,
    "work": work_fault,
    "files": files_fault,
    "pdf": pdf_fault,
    "roles": roles_fault,
}
