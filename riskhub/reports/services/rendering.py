"""From a snapshot to a stored file. Nothing but the snapshot is read."""

import tempfile
from pathlib import Path

from django.urls import reverse
from django.utils import timezone

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.files.services import store_file
from riskhub.notices.services import notify
from riskhub.reports.canonical import digest_of
from riskhub.reports.choices import ReportState
from riskhub.reports.kinds import report_kind
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.reports.render.job import Attachment, Job
from riskhub.reports.render.process import Rendered, render_pdf

RENDER = "report.render"
MIME = "application/pdf"


def render_report(report_id: int, *, by: User | None = None) -> Report:
    """Make and store the PDF; a report that is ready is left alone.

    Safe to run again after a kill, and by two workers at once: equal snapshots give equal bytes.
    What goes wrong is kept on the report and raised.
    """
    report = Report.objects.select_related("snapshot", "requested_by").get(pk=report_id)
    if report.is_ready:
        return report
    _move(report, ReportState.RUNNING, by=by)
    try:
        content, rendered = render_snapshot(report.snapshot, report.locale)
        file = store_file(content, by=by, kind="report", filename=report.filename, mime=MIME)
    except Exception as error:
        _move(report, ReportState.FAILED, by=by, error=str(error)[:2000] or type(error).__name__)
        _tell(report, "report_failed", by)
        raise
    done = {"file": file, "pages": rendered.pages, "ready_at": timezone.now(), "error": ""}
    _move(report, ReportState.READY, by=by, **done)
    _tell(report, "report_ready", by)
    return report


def _tell(report: Report, kind: str, by: User | None) -> None:
    """Whoever asked may have left the page long ago."""
    notify(
        [report.requested_by] if report.requested_by else [],
        by=by,
        kind=kind,
        params={"period": str(report.snapshot.quarter)},
        url=reverse("reports:report_detail", args=[report.pk]),
        dedupe=f"{kind}:{report.pk}",
    )


def render_snapshot(snapshot: ReportSnapshot, locale: str) -> tuple[bytes, Rendered]:
    """Return the bytes of the PDF, the same ones each time."""
    kind, data = report_kind(snapshot.kind), snapshot.data
    digest = digest_of(snapshot.content)
    attachments = [
        *kind.attach(data, locale),
        Attachment("snapshot.json", "Snapshot", snapshot.content, "Source"),
    ]
    job = Job(
        html=kind.write_html(data, locale, digest),
        moment=snapshot.as_of,
        identifier=digest[:32],
        attachments=tuple(attachments),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        rendered = render_pdf(job, path)
        return path.read_bytes(), rendered


def _move(report: Report, to: ReportState, *, by: User | None, **fields: object) -> None:
    """A step that another worker has already taken or gone past is not taken back."""
    try:
        with acting(by, f"report.{to.value}"):
            move(report, to, **fields)
    except WrongState:
        report.refresh_from_db()
        if not report.is_ready and report.state != to:
            raise
