"""What counts as a reason for not doing what is owed."""

import pytest
from django.utils.translation import override

from riskhub.entry.reasons import reason_fault


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "..........", "。。。。。。。。。。。。", "aaaaaaaaaaaa", "看过看过看过看过看过",
        "看过了", "\u200b" * 30, "a b c d e f g h i", "看过" + "\u3164" * 20, "\n" * 12,
    ],
)  # fmt: skip
def test_too_little_is_no_reason(text):
    with override("en"):
        assert reason_fault(text) == (
            "Give a reason of at least 10 characters that others understand later."
        )


@pytest.mark.parametrize("text", ["现场看过，评分没有变。", "Same case twice", "CH-012 covers it"])
def test_who_looked_at_what_is_one(text):
    assert reason_fault(text) == ""
