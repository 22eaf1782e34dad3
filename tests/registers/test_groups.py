"""Risks in groups, page by page."""

import re
from collections import Counter

import pytest
from django.http import QueryDict
from django.utils.translation import gettext

from registers.filters import RiskFilter
from registers.listing.groups import GROUPINGS, Group, windows_of
from registers.listing.page import find
from registers.models import Risk, RiskArea
from registers.services import create_register
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import create_department
from tests.builders import assess, make_risk
from tests.cast import make_user
from tests.standing import standing


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """R001 to R120: OPS, TECH and CLEAN in turn; R001 to R003 High, R004 and R005 Low."""
    with standing(django_db_blocker):
        risk_manager = make_user("risk.manager", "陈静", "risk_manager")
        second_manager = make_user("second.manager", "李强", "risk_manager")
        ops, tech = (Department.objects.get(code=code) for code in ("OPS", "TECH"))
        clean = create_department(
            by=None, code="CLEAN", name_zh="家庭保洁组", name_en="Cleaning", parent=ops
        )
        make_user("staff.cleaning", "王芳", "staff", clean)
        register = create_register(
            by=risk_manager, code="SVC", name_zh="服务风险登记表", name_en="Service risks",
            department=ops,
        )  # fmt: skip
        areas = list(RiskArea.objects.order_by("order")[:2])
        for number in range(120):
            make_risk(
                register, by=risk_manager, department=(ops, tech, clean)[number % 3],
                category=("operational", "technical")[number % 2],
                area=areas[number % 2] if number % 4 else None,
                owner=risk_manager if number % 5 == 0 else None,
            )  # fmt: skip
        for number in (1, 2, 3):
            risk = Risk.objects.get(number=number)
            assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
        for number in (4, 5):
            assess(Risk.objects.get(number=number), (2, 2), (1, 2), by=risk_manager)
        yield


@pytest.fixture
def many(told, db):
    """They stand for all tests of this module: telling them takes a second."""


@pytest.fixture
def risk_manager(many):
    return User.objects.get(username="risk.manager")


@pytest.fixture
def staff_cleaning(many):
    return User.objects.get(username="staff.cleaning")


def shown(user, query, number=1):
    """[(key, count, how many rows here)] of one page."""
    filtered = RiskFilter(QueryDict(query), user)
    groups = find(filtered, [], number).groups
    return [(group.key, group.count, len(group.rows)) for group in groups]


def test_a_count_is_of_the_whole_filter_on_every_page(many, risk_manager):
    assert shown(risk_manager, "group=department") == [("OPS", 40, 40), ("CLEAN", 40, 10)]
    assert shown(risk_manager, "group=department", 2) == [("CLEAN", 40, 30), ("TECH", 40, 20)]
    assert shown(risk_manager, "group=department", 3) == [("TECH", 40, 20)]
    assert shown(risk_manager, "group=department&level=high") == [
        ("OPS", 1, 1), ("CLEAN", 1, 1), ("TECH", 1, 1),
    ]  # fmt: skip


def test_levels_from_the_highest_and_those_not_rated_last(many, risk_manager):
    assert shown(risk_manager, "group=level") == [("high", 3, 3), ("low", 2, 2), ("none", 115, 45)]
    assert shown(risk_manager, "group=level", 3) == [("none", 115, 20)]


@pytest.mark.parametrize("key", GROUPINGS)
@pytest.mark.parametrize("sort", ["rank", "-rank", "name", "review", "-department"])
def test_all_pages_together_hold_each_risk_once_and_in_order(many, risk_manager, key, sort):
    query, grouping = f"group={key}&sort={sort}", GROUPINGS[key]
    filtered = RiskFilter(QueryDict(query), risk_manager)
    pages = [find(filtered, [], number) for number in (1, 2, 3)]
    rows = [(group.value, risk) for page in pages for group in page.groups for risk in group.rows]
    assert Counter(risk.number for _value, risk in rows) == dict.fromkeys(range(1, 121), 1)
    assert all(getattr(risk, grouping.attribute) == value for value, risk in rows)
    asked = [risk.pk for risk in filtered.qs]
    for value in {value for value, _risk in rows}:
        own = [risk.pk for group, risk in rows if group == value]
        assert own == [pk for pk in asked if pk in set(own)]


def test_a_folded_group_takes_no_room(many, risk_manager):
    query = "group=department&folded=CLEAN"
    assert shown(risk_manager, query) == [("OPS", 40, 40), ("CLEAN", 40, 0), ("TECH", 40, 10)]
    assert shown(risk_manager, query, 2) == [("TECH", 40, 30)]
    assert shown(risk_manager, query, 9) == [("TECH", 40, 30)]


def test_all_but_one_folded(many, risk_manager):
    query = "group=department&folded=all&unfolded=TECH"
    assert shown(risk_manager, query) == [("OPS", 40, 0), ("CLEAN", 40, 0), ("TECH", 40, 40)]
    assert shown(risk_manager, "group=department&folded=all") == [
        ("OPS", 40, 0), ("CLEAN", 40, 0), ("TECH", 40, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("group=level", "?group=level&folded=high"),
        ("group=level&folded=high", "?group=level"),
        ("group=level&folded=all", "?group=level&folded=all&unfolded=high"),
        ("group=level&folded=all&unfolded=high&page=2", "?group=level&folded=all"),
    ],
)
def test_a_head_folds_and_unfolds_its_group(many, risk_manager, query, url):
    group = find(RiskFilter(QueryDict(query), risk_manager), [], 1).groups[0]
    assert (group.key, group.url) == ("high", url)


def test_who_sees_less_counts_less(many, staff_cleaning, outsider):
    assert shown(staff_cleaning, "group=department") == [("CLEAN", 40, 40)]
    assert shown(outsider, "group=department") == []


def test_a_filter_that_is_not_here_groups_nothing(many, risk_manager):
    found = find(RiskFilter(QueryDict("group=level&level=worst"), risk_manager), [], 1)
    assert (found.grouping, [group.rows for group in found.groups]) == (None, [[]])


def test_an_unknown_grouping_is_none(many, risk_manager):
    assert shown(risk_manager, "group=weather") == [("", 120, 50)]


def groups(*sizes):
    """A folded group where the size is negative."""
    return [Group(str(n), "", n, abs(size), size < 0) for n, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "number", "windows"),
    [
        ((30, 30), 1, [("0", 0, 30), ("1", 0, 20)]),
        ((30, 30), 2, [("1", 20, 30)]),
        ((50, -7, 50), 1, [("0", 0, 50)]),
        ((50, -7, 50), 2, [("1", 0, 0), ("2", 0, 50)]),
        ((50, -7), 1, [("0", 0, 50), ("1", 0, 0)]),
        ((-3, -7), 1, [("0", 0, 0), ("1", 0, 0)]),
        ((120,), 3, [("0", 100, 120)]),
        ((), 1, []),
    ],
)
def test_what_stands_on_a_page(sizes, number, windows):
    found = windows_of(groups(*sizes), number)
    assert [(window.group.key, window.start, window.end) for window in found] == windows


def test_heads_and_rows_on_the_page(many, manager, queries):
    page = manager.get("/risks/?group=level&page=2")
    heads = re.findall(r'id="group-(\w+)"[^>]*aria-expanded="(\w+)"', page.content.decode())
    assert heads == [("none", "true")]
    assert (
        gettext("continued") in page.content.decode().split('id="group-none"')[1].split("</tr>")[0]
    )
    for key in GROUPINGS:
        assert queries(manager, f"/risks/?group={key}&level=none&category=technical") <= 14
