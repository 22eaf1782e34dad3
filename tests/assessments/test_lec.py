"""LEC: the bands of the method, and which level of ours each is."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from assessments.lec import CONSEQUENCES, EXPOSURES, LIKELIHOODS, Lec
from assessments.lec_words import CONSEQUENCE, EXPOSURE, LIKELIHOOD, lec_words, plain
from registers.choices import Level


def lec(*values):
    return Lec(*map(Decimal, values))


@pytest.mark.parametrize(
    ("values", "danger", "level", "is_flagged"),
    [
        (("3", "6", "15"), "270", Level.CRITICAL, False),
        (("6", "6", "3"), "108", Level.HIGH, False),
        (("1", "3", "15"), "45", Level.LOW, True),
        (("0.5", "1", "7"), "3.5", Level.LOW, False),
        (("10", "10", "100"), "10000", Level.CRITICAL, False),
        (("0.5", "2", "40"), "40", Level.LOW, True),
    ],
)
def test_the_checks_of_the_method(values, danger, level, is_flagged):
    found = lec(*values)
    assert (found.danger, found.level, found.is_flagged) == (Decimal(danger), level, is_flagged)


@pytest.mark.parametrize(
    ("danger", "level", "is_flagged"),
    [
        ("19.9", Level.LOW, False), ("20", Level.LOW, True), ("69.9", Level.LOW, True),
        ("70", Level.HIGH, False), ("159.9", Level.HIGH, False), ("160", Level.CRITICAL, False),
        ("319.9", Level.CRITICAL, False), ("320", Level.CRITICAL, False),
    ],
)  # fmt: skip
def test_the_lower_limit_belongs_to_the_band(danger, level, is_flagged):
    found = lec(danger, "1", "1")
    assert (found.level, found.is_flagged) == (level, is_flagged)


def test_two_levels_apart_is_far():
    assert lec("3", "6", "15").is_far_from(Level.MEDIUM)
    assert not lec("3", "6", "15").is_far_from(Level.HIGH)


def test_only_what_stands_in_the_tables():
    assert lec("3", "6", "15").is_of_the_tables
    for values in (("4", "6", "15"), ("3", "5", "15"), ("3", "6", "16")):
        assert not lec(*values).is_of_the_tables


def test_every_value_has_words():
    for values, words in (
        (LIKELIHOODS, LIKELIHOOD),
        (EXPOSURES, EXPOSURE),
        (CONSEQUENCES, CONSEQUENCE),
    ):
        assert list(map(plain, values)) == list(words)
    with override("en"):
        assert lec_words(lec("3.0", "6.0", "15.0")) == "3 × 6 × 15 = 270, act at once"
