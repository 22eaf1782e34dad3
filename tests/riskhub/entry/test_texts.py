"""What cannot be seen is no part of a text."""

import pytest

from riskhub.entry.texts import one_line, prose

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
UNSEEN = ["", " ", "\n\t", "\u200b", "\u200d", "\ufeff\u2060", "\u202e", "\x07", "\xad", "\u3000",
          "\u3164", "\u2800", "\ufe0f", "\u0301", "\u2028", "\U000e0041", "\u180e"]  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN)
@pytest.mark.parametrize("clean", [one_line, prose])
def test_a_text_of_which_nothing_is_seen_is_empty(clean, text):
    assert clean(text) == ""
    assert clean(text * 3) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  高空 坠落 ", "高空 坠落"),
        ("高空\r\n坠落", "高空 坠落"),
        ("a\u2028b\x85c\x0bd\te", "a b c d e"),
        ("高\u200b空\ufeff坠\u202e落\x00\x1b", "高空坠落"),
        ("a\u200d", "a"),
        ("a \u200b b", "a b"),
        ("Cafe\u0301", "Caf\xe9"),
        (FAMILY, FAMILY),
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"),
        ("\u3000全角\u3000空格", "全角 空格"),
    ],
)
def test_a_name_stands_in_one_line(text, kept):
    assert one_line(text) == kept
    assert one_line(kept) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("一\r\n\r\n二\r三", "一\n\n二\n三"),
        ("a\tb", "a\tb"),
        ("a\x00\x08\x1f\u200bb\u2029c", "ab\nc"),
        ("  一\n  二  \n", "一\n  二"),
    ],
)
def test_the_lines_of_a_text_stay(text, kept):
    assert prose(text) == kept
    assert prose(kept) == kept
