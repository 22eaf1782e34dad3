"""Where protection is missing, as a rule: every level with every set of controls."""

from itertools import chain, combinations

import pytest

from registers.choices import ControlType
from registers.gaps import gaps_of_control, gaps_of_risk

TYPES = [str(one) for one in ControlType]
SETS = list(chain.from_iterable(combinations(TYPES, size) for size in range(4)))


@pytest.mark.parametrize("types", SETS)
@pytest.mark.parametrize("level", [None, 0, 1, 2, 3])
def test_a_risk(level, types):
    expected = set()
    if level in {2, 3} and "preventive" not in types:
        expected.add("no_preventive")
    if level == 3 and "emergency" not in types:
        expected.add("no_emergency")
    assert {gap.key for gap in gaps_of_risk(level, types)} == expected


@pytest.mark.parametrize(
    ("state", "result", "is_overdue", "expected"),
    [
        ("active", None, False, []),
        ("active", "effective", False, []),
        ("active", "partly", False, []),
        ("active", "not_tested", False, []),
        ("active", "ineffective", False, ["ineffective"]),
        ("active", None, True, ["overdue"]),
        ("active", "ineffective", True, ["ineffective", "overdue"]),
        ("draft", "ineffective", True, []),
        ("retired", "ineffective", True, []),
    ],
)
def test_a_control(state, result, is_overdue, expected):
    found = gaps_of_control(state, result, is_overdue=is_overdue)
    assert [gap.key for gap in found] == expected
