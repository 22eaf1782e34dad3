from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from riskhub.web.templatetags import riskhub as tags


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
        assert tags.day(value) == zh
    with translation.override("en"):
        assert tags.day(value) == en


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
        assert tags.day_in_full(date(2026, 9, 24)) == on
        assert tags.moment_in_full(datetime(2026, 9, 24, 1, 5, tzinfo=UTC)) == at
        assert tags.day_in_full(None) == ""


@time_machine.travel("2026-06-01T00:00:00Z")
def test_moments_are_in_the_companys_zone():
    value = datetime(2026, 9, 24, 1, 5, tzinfo=UTC)
    with translation.override("zh-hans"):
        assert tags.moment(value) == "9月24日 09:05"
    with translation.override("en"):
        assert tags.moment(value) == "24 Sep, 09:05"
    assert tags.moment(None) == ""


@pytest.mark.parametrize(
    ("value", "zh", "en", "short_zh", "short_en"),
    [
        (860_000, "860,000 元", "CNY 860,000", "86 万元", "CNY 860k"),
        (Decimal("12345.60"), "12,345.60 元", "CNY 12,345.60", "1.2 万元", "CNY 12.3k"),
        (9_999, "9,999 元", "CNY 9,999", "9,999 元", "CNY 9,999"),
        (2_500_000, "2,500,000 元", "CNY 2,500,000", "250 万元", "CNY 2.5m"),
        (0, "0 元", "CNY 0", "0 元", "CNY 0"),
        (None, "", "", "", ""),
    ],
)
def test_money(value, zh, en, short_zh, short_en):
    with translation.override("zh-hans"):
        assert (tags.money(value), tags.money_short(value)) == (zh, short_zh)
    with translation.override("en"):
        assert (tags.money(value), tags.money_short(value)) == (en, short_en)


def test_a_level_is_glyph_word_and_cell():
    chip = tags.level("high", "高", 4, 3)
    assert chip.startswith('<span class="rh-level rh-level-high"><svg')
    assert chip.endswith("</svg>高<b>4,3</b></span>")
    assert tags.level("low", "低").endswith("</svg>低</span>")


@pytest.mark.parametrize("code", [None, ""])
def test_not_assessed_has_no_level(code):
    with translation.override("en"):
        assert tags.level(code) == '<span class="rh-level rh-level-none">not assessed</span>'


def test_words_from_data_are_never_markup():
    evil = "<script>x</script>"
    for html in (tags.level("low", evil), tags.state("wait", evil)):
        assert "<script>" not in html


def test_icons_and_glyphs_are_silent_pictures():
    html = Template('{% icon "plus" "rh-icon-sm" %}{% glyph "medium" %}').render(Context())
    assert html.count("<svg") == html.count('aria-hidden="true"') == 2
    assert 'class="rh-icon rh-icon-sm"' in html
    assert "style=" not in html


def test_initials():
    assert [tags.initial(name) for name in ("陈静", "li wei", "")] == ["陈", "L", ""]
