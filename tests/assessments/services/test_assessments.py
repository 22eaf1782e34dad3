from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.models import Assessment, MatrixScheme
from assessments.schemes.in_force import NoScheme
from assessments.services import (
    Imported,
    PendingAssessment,
    Scores,
    record_assessment,
    record_assessments,
)
from registers.closing import NotOpen
from registers.services import close_risk
from riskhub.entry.repeats import KeyReused
from riskhub.notices.models import Notice
from tests.assessments.events import actions_of, events_of
from tests.builders import assess, cover, make_risk

pytestmark = pytest.mark.django_db


def record(risk, by, inherent=(3, 3), residual=(2, 3), **fields):
    fields = {"rationale": "三起同类事件", "scores": Scores(inherent, residual)} | fields
    if risk.is_open:
        cover(risk, fields["scores"].inherent, fields["scores"].residual, by=by)
    return record_assessment(risk, by=by, **fields)


def test_medium_confirms_itself_and_stands_on_the_risk(risk, risk_manager):
    assessment = record(risk, risk_manager, scores=Scores((3, 3), (2, 3), (1, 3)))
    assert assessment.state == "confirmed"
    assert assessment.confirmed_by == risk_manager
    assert (assessment.inherent_level, assessment.residual_level, assessment.target_level) == (
        1, 1, 0,
    )  # fmt: skip
    risk.refresh_from_db()
    assert risk.state == "assessed"
    assert (risk.standing_scheme, risk.inherent_level, risk.residual_level, risk.target_level) == (
        1, 1, 1, 0,
    )  # fmt: skip
    assert (risk.residual_probability, risk.residual_impact) == (2, 3)
    assert risk.assessed_on == timezone.localdate()
    assert actions_of(assessment) == ["assessment.submitted", "assessment.confirmed"]
    assert events_of(risk)[-1]["action"] == "risk.assessed"
    assert events_of(risk)[-1]["actor_name"] == "陈静"


@pytest.mark.usefixtures("risk_manager", "second_manager", "approver")
@pytest.mark.parametrize("pairs", [((4, 3), (2, 2)), ((4, 3), (4, 3)), ((5, 5), (5, 5))])
def test_high_waits_for_another_and_tells_who_may(risk, head_cleaning, pairs):
    assessment = record(risk, head_cleaning, *pairs)
    assert assessment.state == "submitted"
    assert (assessment.confirmed_by, assessment.confirmed_at) == (None, None)
    risk.refresh_from_db()
    assert (risk.state, risk.residual_level) == ("identified", None)
    told = Notice.objects.filter(kind="assessment_waiting").values_list("user__username", flat=True)
    assert set(told) == {"risk.manager", "second.manager", "approver"}


def test_second_assessment_supersedes_the_first(risk, risk_manager):
    first = record(risk, risk_manager)
    second = record(risk, risk_manager, (3, 3), (1, 1))
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "confirmed")
    risk.refresh_from_db()
    assert (risk.residual_level, risk.state) == (0, "assessed")
    assert actions_of(first)[-1] == "assessment.confirmed"


def test_one_waits_at_a_time(risk, risk_manager):
    record(risk, risk_manager, (5, 5), (5, 5))
    with pytest.raises(PendingAssessment):
        record(risk, risk_manager)
    assert Assessment.objects.count() == 1


def test_the_same_form_sent_twice_is_one_assessment(risk, risk_manager, second_manager):
    key = uuid4()
    first = record(risk, risk_manager, client_uuid=key)
    assert record(risk, risk_manager, client_uuid=key) == first
    with pytest.raises(KeyReused):
        record(risk, second_manager, client_uuid=key)
    with pytest.raises(KeyReused):
        record(risk, risk_manager, (1, 1), (1, 1), client_uuid=key)
    assert Assessment.objects.count() == 1


def test_a_used_key_of_another_risk_is_refused(risk, register, risk_manager):
    key = uuid4()
    record(risk, risk_manager, client_uuid=key)
    other = make_risk(register, by=risk_manager, title="另一项")
    with pytest.raises(ValidationError):
        record(other, risk_manager, client_uuid=key)
    assert not other.assessments.exists()


def test_a_closed_risk_is_not_assessed(risk, risk_manager):
    close_risk(risk, by=risk_manager, reason="业务停止")
    with pytest.raises(NotOpen):
        record(risk, risk_manager)


@pytest.mark.parametrize(
    ("scores", "fields"),
    [
        (Scores((2, 2), (3, 3)), {"residual_probability", "residual_impact"}),
        (Scores((3, 3), (2, 2), (2, 3)), {"target_impact"}),
        (Scores((3, 3), (2, 2), (3, 2)), {"target_probability"}),
        (Scores((3, 6), (2, 2)), {"inherent_probability"}),
        (Scores((3, 3), (0, 2)), {"residual_probability"}),
    ],
)
def test_impossible_scores_name_the_field(risk, risk_manager, scores, fields):
    with pytest.raises(ValidationError) as refused:
        record(risk, risk_manager, scores=scores)
    assert set(refused.value.message_dict) == fields
    assert not Assessment.objects.exists()


def test_reasons_are_needed(risk, risk_manager):
    with pytest.raises(ValidationError) as refused:
        record(risk, risk_manager, rationale="  ")
    assert set(refused.value.message_dict) == {"rationale"}


def test_without_a_matrix_nothing_is_judged(risk, risk_manager):
    MatrixScheme.objects.update(state="retired")
    with pytest.raises(NoScheme):
        record(risk, risk_manager)


def test_the_next_review_follows_the_level(risk, risk_manager):
    record(risk, risk_manager, (3, 3), (2, 3), assessed_on=date(2025, 8, 31))
    risk.refresh_from_db()
    assert risk.next_review_on == date(2026, 2, 28)


def imported(risk, inherent, residual=None):
    return Imported(risk, Scores(inherent, residual or inherent), residual is not None, "导入")


def test_imported_ones_confirm_themselves_below_high(register, risk_manager):
    risks = [make_risk(register, by=risk_manager, title=f"风险 {n}") for n in range(3)]
    rows = [
        imported(risks[0], (1, 1)),
        imported(risks[1], (2, 3)),
        imported(risks[2], (5, 5), (1, 1)),
    ]
    made = record_assessments(rows, by=risk_manager)
    assert [(a.state, a.method, a.is_unlinked_import) for a in made] == [
        ("confirmed", "import", False), ("confirmed", "import", False), ("submitted", "import", True),
    ]  # fmt: skip
    for risk in risks:
        risk.refresh_from_db()
    assert [(r.residual_level, r.state) for r in risks] == [
        (0, "assessed"), (1, "assessed"), (None, "identified"),
    ]  # fmt: skip
    assert [actions_of(a) for a in made] == [
        ["assessment.imported", "assessment.confirmed"],
        ["assessment.imported", "assessment.confirmed"],
        ["assessment.imported"],
    ]
    assert [e["action"] for e in events_of(risks[0])][-1] == "risk.assessed"


def test_the_system_imports_too(risk):
    (low,) = record_assessments([imported(risk, (1, 1))], by=None)
    assert (low.state, low.assessor, low.confirmed_by) == ("confirmed", None, None)
    risk.refresh_from_db()
    assert risk.level_word == "low"


def test_importing_many_costs_no_query_per_row(
    register, risk_manager, django_assert_max_num_queries
):
    risks = [make_risk(register, by=risk_manager, title=f"风险 {n}") for n in range(60)]
    rows = [imported(risk, (1 + n % 2, 1 + n % 2)) for n, risk in enumerate(risks)]
    with django_assert_max_num_queries(30):
        record_assessments(rows, by=risk_manager)
    assert Assessment.objects.confirmed().count() == 60


@pytest.mark.parametrize("pairs", [((9, 1), None), ((1, 1), (2, 1)), ((2, 2), (1, 3))])
def test_an_imported_impossible_score_is_refused(risk, risk_manager, pairs):
    with pytest.raises(ValidationError):
        record_assessments([imported(risk, *pairs)], by=risk_manager)


def test_assess_builder_confirms(risk, risk_manager, approver):
    assert assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=approver).state == "confirmed"
