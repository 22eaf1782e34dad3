from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from riskhub.web.templatetags import riskhub as tags


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
