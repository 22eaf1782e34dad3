"""Why a risk stands where it stands: from the key by which everything is ordered."""

import random
from datetime import date

import pytest
from django.utils import timezone, translation

from registers.models import Risk
from registers.ranking import parts_of, place_of, priority_of, terms_of
from registers.services import close_risk
from riskhub.entry.day_words import day
from tests.builders import assess, make_risk


@pytest.fixture
def ranked(register, risk_manager, second_manager):
    """R001 High 7.5, R002 High 7.0, R003 and R004 not rated."""
    for importance in (4, 3, 3, 3):
        make_risk(
            register, by=risk_manager, business_importance=importance, importance_reason="如此"
        )
    for risk in Risk.objects.filter(number__lte=2):
        assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    Risk.objects.filter(number=3).update(reported_on=date(2026, 1, 2))
    with translation.override("en"):
        yield Risk.objects.in_ranking()


def told(risk):
    return [(part.name, part.words) for part in parts_of(risk)]


def test_the_parts_in_words_and_numbers(ranked):
    assert told(ranked[0]) == [
        ("Residual level", "High"),
        ("Priority", "7.5 = probability 4 + impact 3 + 0.5 for importance 4"),
        ("Impact", "3"),
        ("How fast the harm arrives", "Within days"),
        ("Assessed on", f"{day(timezone.localdate())}, the oldest first"),
        ("Number", "R001"),
    ]
    third = Risk.objects.get(number=3)
    assert told(third)[:2] == [
        ("Residual level", "not assessed, so after all that are"),
        ("Found on", f"{day(date(2026, 1, 2))}, the oldest first"),
    ]


def test_what_decides_against_the_neighbours(ranked):
    second = place_of(Risk.objects.get(number=2), Risk.objects.all())
    assert (second.before.risk.code, second.before.words) == (
        "R001", "Priority: 7.5 there, 7.0 here",
    )  # fmt: skip
    assert (second.after.risk.code, second.after.words) == (
        "R003", "Residual level: not assessed there, High here",
    )  # fmt: skip
    first = place_of(Risk.objects.get(number=1), Risk.objects.all())
    assert first.before is None
    last = place_of(Risk.objects.get(number=4), Risk.objects.all())
    assert last.after is None
    assert last.before.words.startswith("Found on: 2 Jan")


def test_only_among_those_that_one_sees(ranked, staff_cleaning):
    place = place_of(Risk.objects.get(number=2), Risk.objects.visible_to(staff_cleaning))
    assert (place.before, place.after) == (None, None)


def test_what_is_closed_stands_in_no_order(ranked, risk_manager):
    close_risk(Risk.objects.get(number=3), by=risk_manager, reason="停办")
    assert place_of(Risk.objects.get(number=3), Risk.objects.all()) is None
    assert place_of(Risk.objects.get(number=2), Risk.objects.all()).after.risk.number == 4


def test_the_parts_are_those_of_the_order_for_any_risk(register, risk_manager, second_manager):
    """The texts compared part by part give the very order that the database gives."""
    chooser = random.Random(7)  # noqa: S311 - no secret
    for _n in range(24):
        risk = make_risk(
            register, by=risk_manager, velocity=chooser.choice(["instant", "hours", "days", "weeks"]),
            business_importance=chooser.randint(1, 5), importance_reason="如此",
        )  # fmt: skip
        if chooser.random() < 0.7:
            probability, impact = chooser.randint(1, 3), chooser.randint(1, 3)
            scores = (probability, impact)
            assess(risk, scores, scores, by=risk_manager, confirmed_by=second_manager)
    ordered = list(Risk.objects.in_ranking())
    assert sorted(ordered, key=lambda risk: [part.value for part in parts_of(risk)]) == ordered
    for risk in ordered:
        assert priority_of(risk.rank_key) == risk.standing_priority
        terms = terms_of(risk)
        assert (terms is None) == (risk.residual_level is None)
        if terms:
            assert terms[0] == sum(terms[1:])
            assert terms[3] == (risk.business_importance - 3) / 2
            assert parts_of(risk)[2].words == str(risk.residual_impact)
            assert parts_of(risk)[3].words == str(risk.get_velocity_display())


def test_a_day_that_nobody_knows(ranked):
    risk = Risk.objects.get(number=2)
    risk.rank_key = f"{risk.rank_key[:6]}000000{risk.rank_key[12:]}"
    assert told(risk)[4] == ("Assessed on", "on a day that is not known, so first")
