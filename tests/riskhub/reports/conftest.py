"""A kind of report of our own, so that the engine is tested without any content."""

from datetime import UTC, datetime

import pytest

from riskhub.reports import kinds
from riskhub.reports.kinds import ReportKind, register_report_kind
from riskhub.reports.render.job import Attachment


class Builder:
    """Remembers what it was asked; `facts` stand for the database."""

    def __init__(self):
        self.calls, self.facts, self.is_draft = [], {"risks": 3}, False
        self.since = datetime(2026, 7, 1, tzinfo=UTC)

    def __call__(self, quarter, /, **occasion):
        self.calls.append((str(quarter), occasion))
        return {
            "meta": {"scheme": 1, "is_draft": self.is_draft, "revision": occasion["revision"]},
            "facts": self.facts,
        }


@pytest.fixture
def builder(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    made = Builder()
    register_report_kind(
        ReportKind(
            code="trial",
            build=made,
            write_html=lambda content, locale, digest: (
                f'<html lang="{locale[:2]}"><title>试</title><p>{locale} {content["facts"]} {digest}</p>'
            ),
            since=lambda: made.since,
            attach=lambda content, _locale: [Attachment("a.txt", "A", str(content["facts"]))],
        )
    )
    return made
