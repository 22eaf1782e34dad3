from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.services import note_event
from riskhub.reports.models import Report


def download_report(report: Report, *, by: User) -> bytes:
    """The stored bytes; raises FileDamaged. Who took which report is in the audit."""
    with acting(by, "report.downloaded"):
        assert report.file is not None  # noqa: S101 - the caller asks for ready ones
        content = report.file.read()
        note_event(
            by=by,
            action="report.downloaded",
            object_type="reports_report",
            object_id=str(report.pk),
            label=report.short_name,
            details={"sha256": report.file.sha256},
        )
        return content
