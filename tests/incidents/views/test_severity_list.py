"""What each severity promises, and when the company works."""

import pytest

from riskhub.company.services import set_preference

pytestmark = pytest.mark.django_db

URL = "/settings/clocks/"


def test_each_severity_with_its_three_promises(sign_in, risk_manager):
    page = sign_in(risk_manager).get(URL)
    rows = {row.severity.code: row.spans for row in page.context["rows"]}
    assert rows["S1"] == ["30 分钟", "24 小时", "7 天"]
    assert rows["S2"] == ["2 小时", "2 天", "5 天"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, ["每天", "09:00 – 18:00", "12:00 – 13:00"]),
        ({"worked_days": "own", "worked_weekdays": [1, 3], "break_begins": "", "break_ends": ""},
         ["星期一、星期三", "09:00 – 18:00", "无"]),
    ],
)  # fmt: skip
def test_the_hours_stand_in_words(sign_in, risk_manager, settings, words):
    for key, value in settings.items():
        set_preference(key, value, by=risk_manager)
    page = sign_in(risk_manager).get(URL)
    assert [value for _name, value in page.context["hours"]] == words


def test_whoever_only_reads_is_offered_no_change(sign_in, auditor, service):
    for user in (auditor, service):
        page = sign_in(user).get(URL)
        assert (page.status_code, "/edit/" in page.text, "/hours/" in page.text) == (
            200, False, False,
        )  # fmt: skip
