"""The whole way once: from the register through the freeze to the pages of the PDF, both languages."""

import csv
import io
import re

import pypdfium2
import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from assessments.quarterly.pages.document import quarterly_html
from assessments.services import decide_plan
from riskhub.company.calendar import Quarter
from riskhub.reports.models import ReportSnapshot
from riskhub.reports.services import render_report, request_report
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = [
    "高处作业坠落",
    "客户财物丢失或盗窃嫌疑",
    "安装维修后漏水 (含外包)",
    "=迟到",
    "临时加价、乱收费",
]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def company(register, risk_manager, approver):
    """Five risks: High approved, High waiting, Medium, Low, not rated."""
    risks = [make_risk(register, by=risk_manager, title=title) for title in TITLES]
    cells = (((3, 5), (2, 5)), ((4, 4), (4, 3)), ((3, 3), (3, 3)), ((2, 2), (1, 2)))
    for risk, (inherent, residual) in zip(risks, cells, strict=False):
        assess(risk, inherent, residual, by=risk_manager, confirmed_by=approver)
    plan = make_plan(risks[0], by=risk_manager, submitted=True)
    decide_plan(plan, by=approver, decision="approved", content_hash=plan.head.content_hash)
    make_plan(risks[1], by=risk_manager, submitted=True)
    return risks


def text_of(page):
    return page.get_textpage().get_text_bounded().replace("\r\n", "\n")


def test_both_languages_say_what_the_register_holds(company, risk_manager):
    quarter = Quarter.of(timezone.localdate())
    for language in ("zh-hans", "en"):
        asked = request_report("quarterly", quarter, by=risk_manager, language=language)
        report = render_report(asked.pk)
        pdf = pypdfium2.PdfDocument(report.file.read())
        pages = [text_of(page) for page in pdf]
        assert len(pages) == report.pages
        check_names(company, pages)
        check_heads_and_feet(report.snapshot, pages, language)
        outline = [item.get_title() for item in pdf.get_toc()]
        assert len([title for title in outline if re.match(r"(\d+|[ABC]) ", title)]) == 18
    check_files_inside(company, report.snapshot, pdf)
    assert ReportSnapshot.objects.count() == 1


def check_names(company, pages):
    whole = "".join(pages).replace("\n", "")
    for risk in company:
        assert risk.title in whole
        assert risk.code in whole


def check_heads_and_feet(snapshot, pages, language):
    """Hash, page number and, since the quarter still runs, the mark of a draft on every page."""
    assert f"{snapshot.sha256[:32]}\n{snapshot.sha256[32:]}" in pages[0]
    for number, page in enumerate(pages[1:], start=2):
        assert snapshot.sha256[:12] in page
        assert re.search(rf"\b{number} .*\b{len(pages)}\b", page)
    assert snapshot.is_draft
    with override(language):
        mark = gettext("Draft: the quarter is not over")
    assert all(mark in page for page in pages)


def check_files_inside(company, snapshot, pdf):
    inside = {
        pdf.get_attachment(n).get_name(): bytes(pdf.get_attachment(n).get_data())
        for n in range(pdf.count_attachments())
    }
    assert inside["snapshot.json"] == snapshot.content.encode()
    rows = list(csv.reader(io.StringIO(inside["register.csv"].decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == [risk.code for risk in company]
    assert [row[1] for row in rows[1:]] == [*TITLES[:3], "'=迟到", TITLES[4]]
    cells = [row[7:9] for row in rows[1:]]
    assert cells == [["2", "5"], ["4", "3"], ["3", "3"], ["1", "2"], ["", ""]]


def test_no_name_of_a_person_is_frozen(company, risk_manager, approver):
    quarter = Quarter.of(timezone.localdate())
    report = request_report("quarterly", quarter, by=risk_manager, language="en")
    for user in (risk_manager, approver):
        assert user.display_name not in report.snapshot.content
        assert user.username not in report.snapshot.content


def test_the_next_quarter_is_compared_with_the_last(company, risk_manager, approver):
    asked = {"by": risk_manager, "language": "en"}
    quarter = Quarter.of(timezone.localdate())
    request_report("quarterly", quarter, **asked)
    assess(company[2], (4, 4), (4, 3), by=risk_manager, confirmed_by=approver)
    data = request_report("quarterly", quarter.following, **asked).snapshot.data
    moved = {
        risk["code"]: (risk["last"], risk["residual"])
        for risk in data["risks"]
        if risk["last"] and risk["last"] != risk["residual"]
    }
    assert moved == {company[2].code: ([3, 3], [4, 3])}
    sentence = (
        "1 moved on the matrix since the last report: 1 higher (over the line: R003), 0 lower, "
        "0 sideways."
    )
    assert sentence in quarterly_html(data, "en", "0" * 64)
