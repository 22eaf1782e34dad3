"""Whoever leaves hands over the gaps of drills, and is named in no plan in force."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments.contingency.leaving import gaps_held_by, named_in_force
from assessments.models import DrillGap
from assessments.services import edit_contingency_plan, finish_gap, put_in_force
from assessments.services.handing_over import hand_over_gaps
from riskhub.accounts.models import User
from riskhub.accounts.services import deactivate_user
from riskhub.audit.context import acting
from tests.contingency import content, drill, make_contingency
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def gap(risk_manager, ops):
    held = drill(make_contingency(ops, by=risk_manager), "fail", by=risk_manager)
    return held.gaps.get()


def test_open_gaps_find_another_owner(gap, risk_manager, second_manager, outsider):
    (holding,) = gaps_held_by(risk_manager)
    assert [item.label for item in holding.items] == ["CP-101 电话没人接"]
    trail = Trail()
    hand_over_gaps({gap.pk: second_manager}, by=risk_manager)
    assert DrillGap.objects.get().owner == second_manager
    assert trail.only("assessments_drillgap").action == "drill_gap.handed_over"
    with pytest.raises(ValidationError):
        hand_over_gaps({gap.pk: outsider}, by=risk_manager)


def test_what_is_closed_stays(gap, risk_manager):
    finish_gap(gap, by=risk_manager, note="好")
    assert gaps_held_by(risk_manager) == []


def test_a_name_in_what_is_in_force(risk_manager, staff_cleaning, ops):
    plan = make_contingency(ops, by=risk_manager, said=content(ops, deputy=staff_cleaning))
    assert [one.url for one in named_in_force(staff_cleaning)] == [plan.get_absolute_url()]
    edit_contingency_plan(plan, content(ops), by=risk_manager, version=None)
    put_in_force(plan, by=risk_manager)
    assert named_in_force(staff_cleaning) == []


def test_the_database_wants_an_owner_who_can_sign_in(gap, risk_manager, outsider, admin):
    gone = deactivate_user(outsider, by=admin)
    with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
        DrillGap.objects.update(owner=User.objects.get(pk=gone.pk))
