"""Who finds which reports in the library, and what they may do there."""

import re
from datetime import datetime

import pytest

from riskhub.company.calendar import Quarter
from riskhub.reports.services import request_report

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/reports/"


def test_an_auditor_finds_the_report_and_no_form_to_make_one(ready, auditor, sign_in):
    page = sign_in(auditor).get(URL).content.decode()

    assert f'href="/reports/{ready.pk}/download/"' in page
    assert ready.snapshot.sha256[:12] in page
    assert 'action="/reports/make/"' not in page


def test_a_risk_manager_may_make_one(risk_manager, sign_in):
    assert 'action="/reports/make/"' in sign_in(risk_manager).get(URL).content.decode()


def test_a_department_sees_no_library(ready, head_cleaning, staff_cleaning, outsider, sign_in):
    answers = [
        sign_in(user).get(URL).status_code for user in (head_cleaning, staff_cleaning, outsider)
    ]

    assert answers == [403, 403, 403]


def test_a_report_that_is_not_ready_cannot_be_downloaded_from_the_list(report, auditor, sign_in):
    assert "/download/" not in sign_in(auditor).get(URL).content.decode()


@pytest.fixture
def november(time_machine):
    time_machine.move_to("2026-11-21 10:00:00+08:00")


@pytest.mark.parametrize(
    ("since", "offered", "chosen"),
    [
        ("2026-11-21T09:00:00+08:00", ["2026Q4"], "2026Q4"),
        ("2026-10-01T00:00:00+08:00", ["2026Q4"], "2026Q4"),
        ("2026-09-30T23:59:59+08:00", ["2026Q4", "2026Q3"], "2026Q3"),
        ("2026-01-31T00:00:00+08:00", ["2026Q4", "2026Q3", "2026Q2", "2026Q1"], "2026Q3"),
        (None, ["2026Q4"], "2026Q4"),
    ],
)
def test_no_quarter_before_the_first_data_is_offered(
    november, builder, risk_manager, sign_in, since, offered, chosen
):
    """Neither before the first data of the kind; where there are none, the running one alone."""
    builder.since = since and datetime.fromisoformat(since)
    page = sign_in(risk_manager).get(URL).content.decode()
    assert re.findall(r'<option value="(\d{4}Q\d)"', page) == offered
    assert re.findall(r'<option value="(\d{4}Q\d)" selected', page) == [chosen]


def test_the_part_alone_is_sent_to_htmx(ready, auditor, sign_in):
    headers = {"HX-Request": "true", "HX-Target": "report-rows"}
    part = sign_in(auditor).get(URL, headers=headers).content.decode().strip()

    assert part.startswith('<section class="rh-card" id="report-rows"')
    assert "<html" not in part


def test_the_query_count_does_not_grow_with_the_reports(
    ready, auditor, risk_manager, sign_in, django_assert_num_queries
):
    client = sign_in(auditor)
    client.get(URL)
    with django_assert_num_queries(8):
        client.get(URL)
    for number in (1, 2):
        request_report("trial", Quarter(2026, number), by=risk_manager, language="en")
    with django_assert_num_queries(8):
        client.get(URL)
