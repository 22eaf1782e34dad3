from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.cards import actions_of_mine
from assessments.late import due_words
from assessments.plans.content import PlannedAction
from riskhub.entry.day_words import day
from tests.assessments.services.test_plans import tomorrow
from tests.builders import make_plan

pytestmark = pytest.mark.django_db


def test_a_day_that_has_passed_is_told_in_one_way():
    today = timezone.localdate()
    with override("en"):
        past, words = today - timedelta(1), [due_words(today), due_words(today - timedelta(1))]
        assert words == [f"due {day(today)}", f"overdue since {day(past)}"]


def test_of_an_action_too(low_risk, risk_manager):
    action = PlannedAction("a1", "试压", risk_manager.pk, tomorrow())
    plan = make_plan(low_risk, by=risk_manager, submitted=True, actions=(action,))
    past = timezone.localdate() - timedelta(3)
    plan.actions.update(due_on=past)
    with override("en"):
        (row,) = actions_of_mine(risk_manager).rows
        assert (row.fact, row.is_late) == (f"overdue since {day(past)}", True)
