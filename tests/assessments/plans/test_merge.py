"""What two people make of one wording at the same time."""

from dataclasses import replace

import pytest

from assessments.plans.content import PlanContent, PlannedAction
from assessments.plans.merge import merge

A, B, C = (PlannedAction(key, f"措施 {key}", 1, "2027-01-01") for key in "abc")
OPENED = PlanContent("mitigate", "降到中", target=(2, 3), actions=(A, B))


def made(**fields):
    return replace(OPENED, **fields)


def test_what_only_the_other_changed_is_taken():
    merged = merge(OPENED, made(objective="我的"), made(target=None, strategy="avoid"))
    assert merged.content == made(objective="我的", target=None, strategy="avoid")
    assert (merged.taken, merged.contested) == (("strategy", "target"), ())


def test_what_both_changed_stays_typed():
    merged = merge(OPENED, made(objective="我的"), made(objective="别人的"))
    assert (merged.content.objective, merged.taken, merged.contested) == (
        "我的", (), ("objective",),
    )  # fmt: skip


def test_both_wrote_the_same():
    same = made(objective="一样", actions=(replace(A, owner=2), B))
    assert merge(OPENED, same, same).contested == merge(OPENED, same, same).taken == ()


def test_without_what_was_opened_every_difference_is_contested():
    merged = merge(None, made(objective="我的"), made(actions=(A,)))
    assert (merged.content, merged.contested) == (
        made(objective="我的"),
        ("objective", "actions"),
    )


MINE, THEIRS = replace(A, title="我的"), replace(A, title="别人的")


@pytest.mark.parametrize(
    ("typed", "stored", "rows", "taken", "contested"),
    [
        ((A, B), (THEIRS, B), (THEIRS, B), True, False),
        ((MINE, B), (A, B), (MINE, B), False, False),
        ((MINE, B), (THEIRS, B), (MINE, B), False, True),
        ((MINE, B), (MINE, B), (MINE, B), False, False),
        ((MINE, B), (B,), (MINE, B), False, True),
        ((A, B), (B,), (B,), True, False),
        ((B,), (A, B), (B,), False, False),
        ((B,), (THEIRS, B), (B,), False, True),
        ((B,), (B,), (B,), False, False),
        ((A, B), (A, B, C), (A, B, C), True, False),
        ((A, B, C), (A, B), (A, B, C), False, False),
        ((MINE, B), (A, C), (MINE, C), True, False),
    ],
)
def test_actions_row_by_row(typed, stored, rows, taken, contested):
    merged = merge(OPENED, made(actions=typed), made(actions=stored))
    assert merged.content.actions == rows
    assert (merged.taken, merged.contested) == (
        ("actions",) * taken, ("actions",) * contested,
    )  # fmt: skip
