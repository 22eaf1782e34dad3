import pytest

from riskhub.reports.models import Report, ReportSnapshot
from riskhub.reports.permissions import can_make_report, can_read_reports
from tests.riskhub.reports.test_models import make_snapshot

READERS = {"risk_manager", "approver", "auditor"}
EVERYBODY = READERS | {
    "admin", "head_cleaning", "staff_cleaning", "outsider",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_only_who_sees_the_whole_company_reads_reports(name, request):
    user = request.getfixturevalue(name)
    Report.objects.create(snapshot=make_snapshot(), locale="en")
    expected = int(name in READERS)
    assert Report.objects.visible_to(user).count() == expected
    assert ReportSnapshot.objects.visible_to(user).count() == expected
    assert can_read_reports(user) is bool(expected)
    assert can_make_report(user) is (name == "risk_manager")


def test_newest_first_needs_one_query(db, django_assert_num_queries):
    old = make_snapshot(period_start="2026-04-01", period_end="2026-06-30")
    new = make_snapshot()
    for snapshot in (old, new):
        for locale in ("zh-hans", "en"):
            Report.objects.create(snapshot=snapshot, locale=locale)
    with django_assert_num_queries(1):
        found = [
            (str(report.snapshot.quarter), report.locale, report.filename)
            for report in Report.objects.newest_first()
        ]
    assert found == [
        ("2026Q3", "en", "trial-2026Q3-r1.en.pdf"),
        ("2026Q3", "zh-hans", "trial-2026Q3-r1.zh-hans.pdf"),
        ("2026Q2", "en", "trial-2026Q2-r1.en.pdf"),
        ("2026Q2", "zh-hans", "trial-2026Q2-r1.zh-hans.pdf"),
    ]
    assert not Report.objects.ready().exists()
