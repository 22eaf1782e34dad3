from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from riskhub.entry import day_words


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (date(2026, 9, 24), "9月24日", "24 Sep"),
        (date(2025, 1, 2), "2025年1月2日", "2 Jan 2025"),
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), "12月31日", "31 Dec"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2027年1月1日", "1 Jan 2027"),
        (None, "", ""),
    ],
)
@time_machine.travel("2026-06-01T00:00:00Z")
def test_days(value, zh, en):
    with translation.override("zh-hans"):
        assert day_words.day(value) == zh
    with translation.override("en"):
        assert day_words.day(value) == en


@pytest.mark.parametrize(
    ("locale", "on", "at"),
    [
        ("zh-hans", "2026年9月24日", "2026年9月24日 09:05"),
        ("en", "24 Sep 2026", "24 Sep 2026, 09:05"),
    ],
)
@time_machine.travel("2026-06-01T00:00:00Z")
def test_on_paper_a_day_has_its_year(locale, on, at):
    with translation.override(locale):
        assert day_words.day_in_full(date(2026, 9, 24)) == on
        assert day_words.moment_in_full(datetime(2026, 9, 24, 1, 5, tzinfo=UTC)) == at
        assert day_words.day_in_full(None) == ""


@time_machine.travel("2026-06-01T00:00:00Z")
def test_moments_are_in_the_companys_zone():
    value = datetime(2026, 9, 24, 1, 5, tzinfo=UTC)
    with translation.override("zh-hans"):
        assert day_words.moment(value) == "9月24日 09:05"
    with translation.override("en"):
        assert day_words.moment(value) == "24 Sep, 09:05"
    assert day_words.moment(None) == ""
