"""Asking for a report: what is frozen, what is owed, who may."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import gettext

from riskhub.company.calendar import Quarter
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.work.models import Work
from tests.registers.pages import messages_of

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/reports/make/"


@pytest.fixture
def asked(time_machine):
    time_machine.move_to("2026-11-21 10:00:00+08:00")
    return {"quarter": "2026Q3", "language": "zh-hans", "revision_reason": ""}


def test_the_data_are_frozen_and_the_pages_are_owed(asked, risk_manager, sign_in):
    answer = sign_in(risk_manager).post(URL, asked)

    report = Report.objects.get()
    assert answer.url == f"/reports/{report.pk}/"
    assert (report.snapshot.quarter, report.locale, report.state) == (
        Quarter(2026, 3),
        "zh-hans",
        "queued",
    )
    assert report.requested_by == risk_manager
    assert Work.objects.filter(kind="report.render").count() == 1


def test_pressed_twice_it_is_one_report(asked, risk_manager, sign_in):
    client = sign_in(risk_manager)
    first, second = client.post(URL, asked), client.post(URL, asked)

    assert first.url == second.url
    assert Report.objects.count() == 1


def test_the_other_language_comes_from_the_same_data(asked, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, asked)
    client.post(URL, asked | {"language": "en"})

    assert (Report.objects.count(), ReportSnapshot.objects.count()) == (2, 1)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_whoever_asks_for_what_is_frozen_is_told_since_when(
    asked, risk_manager, sign_in, time_machine, language
):
    client = sign_in(risk_manager)
    assert messages_of(client.post(URL, asked)) == []
    time_machine.move_to("2026-11-21 10:20:00+08:00")
    said = gettext(
        "%(quarter)s was frozen on %(when)s as revision %(number)s: here it is. "
        "Its data are frozen anew only with a reason of the revision."
    )
    facts = {"quarter": "2026 年第 3 季度", "when": "11月21日 10:00", "number": 1}
    assert messages_of(client.post(URL, asked | {"language": language})) == [said % facts]
    anew = client.post(URL, asked | {"revision_reason": "R003 的部门写错了"})
    assert messages_of(anew)[1:] == []


def test_a_reason_freezes_a_further_revision(asked, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, asked)
    client.post(URL, asked | {"revision_reason": "R003 的部门写错了"})

    rows = ReportSnapshot.objects.order_by("revision").values_list("revision", "reason")
    assert list(rows) == [(1, ""), (2, "R003 的部门写错了")]


def test_a_quarter_that_is_not_offered_is_refused_with_a_sentence(asked, risk_manager, sign_in):
    answer = sign_in(risk_manager).post(URL, asked | {"quarter": "2031Q1"})

    assert answer.status_code == 422
    assert Report.objects.count() == 0


def test_a_quarter_before_all_data_is_refused_on_the_page(builder, asked, risk_manager, sign_in):
    builder.since = datetime(2026, 11, 1, tzinfo=UTC)
    answer = sign_in(risk_manager).post(URL, asked)
    assert (answer.status_code, Report.objects.count()) == (422, 0)


def test_others_may_not(asked, auditor, approver, head_cleaning, staff_cleaning, sign_in):
    answers = [
        sign_in(user).post(URL, asked).status_code
        for user in (auditor, approver, head_cleaning, staff_cleaning)
    ]

    assert answers == [403, 403, 403, 403]
    assert ReportSnapshot.objects.count() == 0


def test_reading_makes_nothing(risk_manager, sign_in):
    assert sign_in(risk_manager).get(URL).status_code == 405
