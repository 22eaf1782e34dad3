"""States of a report, and the table of its steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


# RUNNING to RUNNING: a worker was killed in the middle and another one begins again.
REPORT_NEXT_STATES: dict[str, frozenset[str]] = {
    ReportState.QUEUED: frozenset({ReportState.RUNNING}),
    ReportState.RUNNING: frozenset({ReportState.RUNNING, ReportState.READY, ReportState.FAILED}),
    ReportState.FAILED: frozenset({ReportState.RUNNING}),
    ReportState.READY: frozenset(),
}
