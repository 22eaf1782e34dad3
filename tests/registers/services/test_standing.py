from datetime import date

import pytest

from assessments.schemes.in_force import grid_in_force
from registers.models import Risk
from registers.services import close_risk, set_plan_standing, set_standing
from registers.services.standing import PlanStanding, Standing, set_standings
from tests.builders import make_risk
from tests.registers.audit import Trail

DAY = date(2026, 9, 1)

pytestmark = pytest.mark.usefixtures("judged_as_shown")


@pytest.fixture
def standing(db):
    grid = grid_in_force()

    def cell(probability, impact):
        found = grid.cell(probability, impact)
        return probability, impact, found.level

    return Standing(grid.scheme, cell(4, 3), cell(2, 2), cell(1, 2), DAY, date(2026, 12, 1))


def columns(risk, kind):
    return [getattr(risk, f"{kind}_{part}") for part in ("probability", "impact", "level")]


def test_the_cells_stand_on_the_risk(risk, risk_manager, standing):
    trail = Trail()
    set_standing(risk, standing, by=risk_manager)
    stored = Risk.objects.get()
    assert (stored.state, stored.level_word, stored.assessed_on) == ("assessed", "low", DAY)
    assert columns(stored, "inherent")[:2] == [4, 3]
    assert columns(stored, "residual") == [2, 2, 0]
    assert columns(stored, "target")[:2] == [1, 2]
    assert (stored.next_review_on, stored.standing_scheme) == (date(2026, 12, 1), standing.scheme)
    assert stored.standing_priority == 4
    assert trail.only("registers_risk").action == "risk.assessed"


def test_without_a_target_and_a_next_review(risk, risk_manager, standing):
    Risk.objects.update(next_review_on=DAY)
    bare = Standing(standing.scheme, standing.inherent, standing.residual, None, DAY)
    set_standing(risk, bare, by=risk_manager)
    stored = Risk.objects.get()
    assert columns(stored, "target") == [None, None, None]
    assert stored.next_review_on == DAY


def test_a_risk_that_is_further_stays_there(risk, risk_manager, standing):
    set_standing(risk, standing, by=risk_manager)
    shown = PlanStanding("mitigate", "approved")
    set_plan_standing(risk, shown, by=risk_manager, state="responding")
    set_standing(risk, standing, by=risk_manager)
    assert Risk.objects.get().state == "responding"


def test_many_at_once(risk, register, risk_manager, standing):
    second = make_risk(register, by=risk_manager)
    close_risk(second, by=risk_manager, reason="停办")
    third = make_risk(register, by=risk_manager)
    other = Standing(standing.scheme, standing.inherent, standing.inherent, None, DAY)
    set_standings({risk.pk: standing, second.pk: standing, third.pk: other}, by=risk_manager)
    rows = Risk.objects.order_by("number").values_list("state", "residual_impact", "row_version")
    assert list(rows) == [("assessed", 2, 2), ("closed", 2, 3), ("assessed", 3, 2)]


class TestPlan:
    @pytest.mark.parametrize(
        ("before", "wanted", "after"),
        [
            ("assessed", "responding", "responding"),
            ("assessed", None, "assessed"),
            ("assessed", "assessed", "assessed"),
            ("responding", "monitored", "monitored"),
            ("identified", "responding", "identified"),
            ("closed", "assessed", "closed"),
        ],
    )
    def test_the_risk_goes_along_where_its_table_allows(
        self, risk, risk_manager, before, wanted, after
    ):
        Risk.objects.update(state=before, closed_reason="停办")
        shown = PlanStanding("avoid", "draft", version=2, in_force=1)
        set_plan_standing(risk, shown, by=risk_manager, state=wanted)
        stored = Risk.objects.get()
        assert (stored.plan_strategy, stored.plan_state, stored.state) == ("avoid", "draft", after)
        assert (stored.plan_version, stored.plan_in_force) == (2, 1)
