import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.contingency.feasibility import months_after
from assessments.services import NotInForce
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from tests.contingency import content, drill, make_contingency

pytestmark = pytest.mark.django_db


def test_of_a_plan_that_nobody_acts_by_no_drill_is_held(ops, risk_manager):
    plan = make_contingency(ops, by=risk_manager)
    with acting(risk_manager, "contingency.retired"):
        move(plan.in_force, "retired", retired_reason="停止")
    with pytest.raises(NotInForce):
        drill(plan, by=risk_manager)


@pytest.mark.parametrize(
    ("took", "target_took", "needs_gap"),
    [
        ({1: 90, 2: 30}, 5, False), ({1: 2, 2: 31}, 5, True), ({1: 2, 2: None}, 5, True),
        ({1: 2, 2: 30}, 6, True), ({1: 2, 2: 30}, None, True),
    ],
)  # fmt: skip
def test_partly_names_a_gap_where_something_was_missed(
    risk_manager, ops, took, target_took, needs_gap
):
    """The first step is due at once: any time will do."""
    said = content(ops, target_zh="电话有人接", target_en="Somebody answers", target_minutes=5)
    made = make_contingency(ops, by=risk_manager, drill_months=6, said=said)
    facts = {"by": risk_manager, "took": took, "target_took": target_took}
    if needs_gap:
        with pytest.raises(ValidationError) as refusal:
            drill(made, "partly", gaps=[], **facts)
        assert list(refusal.value.message_dict) == ["gaps"]
    held = drill(made, "partly", gaps=None if needs_gap else [], **facts)
    assert held.has_missed == needs_gap
    assert held.next_due_on == months_after(timezone.localdate(), 6)
