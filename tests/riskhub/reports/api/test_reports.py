"""`/api/v1/reports/`: ask for a report, see how far it is, take it away."""

from datetime import UTC, datetime

import pytest

from riskhub.audit.models import AuditEvent
from riskhub.company.calendar import Quarter
from riskhub.reports import api
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.reports.services import render_report, request_report
from tests.api_client import ApiClient, refusal

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {"quarter": "2026Q3", "language": "zh-hans"}


@pytest.fixture(autouse=True)
def _trial(settings, tmp_path, builder, monkeypatch, time_machine):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(api, "QUARTERLY", "trial")
    time_machine.move_to("2026-11-21 10:00:00+08:00")


@pytest.fixture
def report(risk_manager):
    return request_report("trial", Quarter(2026, 3), by=risk_manager, language="en")


def test_asked_for_made_and_taken_away(risk_manager, auditor):
    asked = ApiClient(risk_manager).post("reports/", ASKED)
    assert asked.status_code == 202
    found = asked.json()
    assert (found["quarter"], found["language"], found["state"]) == (
        "2026Q3", "zh-hans", "queued",
    )  # fmt: skip
    reader = ApiClient(auditor)
    assert refusal(reader.get(f"reports/{found['id']}/download/"))[:2] == (404, "not_found")
    render_report(found["id"])
    ready = reader.get(f"reports/{found['id']}/").json()
    again = ApiClient(risk_manager).post("reports/", ASKED)
    assert (again.status_code, again.json()) == (200, ready)
    assert (ready["state"], ready["pages"], ready["revision"]) == ("ready", 1, 1)
    taken = reader.get(f"reports/{found['id']}/download/", Accept="application/pdf")
    assert (taken.status_code, taken["Content-Type"]) == (200, "application/pdf")
    assert taken["Content-Disposition"] == 'attachment; filename="trial-2026Q3-r1.zh-hans.pdf"'
    assert (taken.content[:5], len(taken.content)) == (b"%PDF-", ready["size"])
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor_name) == ("report.downloaded", "孙悦")


def test_a_quarter_before_all_data_is_made_for_who_asks_for_it(builder, risk_manager):
    """The page does not offer it; a register kept elsewhere may be reported once it is imported."""
    builder.since = datetime(2026, 11, 1, tzinfo=UTC)
    assert ApiClient(risk_manager).post("reports/", ASKED).status_code == 202


def test_asked_for_again_it_is_the_same(risk_manager):
    client = ApiClient(risk_manager)
    first, second = (client.post("reports/", ASKED).json() for _n in range(2))
    assert first == second
    revised = client.post("reports/", ASKED | {"revision_reason": "部门写错了"}).json()
    assert (revised["revision"], revised["revision_reason"]) == (2, "部门写错了")
    listed = client.get("reports/").json()
    assert [row["revision"] for row in listed] == [2, 1]
    assert ReportSnapshot.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"quarter": "2031Q1"}, ["quarter"]),
        ({"quarter": "2026Q5"}, ["quarter"]),
        ({"quarter": None}, ["quarter"]),
        ({"language": "fr"}, ["language"]),
        ({"revision_reason": "x" * 501}, ["revision_reason"]),
        ({"state": "ready"}, ["state"]),
    ],
)
def test_a_field_at_fault(risk_manager, change, fields):
    answer = ApiClient(risk_manager).post("reports/", ASKED | change)
    assert (refusal(answer)[0], list(refusal(answer)[2])) == (400, fields)
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    ("quarter", "sentence"),
    [
        ("banana", "“banana” is not a quarter. Write it as 2026Q3."),
        ("2027Q1", "Choose a quarter from 2024Q4 to 2026Q4."),
        ("2024Q3", "Choose a quarter from 2024Q4 to 2026Q4."),
    ],
)
def test_a_wrong_quarter_is_answered_with_those_that_are_right(risk_manager, quarter, sentence):
    answer = ApiClient(risk_manager).post("reports/", ASKED | {"quarter": quarter})
    assert refusal(answer)[2] == {"quarter": [sentence]}


def test_who_may(report, auditor, approver, head_cleaning, admin):
    answers = {
        user.username: [
            ApiClient(user).get("reports/").status_code,
            ApiClient(user).get(f"reports/{report.pk}/").status_code,
            ApiClient(user).get(f"reports/{report.pk + 9}/").status_code,
            ApiClient(user).get(f"reports/{report.pk}/download/").status_code,
            ApiClient(user).post("reports/", ASKED).status_code,
        ]
        for user in (auditor, approver, head_cleaning, admin)
    }
    assert answers == {
        "auditor": [200, 200, 404, 404, 403],
        "approver": [200, 200, 404, 404, 403],
        "head.cleaning": [403] * 5,
        "admin": [403] * 5,
    }


def test_a_damaged_file_is_not_given_out(report, auditor, tmp_path):
    render_report(report.pk)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(b"%PDF-")
    answer = ApiClient(auditor).get(f"reports/{report.pk}/download/")
    assert refusal(answer)[:2] == (500, "file_damaged")
