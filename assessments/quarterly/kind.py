"""The quarterly report as a kind of the report engine: its content and its pages."""

from typing import Any, cast

from assessments.quarterly.content import build_content
from assessments.quarterly.evidence import data_since
from assessments.quarterly.pages.attachments import quarterly_attachments
from assessments.quarterly.pages.document import quarterly_html
from riskhub.reports.kinds import ReportKind, register_report_kind

QUARTERLY = "quarterly"


def register_quarterly_report() -> None:
    register_report_kind(
        ReportKind(
            code=QUARTERLY,
            since=data_since,
            build=build_content,
            write_html=lambda content, locale, digest: quarterly_html(
                cast("Any", content), locale, digest
            ),
            attach=lambda content, locale: quarterly_attachments(cast("Any", content), locale),
        )
    )
