"""The share of exceptions with its interval, and the result that it suggests."""

from itertools import pairwise
from math import asin, cos, pi, sin, sqrt

import pytest

from registers.effectiveness import Rule, exception_share, proposed_result

CASES = [(1, 0), (1, 1), (2, 1), (10, 0), (10, 10), (10, 5), (20, 3), (100, 5), (100, 99)]


def probability_below(limit, sample, exceptions):
    """Of Beta(x + 1/2, n - x + 1/2), by adding it up: with t = sin² u its density has no poles."""

    def total(end, steps=4000):
        width = end / steps
        return width * sum(
            sin(u) ** (2 * exceptions) * cos(u) ** (2 * (sample - exceptions))
            for u in ((n + 0.5) * width for n in range(steps))
        )

    return total(asin(sqrt(limit))) / total(pi / 2)


@pytest.mark.parametrize(("sample", "exceptions"), CASES)
def test_five_percent_lie_below_and_five_above(sample, exceptions):
    share = exception_share(sample, exceptions)
    assert share.value == exceptions / sample
    below = probability_below(share.low, sample, exceptions)
    above = 1 - probability_below(share.high, sample, exceptions)
    assert below == (pytest.approx(0.05, abs=1e-5) if exceptions else 0)
    assert above == (pytest.approx(0.05, abs=1e-5) if exceptions < sample else 0)


def test_one_of_two_where_the_sum_has_a_formula():
    """Beta(3/2, 3/2): with t = sin² u it is (2u - sin(4u) / 2) / pi."""
    share = exception_share(2, 1)
    u = asin(sqrt(share.low))
    assert (2 * u - sin(4 * u) / 2) / pi == pytest.approx(0.05)


def test_three_of_twenty_as_the_requirements_have_it():
    share = exception_share(20, 3)
    assert [f"{100 * part:.1f}" for part in (share.value, share.low, share.high)] == [
        "15.0", "5.6", "31.4",
    ]  # fmt: skip


@pytest.mark.parametrize("sample", [1, 2, 7, 20, 300, 1_000_000])
def test_an_interval_holds_its_share_and_moves_with_it(sample):
    shares = [exception_share(sample, x) for x in range(0, sample + 1, max(1, sample // 25))]
    assert all(0 <= s.low <= s.value <= s.high <= 1 for s in shares)
    assert all(a.low <= b.low and a.high <= b.high for a, b in pairwise(shares))


def test_a_mirrored_sample_has_a_mirrored_interval():
    few, many = exception_share(30, 4), exception_share(30, 26)
    assert (few.low, few.high) == pytest.approx((1 - many.high, 1 - many.low))


def test_more_seen_is_known_better():
    widths = [s.high - s.low for s in (exception_share(10 * n, n) for n in (1, 2, 5, 10, 50))]
    assert widths == sorted(widths, reverse=True)


def test_nothing_sampled_is_nothing_known():
    assert exception_share(0, 0) is None


@pytest.mark.parametrize(("sample", "exceptions"), [(3, 4), (0, 1), (3, -1), (-1, -1)])
def test_numbers_that_cannot_be(sample, exceptions):
    with pytest.raises(ValueError, match="exceptions in a sample"):
        exception_share(sample, exceptions)


class TestProposal:
    @pytest.mark.parametrize(
        ("sample", "exceptions", "result"),
        [
            (20, 0, "effective"), (20, 1, "effective"), (20, 2, "partly"), (20, 4, "partly"),
            (20, 5, "ineffective"), (20, 20, "ineffective"), (19, 1, "partly"),
            (1, 0, "effective"), (1, 1, "ineffective"), (0, 0, "not_tested"),
        ],
    )  # fmt: skip
    def test_five_and_twenty_percent_are_still_within(self, sample, exceptions, result):
        assert proposed_result(sample, exceptions, design_ok=True, rule=Rule()) == result

    @pytest.mark.parametrize("sample", [0, 20])
    def test_a_wrong_design_never_works(self, sample):
        assert proposed_result(sample, 0, design_ok=False, rule=Rule()) == "ineffective"

    def test_the_companys_own_percentages(self):
        rule = Rule(effective_up_to=0, partly_up_to=10)
        found = [proposed_result(10, x, design_ok=True, rule=rule) for x in (0, 1, 2)]
        assert found == ["effective", "partly", "ineffective"]
