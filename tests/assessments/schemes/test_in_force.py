from datetime import date

import pytest

from assessments.models import AppetiteRule, Assessment, MatrixScheme
from assessments.review_dates import add_months, review_due_on
from assessments.schemes.in_force import (
    Appetite,
    NoScheme,
    appetite_of,
    demand_of,
    grid_in_force,
    scheme_in_force,
)
from assessments.services.starter import load_scheme
from registers.choices import Level
from registers.models import RiskArea
from tests.builders import assess

pytestmark = pytest.mark.django_db

# Spec 3.2: level -> (plan, approval, days for it, months to the next review)
USUAL = {0: (False, False, None, 12), 1: (False, False, None, 6), 2: (True, True, 10, 3),
         3: (True, True, 3, 1)}  # fmt: skip
STRICT = {0: USUAL[0], 1: (True, True, 10, 6), 2: USUAL[2], 3: USUAL[3]}


def facts(demand):
    return demand.needs_plan, demand.needs_approval, demand.approval_days, demand.review_months


@pytest.mark.parametrize("level", Level.values)
@pytest.mark.parametrize(
    ("area", "rules"),
    [
        (None, USUAL),
        ("quality", USUAL),
        ("staff_safety", USUAL),
        ("privacy_data", USUAL),
        ("customer_safety", STRICT),
    ],
)
def test_what_each_level_demands_in_each_kind_of_area(level, area, rules):
    """Safety of customers tolerates Low alone; of staff and data up to Medium, as everywhere."""
    found = RiskArea.objects.filter(code=area).values_list("pk", flat=True).first()
    assert facts(demand_of(1, level, found)) == rules[level]


def test_the_sentence_is_that_of_the_stricter_rule():
    area = RiskArea.objects.get(code="customer_safety").pk
    appetite = appetite_of(1)
    assert appetite.demand(1, area).text == appetite.demand(2, None).text
    assert appetite.demand(1, area).text != appetite.demand(1, None).text


def test_what_waits_of_a_lower_level_has_as_long_as_a_high_one():
    assert appetite_of(1).approval_days == {0: 10, 1: 10, 2: 10, 3: 3}


@pytest.mark.parametrize(("days", "expected"), [({}, {}), ({3: 3, 1: 5}, {0: 5, 1: 5, 2: 5, 3: 3})])
def test_a_matrix_that_sets_few_days_or_none(days, expected):
    rules = [
        AppetiteRule(level=level, needs_approval=level in days, approval_days=days.get(level))
        for level in Level.values
    ]
    assert Appetite(rules).approval_days == expected


def test_no_scheme_says_so():
    assert scheme_in_force().number == 1
    MatrixScheme.objects.update(state="retired")
    with pytest.raises(NoScheme):
        scheme_in_force()
    with pytest.raises(NoScheme):
        grid_in_force()


def test_the_standard_scheme_is_loaded_once():
    assert load_scheme(by=None) == 0
    assert MatrixScheme.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-03-01", 12, "2027-03-01"),
    ],
)
def test_months_are_added_within_the_month(day, months, expected):
    assert add_months(date.fromisoformat(day), months).isoformat() == expected


def test_a_draft_has_no_review(risk):
    assert review_due_on(Assessment(risk=risk), None, appetite_of(1)) is None


def test_a_level_without_interval_has_no_review(risk, risk_manager):
    assessment = assess(risk, (1, 1), (1, 1), by=risk_manager)
    appetite = appetite_of(1)
    for rule in appetite.rules:
        rule.review_months = None
    assert review_due_on(assessment, assessment.residual_level, appetite) is None


@pytest.mark.parametrize(
    ("level", "pair", "months"),
    [(3, None, 1), (3, (5, 3), 1), (2, (4, 4), 1), (2, (4, 3), 9), (0, (1, 1), 9)],
)
def test_critical_and_the_high_corner_are_looked_at_every_month_in_every_matrix(
    level, pair, months
):
    rules = [
        AppetiteRule(level=each, review_months=9, text_zh="中", text_en="x")
        for each in Level.values
    ]
    assert Appetite(rules).demand(level, None, pair).review_months == months
