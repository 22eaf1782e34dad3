import pytest

from assessments.plans.targets import short_of_target
from tests.builders import make_plan

pytestmark = pytest.mark.django_db


def test_a_plan_that_was_never_in_force_promises_nothing(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager, target=(1, 1))
    assert (plan.in_force, short_of_target(plan)) == (None, [])
