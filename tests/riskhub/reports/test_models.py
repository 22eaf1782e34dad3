"""What the database refuses, whoever asks."""

from hashlib import sha256
from itertools import product

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.files.services import store_file
from riskhub.reports.choices import ReportState
from riskhub.reports.models import Report, ReportSnapshot


@pytest.fixture
def snapshot(db):
    return make_snapshot()


def make_snapshot(**fields):
    made = ReportSnapshot.objects.create(
        **{
            "kind": "trial",
            "period_start": "2026-07-01",
            "period_end": "2026-09-30",
            "as_of": timezone.now(),
            "content": '{"名":1}',
        }
        | fields
    )
    made.refresh_from_db()
    return made


@pytest.fixture
def ready(snapshot, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = store_file(b"%PDF", by=None, kind="report", filename="r.pdf", mime="application/pdf")
    return Report.objects.create(
        snapshot=snapshot, locale="en", state="ready", file=file, pages=1, ready_at=timezone.now()
    )


def refused(sql, *, text):
    with (
        pytest.raises(DatabaseError, match=text),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_the_database_computes_the_hash(snapshot):
    assert snapshot.sha256 == sha256(snapshot.content.encode()).hexdigest()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_reportsnapshot SET content = '{}'",
        "UPDATE reports_reportsnapshot SET reason = 'x'",
        "DELETE FROM reports_reportsnapshot",
    ],
)
def test_a_snapshot_takes_no_change(snapshot, sql):
    refused(sql, text="permission denied for table reports_reportsnapshot")


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_refused_too(as_owner):
    make_snapshot()
    for sql in (
        "UPDATE reports_reportsnapshot SET content = '{}'",
        "DELETE FROM reports_reportsnapshot",
        "TRUNCATE reports_reportsnapshot CASCADE",
    ):
        with pytest.raises(psycopg.Error, match="append-only"):
            as_owner.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_report SET pages = 2",
        "UPDATE reports_report SET state = 'queued', file_id = NULL, ready_at = NULL",
    ],
)
def test_a_ready_report_is_frozen(ready, sql):
    refused(sql, text="is ready and cannot change")


def test_no_report_is_deleted(ready):
    refused("DELETE FROM reports_report", text="permission denied for table reports_report")


def test_one_snapshot_per_revision_and_one_report_per_language(ready, snapshot):
    with pytest.raises(IntegrityError, match="report_snapshot_once"), transaction.atomic():
        make_snapshot()
    with pytest.raises(IntegrityError, match="report_once_per_language"), transaction.atomic():
        Report.objects.create(snapshot=snapshot, locale="en")


@pytest.mark.parametrize(
    "fields",
    [
        {"revision": 2},
        {"revision": 2, "reason": "why"},
        {"revision": 2, "supersedes": True},
        {"period_end": "2026-06-30", "kind": "other"},
    ],
)
def test_a_revision_names_what_it_replaces_and_why(snapshot, fields):
    if fields.get("supersedes"):
        fields = {**fields, "supersedes": snapshot}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_snapshot(**fields)


def test_ready_needs_a_file(snapshot):
    with pytest.raises(IntegrityError, match="report_ready_has_file"), transaction.atomic():
        Report.objects.create(snapshot=snapshot, locale="en", state="ready", pages=1)


def test_every_trigger_is_there(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'report_%' AND NOT tgisinternal"
        )
        assert {row[0] for row in cursor.fetchall()} == {
            "report_frozen", "report_not_truncated", "report_snapshot_append_only",
        }  # fmt: skip


ALLOWED = {
    ("queued", "running"),
    ("running", "running"),
    ("running", "ready"),
    ("running", "failed"),
    ("failed", "running"),
}


@pytest.mark.parametrize(("start", "to"), list(product(ReportState.values, ReportState.values)))
def test_every_pair_of_states(ready, start, to):
    done = {"file": ready.file, "pages": 1, "ready_at": ready.ready_at}
    report = ready
    if start != "ready":
        report = Report.objects.create(snapshot=ready.snapshot, locale="zh-hans", state=start)
    fields = done if to == "ready" else {}
    if (start, to) in ALLOWED:
        with acting(None, f"report.{to}"):
            assert move(report, to, **fields).state == to
    else:
        with pytest.raises(WrongState), acting(None, f"report.{to}"):
            move(report, to, **fields)


def test_names_and_states_in_words(ready):
    snapshot = ready.snapshot
    assert (str(snapshot), str(ready)) == ("trial 2026Q3 r1", "2026Q3 r1 en")
    assert (ready.is_ready, ready.is_moving) == (True, False)
    waiting = Report(snapshot=snapshot, locale="zh-hans")
    assert (waiting.is_ready, waiting.is_moving) == (False, True)
