from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from assessments.plans.content import PlanContent, PlannedResource
from assessments.plans.money import in_yuan
from assessments.plans.words import amount_words, asked_words, exact_words


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("", 3), (" 元 ", 3), ("RMB", 3), ("￥", 3), ("千元", 3_000), ("万", 30_000), ("万 元", 30_000),
        ("亿元", 300_000_000),
    ],
)  # fmt: skip
def test_money_is_read_in_its_unit(unit, expected):
    assert in_yuan(Decimal(3), unit) == expected


@pytest.mark.parametrize("unit", ["万元/年", "元/年", "USD", "人", "百万"])
def test_a_unit_that_is_none_of_money_is_refused_and_says_what_to_type(unit):
    with pytest.raises(ValidationError) as refusal, override("en"):
        in_yuan(Decimal(3), unit)
    (said,) = refusal.value.message_dict["unit"]
    assert "write 元 or 万元" in said
    assert f"“{unit}”" in said


def test_what_the_column_has_no_room_for_is_refused():
    assert in_yuan(Decimal("9999999999.99"), "") < 10**10
    with pytest.raises(ValidationError) as refusal:
        in_yuan(Decimal(1_000_000), "万元")
    assert list(refusal.value.message_dict) == ["amount"]


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("144000", "14.4 万元", "CNY 144,000"), ("30000", "3 万元", "CNY 30,000"),
        ("12000.50", "12,000.50 元", "CNY 12,000.50"), ("12345", "12,345 元", "CNY 12,345"),
        ("0.6", "0.60 元", "CNY 0.60"), ("-50.5", "-50.50 元", "CNY -50.50"),
    ],
)  # fmt: skip
def test_money_reads_as_money_whatever_its_size(amount, zh, en):
    """Fen have two digits, and what is not whole hundreds is not said in ten thousands."""
    for language, words in (("zh-hans", zh), ("en", en)):
        with override(language):
            assert amount_words("money", Decimal(amount), "") == words


def test_amounts_that_stand_side_by_side_are_said_in_full():
    with override("zh-hans"):
        assert exact_words("money", Decimal(144000), "") == "144,000 元"
        assert exact_words("people", Decimal("2.50"), "人") == "2.5 人"


def test_only_what_has_the_same_unit_is_added_up():
    rows = [
        ("money", "30000", "元"), ("money", "12000", ""), ("people", "3", "人"), ("people", "2", ""),
        ("people", "20", "人天"), ("people", "10", "人天"), ("material", "40", "套"),
    ]  # fmt: skip
    content = PlanContent(
        "mitigate",
        resources=tuple(PlannedResource(f"r{n}", kind, "x", amount, unit)
                        for n, (kind, amount, unit) in enumerate(rows)),
    )  # fmt: skip
    with override("en"):
        assert asked_words(content) == ["CNY 42,000", "5 people", "30 人天", "1 more"]
