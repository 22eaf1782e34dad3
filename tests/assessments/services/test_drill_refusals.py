import pytest

from assessments.services import NotInForce
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from tests.contingency import drill, make_contingency

pytestmark = pytest.mark.django_db


def test_of_a_plan_that_nobody_acts_by_no_drill_is_held(ops, risk_manager):
    plan = make_contingency(ops, by=risk_manager)
    with acting(risk_manager, "contingency.retired"):
        move(plan.in_force, "retired", retired_reason="停止")
    with pytest.raises(NotInForce):
        drill(plan, by=risk_manager)
