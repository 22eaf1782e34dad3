"""What belongs together stands on one page."""

from datetime import datetime

import pypdfium2

from assessments.quarterly.pages.document import quarterly_html
from riskhub.reports.render.job import Job
from riskhub.reports.render.process import render_pdf
from tests.assessments.quarterly.pages.sample_snapshot import sample_snapshot


def pages_of(snapshot, path):
    moment = datetime.fromisoformat(snapshot["meta"]["as_of"])
    html = quarterly_html(snapshot, "en", "0" * 64)
    render_pdf(Job(html=html, moment=moment, identifier="0" * 32, attachments=()), path)
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]


def test_a_short_list_of_closed_risks_never_stands_alone(tmp_path):
    """Where the page is too short for it, the movement that it explains comes along."""
    snapshot = sample_snapshot(60)
    (closed,) = snapshot["closed"]
    snapshot["closed"] = [{**closed, "code": f"R9{number:02d}"} for number in range(12)]
    pages = pages_of(snapshot, tmp_path / "report.pdf")
    (page,) = (page for page in pages[3:] if "Closed and merged risks" in page)
    assert "Register in numbers" in page
    assert "By category and level" not in page
    assert "Movement in the quarter" in page
