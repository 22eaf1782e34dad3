"""No control, no reduction; the worst dimension decides; what an assessment rests on stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from django.utils.translation import override

from assessments.effects import Effect
from assessments.grounds import Basis, Score
from assessments.models import Assessment, AssessmentControl, ImpactScore
from assessments.services import Scores, record_assessment
from registers.models import Control
from registers.services import retire_control
from registers.services.risk_controls import link_control
from tests.assessments.events import events_of
from tests.builders import check, make_control

pytestmark = pytest.mark.django_db

LONG = "按近三个月的记录和检查评分，逐项核对"


@pytest.fixture
def control(risk, clean, risk_manager):
    """It lowers the probability by one step."""
    control = make_control(clean, by=risk_manager)
    link_control(risk, control, by=risk_manager)
    return control


def judge(risk, by, pairs=((4, 3), (3, 3)), *, rationale="三起同类事件", **basis):
    scores = Scores(*pairs)
    return record_assessment(risk, by=by, scores=scores, rationale=rationale, basis=Basis(**basis))


def refused(risk, by, pairs=((4, 3), (3, 3)), **fields):
    with pytest.raises(ValidationError) as found, override("en"):
        judge(risk, by, pairs, **fields)
    assert not Assessment.objects.exists()
    return found.value.message_dict


def test_lower_without_any_control_is_refused_and_says_what_to_do(risk, risk_manager):
    said = "No control, no reduction: link a control in use to this risk, then count it here."
    assert refused(risk, risk_manager, ((4, 3), (3, 2))) == {
        "residual_probability": [said], "residual_impact": [said],
    }  # fmt: skip


@pytest.mark.usefixtures("control")
def test_a_control_covers_the_score_that_it_lowers_and_no_other(risk, risk_manager):
    assert refused(risk, risk_manager, ((4, 3), (3, 2))) == {
        "residual_impact": [
            "No control, no reduction: count one that lowers the impact, or keep the score."
        ]
    }


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_a_control_that_is_not_in_use_covers_nothing(risk, clean, risk_manager, state):
    made = make_control(clean, by=risk_manager, **({"state": "draft"} if state == "draft" else {}))
    link_control(risk, made, by=risk_manager)
    if state == "retired":
        retire_control(made, by=risk_manager, reason="停用")
    assert list(refused(risk, risk_manager)) == ["residual_probability"]


def test_what_is_counted_is_kept_with_the_check_as_it_stood(risk, control, risk_manager):
    check(control, 20, 1, by=risk_manager)
    made = judge(risk, risk_manager, effects=(Effect(control.pk, 1, 0),), evidence="工单 7 号")
    check(control, 20, 12, by=risk_manager)
    (row,) = AssessmentControl.objects.all()
    assert (row.assessment, row.control, row.probability, row.impact) == (made, control, 1, 0)
    assert (row.check_result, row.sample_size, row.exceptions) == ("effective", 20, 1)
    assert (row.checked_on, row.was_overdue, row.answer) == (timezone.localdate(), False, "")
    assert made.evidence == "工单 7 号"
    assert [event["action"] for event in events_of(row)] == ["assessment.submitted"]


def test_without_a_word_about_controls_they_count_as_their_links_say(risk, control, risk_manager):
    judge(risk, risk_manager)
    assert AssessmentControl.objects.get().probability == 1


def test_an_overdue_check_is_remembered(risk, control, risk_manager):
    yesterday = timezone.localdate() - timedelta(days=1)
    Control.objects.filter(pk=control.pk).update(next_check_on=yesterday)
    judge(risk, risk_manager)
    assert AssessmentControl.objects.get().was_overdue


def test_a_failed_control_is_answered_or_not_counted(risk, control, risk_manager):
    check(control, 20, 15, by=risk_manager)
    counted = (Effect(control.pk, 1, 0),)
    assert refused(risk, risk_manager, effects=counted) == {
        f"answer_{control.pk}": [
            f"{control.code} failed its last check. Say why it counts all the same, or count it as 0."
        ]
    }
    assert list(refused(risk, risk_manager)) == ["residual_probability"]
    judge(risk, risk_manager, effects=(Effect(control.pk, 1, 0, "已返工，复查合格"),))
    assert AssessmentControl.objects.get().answer == "已返工，复查合格"


def test_lower_than_the_controls_give_needs_words(risk, control, risk_manager):
    pairs = (4, 3), (2, 3)
    assert refused(risk, risk_manager, pairs) == {
        "rationale": ["The controls give 3,3. Say why it is lower: 10 characters at least."]
    }
    assert judge(risk, risk_manager, pairs, rationale=LONG).residual_probability == 2


@pytest.mark.usefixtures("control")
def test_more_careful_than_the_controls_is_always_allowed(risk, risk_manager):
    assert judge(risk, risk_manager, ((3, 3), (3, 3))).state == "confirmed"


def test_a_control_of_another_risk_lowers_nothing(risk, clean, risk_manager):
    stranger = make_control(clean, by=risk_manager)
    faults = refused(risk, risk_manager, effects=(Effect(stranger.pk, 1, 0),))
    assert faults["controls"] == [
        "A control lowers nothing unless it is in use and linked to this risk."
    ]


def test_steps_are_0_to_2(risk, control, risk_manager):
    faults = refused(risk, risk_manager, effects=(Effect(control.pk, 3, 0),))
    assert faults[f"counted_{control.pk}"] == ["A control lowers a score by 0, 1 or 2 steps."]


def test_the_worst_dimension_is_the_impact(risk, risk_manager):
    scores = (Score("money", 2), Score("injury", 4, "坠落"), Score("reputation", 3))
    said = "The worst counts: Injury is 4. Choose 4, or change it there."
    assert refused(risk, risk_manager, ((3, 3), (3, 3)), inherent=scores) == {
        "inherent_impact": [said]
    }
    judge(risk, risk_manager, ((2, 4), (2, 4)), inherent=scores)
    rows = ImpactScore.objects.values_list("kind", "dimension", "score", "note")
    assert list(rows) == [
        ("inherent", "injury", 4, "坠落"), ("inherent", "reputation", 3, ""),
        ("inherent", "money", 2, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "scores",
    [
        (Score("money", 3), Score("money", 2)),
        (Score("colour", 3),),
        (Score("money", 6),),
        (Score("money", 0),),
    ],
)
def test_impossible_dimensions_are_refused(risk, risk_manager, scores):
    for kind in ("inherent", "residual"):
        assert list(refused(risk, risk_manager, ((3, 3), (3, 3)), **{kind: scores})) == [
            f"{kind}_impact"
        ]


def test_the_database_refuses_a_reduction_without_control(risk, risk_manager):
    made = judge(risk, risk_manager, ((3, 3), (3, 3)))
    fields = {
        field.attname: getattr(made, field.attname)
        for field in Assessment._meta.concrete_fields
        if not field.primary_key
    }
    lower = {
        "residual_probability": 1, "residual_level": 0, "state": "rejected", "confirmed_at": None,
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="is lower with controls, and counts none"):
        put_in(**fields | lower)
    put_in(**fields | lower | {"is_unlinked_import": True})


def put_in(**fields):
    """As SQL would, to the end of its transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        Assessment.objects.create(**fields)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.usefixtures("control")
def test_what_a_confirmed_assessment_rests_on_stays(risk, risk_manager):
    made = judge(risk, risk_manager, ((3, 3), (2, 3)))
    row = AssessmentControl.objects.get()
    more = ImpactScore(assessment=made, kind="inherent", dimension="money", score=3)
    changes = {
        "permission denied": lambda: AssessmentControl.objects.update(probability=2),
        "permission denied for": AssessmentControl.objects.filter(pk=row.pk).delete,
        "rests on stays": more.save,
    }
    for said, change in changes.items():
        with pytest.raises(DatabaseError, match=said), transaction.atomic():
            change()
