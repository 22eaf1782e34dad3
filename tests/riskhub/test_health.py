"""Ready, degraded or unavailable: what a watcher of the processes is told."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from riskhub import health
from riskhub.reports.render.self_test import SelfTest
from riskhub.work.models import Work
from riskhub.work.services import owe_work, sweep_work

PROBES = ["healthz", "readyz"]


@pytest.fixture(autouse=True)
def _pdf(monkeypatch):
    """The self-test has tests of its own; here it is what the last one said."""
    monkeypatch.setattr(health, "pdf_self_test", lambda: SelfTest(True, "", 0))


@pytest.fixture
def swept(db):
    sweep_work()
    Work.objects.exclude(done_at=None).update(done_at=timezone.now())


def parts(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json()["status"], answer.json()["parts"]


def test_alive(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("probe", PROBES)
def test_reading_only(client, probe):
    assert client.post(f"/{probe}").status_code == 405


@pytest.mark.usefixtures("swept")
def test_ready(client):
    status, word, found = parts(client)
    assert (status, word) == (200, "ready")
    assert found == dict.fromkeys(
        ["database", "migrations", "broker", "work", "files", "pdf", "roles"], "ok"
    )


@pytest.mark.usefixtures("swept")
def test_without_the_database(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)

    def refused(*_args, **_kwargs):
        raise OperationalError("secret host")

    with monkeypatch.context() as patch:
        patch.setattr(DatabaseWrapper, "cursor", refused)
        status, word, found = parts(client)
    assert (status, word) == (503, "unavailable")
    assert found["database"] == "The database does not answer."
    assert found["migrations"] == found["work"] == found["roles"]
    assert "secret" not in str(found)


@pytest.mark.usefixtures("swept")
def test_with_unapplied_migrations(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_args: [1, 2])
    status, word, found = parts(client)
    assert (status, word) == (503, "unavailable")
    assert found["migrations"] == "Migrations not applied: 2. Run manage.py migrate."


@pytest.mark.usefixtures("swept")
def test_without_the_broker(client, monkeypatch):
    monkeypatch.setattr(health.app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    status, word, found = parts(client)
    assert (status, word) == (200, "degraded")
    assert found["broker"].startswith("The broker does not answer")


def test_nobody_works(client, db):
    status, word, found = parts(client)
    assert (status, word) == (200, "degraded")
    assert found["work"] == "Nobody has looked for work lately: is a worker running?"


@pytest.mark.usefixtures("swept")
def test_late_and_dead_work(client):
    owe_work("x", "late", run_after=timezone.now() - timedelta(hours=1))
    owe_work("x", "dead")
    Work.objects.filter(dedupe="dead").update(state="dead")
    status, word, found = parts(client)
    assert (status, word) == (200, "degraded")
    assert found["work"] == "Late jobs: 1. Jobs given up: 1, see the start page."


@pytest.mark.usefixtures("swept")
def test_no_pdf(client, monkeypatch):
    monkeypatch.setattr(
        health, "pdf_self_test", lambda: SelfTest(False, "/opt/pdf/lib: no font", 0)
    )
    status, word, found = parts(client)
    assert (status, word, found["pdf"]) == (
        200, "degraded", "PDF files cannot be made on this machine.",
    )  # fmt: skip


def test_one_role_for_everything(db, as_owner, monkeypatch):
    monkeypatch.setattr(health, "connection", as_owner)
    assert health.roles_fault().startswith("The run-time role owns the audit tables")
