"""The quarterly report as a kind; assessments brings the content."""

from typing import Any, cast

from riskhub.reports.kinds import Builder, ReportKind, register_report_kind
from riskhub.reports.quarterly.attachments import quarterly_attachments
from riskhub.reports.quarterly.document import quarterly_html

QUARTERLY = "quarterly"


def register_quarterly_report(build: Builder) -> None:
    """`build` returns a snapshot after assessments/quarterly/schema.py."""
    register_report_kind(
        ReportKind(
            code=QUARTERLY,
            build=build,
            write_html=lambda content, locale, digest: quarterly_html(
                cast("Any", content), locale, digest
            ),
            attach=lambda content, locale: quarterly_attachments(cast("Any", content), locale),
        )
    )
