"""Content compared with content: whatever differs is said, with what stood there before."""

import copy
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from assessments.schemes.content import DeclaredFloor, Words
from assessments.schemes.differences import Row, differences_between
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.reading import read_scheme
from assessments.schemes.rows import content_of

pytestmark = pytest.mark.django_db

AREAS = {"A1": "用人安全", "A2": "卫生"}


@pytest.fixture
def former():
    return replace(content_of(scheme_in_force()), areas={"A1": 1, "A3": 0})


def found(former, content, language="en"):
    with override(language):
        return differences_between(1, former, content, AREAS)


def with_rule(content, rank, **fields):
    rules = list(content.rules)
    rules[rank] = replace(rules[rank], **fields)
    return replace(content, rules=tuple(rules))


def test_the_same_differs_in_nothing(former):
    said = found(former, former)
    assert not said
    assert said.rows == []


def test_limits_are_grouped_and_as_entered(former):
    content = replace(
        former,
        probability_limits=(Decimal("0.05"), *former.probability_limits[1:]),
        impact_limits=(*former.impact_limits[:3], Decimal(1250000)),
    )
    said = found(former, content)
    assert [row.name for row in said.scales] == [
        "Probability 2 from, events a year", "Impact 5 from, CNY per event",
    ]  # fmt: skip
    assert (said.scales[0].after, said.scales[1].after) == ("0.05", "1,250,000")
    assert said.scales[1].before == "250,000"
    assert (said.demands, said.cells) == ([], [])


def test_a_text_is_said_in_the_language_of_the_reader(former):
    step = replace(
        former.impact[1], anchors=(Words("新伤", "New injury"), *former.impact[1].anchors[1:])
    )
    content = replace(former, impact=(former.impact[0], step, *former.impact[2:]))
    old = former.impact[1].anchors[0]
    (row,) = found(former, content).rows
    assert (row.before, row.after, row.lang) == (old.en, "New injury", "")
    assert row.name.startswith("Impact 2, ")
    (row,) = found(former, content, "zh-hans").rows
    assert (row.before, row.after, row.lang) == (old.zh, "新伤", "")


@pytest.mark.parametrize(
    ("language", "part", "lang", "words"),
    [("en", "zh", "zh-Hans", "Name, in Chinese"), ("zh-hans", "en", "en", None)],
)
def test_what_differs_in_the_other_language_alone_is_said_too(former, language, part, lang, words):
    content = replace(former, name=replace(former.name, **{part: "另一个"}))
    (row,) = found(former, content, language).names
    assert (row.after, row.lang) == ("另一个", lang)
    assert row.before == getattr(former.name, part)
    assert words in (None, row.name)


def test_floors_come_and_go(former):
    gone = former.floors[0]
    new = DeclaredFloor((5, 1), Words("常有", "It is frequent"))
    content = replace(former, floors=(*former.floors[1:], new))
    p, i = gone.place
    assert found(former, content).floors == sorted(
        [
            Row(f"Declared floor ({p},{i})", gone.reason.en, ""),
            Row("Declared floor (5,1)", "", "It is frequent"),
        ],
        key=lambda row: row.name,
    )


def test_what_levels_ask_for_the_highest_first(former):
    content = with_rule(former, 3, approval_days=None, text=Words("停", "Stop"))
    content = with_rule(content, 1, needs_plan=not former.rules[1].needs_plan, review_months=7)
    asked = ["is required", "is not required"]
    if not former.rules[1].needs_plan:
        asked.reverse()
    months = former.rules[1].review_months
    assert found(former, content).demands == [
        Row("Critical: Days to decide", str(former.rules[3].approval_days), ""),
        Row("Critical: Means", former.rules[3].text.en, "Stop"),
        Row("Medium: Plan", *asked),
        Row("Medium: Months to the next review", "" if months is None else str(months), "7"),
    ]


def test_lines_of_areas_by_name_or_code(former):
    content = replace(former, areas={"A1": 0, "A2": 1})
    above = "a plan and an approval above"
    assert found(former, content).demands == [
        Row(f"用人安全: {above}", "Medium", "Low"),
        Row(f"卫生: {above}", "", "Medium"),
        Row(f"A3: {above}", "Low", ""),
    ]


def leaves(data, path=()):
    if isinstance(data, dict | list):
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in pairs:
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def otherwise(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return {"low": "medium", "medium": "low", "high": "low", "critical": "low"}.get(value, "X")
    return 3 if value is None else value * 2


def test_nothing_that_is_hashed_differs_unsaid(former):
    """Each figure, word and tick of the file on its own."""
    data = former.as_json()
    fixed = {"format", "version"}
    paths = [
        (path, value) for path, value in leaves(data)
        if path[0] not in fixed and not (path[0] == "floors" and path[2] in {"cell", "level"})
    ]  # fmt: skip
    assert len(paths) > 100
    for path, value in paths:
        other = copy.deepcopy(data)
        inner = other
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = otherwise(value)
        if path[0] == "cells":
            other["floors"] = []
        if "limits" in path:
            inner[path[-1]] = value * 1.01
        content = read_scheme(other, frozenset(former.areas))
        said = found(former, content)
        assert said.cells if path[0] == "cells" else said, path
