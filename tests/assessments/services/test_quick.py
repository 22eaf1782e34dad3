"""High by a quick assessment: the full one is asked for within 14 days, once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.grounds import Basis, Score
from assessments.models import ReassessmentTask
from assessments.services import Scores, confirm_assessment, record_assessment
from tests.builders import assess

pytestmark = pytest.mark.django_db


def quick(risk, by, pair, *, confirmed_by=None):
    made = record_assessment(
        risk, by=by, scores=Scores(pair, pair), rationale="先按高中低评", method="qualitative"
    )
    if confirmed_by:
        confirm_assessment(made, by=confirmed_by)
    return made


def test_high_asks_for_a_full_one_within_14_days(risk, risk_manager, second_manager):
    made = quick(risk, risk_manager, (4, 4), confirmed_by=second_manager)
    (task,) = ReassessmentTask.objects.all()
    assert (task.risk, task.reason, task.state) == (risk, "quick", "open")
    assert task.due_on == timezone.localdate() + timedelta(days=14)
    assert task.ref == f"assessment:{made.pk}"
    assert made.residual_level == 3


def test_nothing_is_asked_while_it_waits_or_where_it_is_medium(risk, risk_manager):
    quick(risk, risk_manager, (2, 3))
    quick(risk, risk_manager, (4, 4))
    assert not ReassessmentTask.objects.exists()


def test_the_full_one_finishes_it_and_a_second_quick_one_does_not(
    risk, risk_manager, second_manager
):
    for _time in range(2):
        quick(risk, risk_manager, (4, 4), confirmed_by=second_manager)
    assert list(ReassessmentTask.objects.order_by("pk").values_list("state", flat=True)) == [
        "done", "open",
    ]  # fmt: skip
    assess(risk, (4, 4), (4, 4), by=risk_manager, confirmed_by=second_manager)
    assert not ReassessmentTask.objects.open().exists()


def test_no_dimension_has_a_score_that_quick_entry_lacks(risk, risk_manager):
    basis = Basis(inherent=(Score("money", 5),), residual=(Score("injury", 5),))
    with pytest.raises(ValidationError) as refusal:
        record_assessment(
            risk, by=risk_manager, scores=Scores((1, 5), (1, 5)), rationale="仓库电池起火",
            method="qualitative", basis=basis,
        )  # fmt: skip
    assert set(refusal.value.message_dict) == {"inherent_money", "residual_injury"}
