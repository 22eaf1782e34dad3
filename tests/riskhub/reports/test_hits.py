import pytest
from django.utils import timezone

from riskhub.company.calendar import Quarter
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.search.finding import find


@pytest.fixture
def reports(risk_manager):
    for text in ("2026Q3", "2026Q2", "2025Q3"):
        quarter = Quarter.parse(text)
        snapshot = ReportSnapshot.objects.create(
            kind="quarterly", period_start=quarter.starts_on, period_end=quarter.ends_on,
            as_of=timezone.now(), content="{}", made_by=risk_manager,
        )  # fmt: skip
        Report.objects.create(snapshot=snapshot, locale="zh-hans", requested_by=risk_manager)


def found(user, text):
    groups = find(user, text, 6)
    hits = next((group.hits for group in groups if group.key == "reports"), [])
    keys = [int(hit.url.strip("/").rpartition("/")[2]) for hit in hits]
    return [str(Report.objects.get(pk=key).snapshot.quarter) for key in keys]


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("2026", ["2026Q3", "2026Q2"]),
        ("2026Q3", ["2026Q3"]),
        ("q3 2026", ["2026Q3"]),
        ("2026 年第三季度", ["2026Q3"]),
        ("2026年第2季度", ["2026Q2"]),
        ("三季", ["2026Q3", "2025Q3"]),
        ("2024", []),
        ("20261", []),
        ("漏水", []),
    ],
)
def test_a_report_by_its_quarter_as_people_write_it(reports, auditor, text, quarters):
    assert found(auditor, text) == quarters


def test_who_reads_no_reports_finds_none(reports, head_cleaning, staff_cleaning):
    assert found(head_cleaning, "2026") == found(staff_cleaning, "2026") == []
