"""On the page of a risk a contingency plan in force is an emergency barrier, and its gap is closed."""

import pytest
from django.utils.translation import override

from assessments.services import link_contingency
from registers.bow_tie import bow_tie_of
from registers.gap_lists import gap_counts
from tests.builders import assess, make_risk
from tests.contingency import drill, make_contingency
from tests.registers.pages import main_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def critical(register, risk_manager, second_manager):
    made = make_risk(register, by=risk_manager)
    assess(made, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    return made


def gaps(user):
    return {gap.key: gap.count for gap in gap_counts(user)}


def test_a_critical_risk_is_in_the_gaps_until_a_plan_in_force_answers_it(
    critical, risk_manager, ops
):
    """R-54 ok."""
    link_contingency(
        make_contingency(ops, by=risk_manager, in_force=False), critical, by=risk_manager
    )
    assert gaps(risk_manager)["no_emergency"] == 1
    assert "no_emergency" in [gap.key for gap in bow_tie_of(risk_manager, critical).gaps]
    link_contingency(make_contingency(ops, by=risk_manager), critical, by=risk_manager)
    assert gaps(risk_manager)["no_emergency"] == 0
    assert "no_emergency" not in [gap.key for gap in bow_tie_of(risk_manager, critical).gaps]


def test_how_it_stands_in_the_picture(critical, risk_manager, ops):
    planned, failed = (
        make_contingency(ops, by=risk_manager, in_force=now) for now in (False, True)
    )
    for plan in (planned, failed):
        link_contingency(plan, critical, by=risk_manager)
    drill(failed, "fail", by=risk_manager)
    with override("en"):
        after = bow_tie_of(risk_manager, critical).after
    assert [(one.code, one.fact, one.is_planned, one.is_weak) for one in after] == [
        ("CP-101", "draft", True, False), ("CP-102", "failed", False, True),
    ]  # fmt: skip


def test_on_the_tab_of_the_response(critical, risk_manager, ops, sign_in, auditor):
    link_contingency(make_contingency(ops, by=risk_manager), critical, by=risk_manager)
    for user, may in ((risk_manager, True), (auditor, False)):
        page = sign_in(user).get(f"/risks/{critical.code}/plan/")
        assert "CP-101" in main_of(page)
        assert (f"/risks/{critical.code}/contingency/" in page.content.decode()) == may
