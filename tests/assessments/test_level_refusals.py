"""Levels, assessments and the scheme: what the database itself refuses."""

import uuid

import pytest
from django.utils import timezone

from assessments.models import Assessment, MatrixScheme, PlanVersion
from assessments.services.assessments import Scores, record_assessment
from tests.assessments.refusals import Refusal, sql
from tests.builders import assess, make_plan

pytestmark = pytest.mark.django_db

# ---------- levels ----------


@pytest.mark.parametrize("kind", ["inherent", "residual", "target"])
def test_a_level_is_not_typed_on_an_assessment(low_risk, risk_manager, kind):
    made = assess(low_risk, (3, 3), (2, 2), by=risk_manager, target=(1, 1))
    made.pk, made.state, made.confirmed_at = None, "draft", None
    made.save(force_insert=True)
    table = "assessments_assessment"
    with Refusal(f"{table}_{kind}_cell"):
        sql(f"UPDATE {table} SET {kind}_level = 1 - {kind}_level WHERE state = 'draft'")
    with Refusal(f"{table}_{kind}_whole"):
        sql(f"UPDATE {table} SET {kind}_probability = NULL WHERE state = 'draft'")


@pytest.mark.parametrize("kind", ["inherent", "residual"])
def test_a_level_is_not_typed_on_a_risk(low_risk, kind):
    with Refusal(f"registers_risk_{kind}_cell"):
        sql(f"UPDATE registers_risk SET {kind}_level = 3")
    with Refusal(f"registers_risk_{kind}_whole"):
        sql(f"UPDATE registers_risk SET {kind}_probability = NULL")


def test_a_level_belongs_to_a_scheme(low_risk):
    with Refusal("registers_risk_inherent_whole"):
        sql("UPDATE registers_risk SET standing_scheme = NULL")


def test_a_level_is_not_typed_on_a_plan(high_risk, risk_manager):
    make_plan(high_risk, by=risk_manager)
    with Refusal("assessments_planversion_residual_cell"):
        PlanVersion.objects.update(
            scheme_id=1, residual_probability=5, residual_impact=5, residual_level=0
        )
    with Refusal("assessments_planversion_target_whole"):
        PlanVersion.objects.update(target_probability=1, target_impact=1, target_level=0)


def test_controls_make_nothing_worse(low_risk):
    for name, fields in (
        ("residual_not_above_inherent", ("residual", 3, 1, 0)),
        ("target_not_above_residual", ("target", 1, 3, 0)),
    ):
        kind, *cell = fields
        worse = Assessment.objects.get()
        worse.pk, worse.state, worse.confirmed_at = None, "submitted", None
        for part, value in zip(("probability", "impact", "level"), cell, strict=True):
            setattr(worse, f"{kind}_{part}", value)
        with Refusal(name):
            worse.save(force_insert=True)


# ---------- assessments ----------


def test_one_is_confirmed_and_one_waits(low_risk, risk_manager, second_manager):
    waiting = assess(low_risk, (5, 5), (5, 5), by=risk_manager)
    copy = Assessment.objects.get(pk=waiting.pk)
    copy.pk = None
    with Refusal("one_pending_assessment_per_risk"):
        copy.save(force_insert=True)
    with Refusal("one_confirmed_assessment_per_risk"):
        Assessment.objects.waiting().update(
            state="confirmed", confirmed_at=timezone.now(), confirmed_by=second_manager
        )


def test_nobody_confirms_their_own_high_one(risk, risk_manager):
    assess(risk, (5, 5), (1, 1), by=risk_manager)
    for by in ("NULL", "assessor_id"):
        with Refusal("high_assessment_confirmed_by_another"):
            sql(
                "UPDATE assessments_assessment SET state = 'confirmed', confirmed_at = now(), "
                f"confirmed_by_id = {by}"
            )


def test_confirmed_without_a_time_is_nothing(risk, risk_manager):
    assess(risk, (5, 5), (5, 5), by=risk_manager)
    with Refusal("assessment_confirmed_has_time"):
        Assessment.objects.update(state="superseded")


def test_what_is_submitted_is_rated(risk, risk_manager):
    with Refusal("assessment_rated_unless_draft"):
        Assessment.objects.create(risk=risk, scheme_id=1, state="submitted")


def test_a_form_counts_once(risk, risk_manager):
    copy = record_assessment(
        risk,
        by=risk_manager,
        scores=Scores((5, 5), (5, 5)),
        rationale="x",
        client_uuid=uuid.uuid4(),
    )
    copy.pk, copy.state = None, "rejected"
    with Refusal("assessments_assessment_client_uuid_key"):
        copy.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        "residual_probability = 1, residual_impact = 1, residual_level = 0",
        "assessor_id = confirmed_by_id",
        "confirmed_by_id = assessor_id",
        "rationale = 'x'",
        "confirmed_at = now()",
        "state = 'submitted', confirmed_at = NULL",
        "state = 'draft', confirmed_at = NULL",
    ],
)
def test_a_confirmed_one_stays(high_risk, change):
    with Refusal("assessment_frozen"):
        sql(f"UPDATE assessments_assessment SET {change}")


@pytest.mark.parametrize(
    "change",
    [
        "inherent_probability = 5, inherent_impact = 5, inherent_level = 3",
        "assessor_id = NULL",
        "risk_id = risk_id + 1",
        "scheme_id = 2",
        "rationale = ''",
    ],
)
def test_what_waits_stays_as_it_was_submitted(risk, risk_manager, change):
    """Nobody swaps the scores, or the person, while somebody else reads them."""
    assess(risk, (5, 3), (4, 3), by=risk_manager)
    with Refusal("assessment_frozen"):
        sql(f"UPDATE assessments_assessment SET {change}")


def test_a_superseded_one_is_not_called_back(low_risk, risk_manager):
    assess(low_risk, (2, 1), (2, 1), by=risk_manager)
    with Refusal("assessment_frozen"):
        sql("UPDATE assessments_assessment SET state = 'confirmed' WHERE state = 'superseded'")


def test_nothing_submitted_is_deleted(low_risk):
    with Refusal("permission denied for table assessments_assessment"):
        sql("DELETE FROM assessments_assessment")


# ---------- the scheme ----------


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE assessments_matrixcell SET level = 0",
        "UPDATE assessments_band SET upper = 9",
        "UPDATE assessments_matrixlevel SET color = '#000000'",
        "UPDATE assessments_impactanchor SET text_en = ''",
        "UPDATE assessments_appetiterule SET needs_approval = false",
    ],
)
def test_a_scheme_in_force_does_not_change(attack):
    with Refusal("matrix_scheme_frozen"):
        sql(attack)


@pytest.mark.parametrize("change", ["state = 'draft'", "number = 7", "band_factor = 2"])
def test_a_scheme_in_force_is_not_put_back_to_be_changed(change):
    with Refusal("matrix_scheme_frozen"):
        sql(f"UPDATE assessments_matrixscheme SET {change}")


def test_a_scheme_is_retired_for_good():
    sql("UPDATE assessments_matrixscheme SET state = 'retired'")
    with Refusal("matrix_scheme_frozen"):
        sql("UPDATE assessments_matrixscheme SET state = 'in_force'")


def test_one_scheme_is_in_force():
    with Refusal("one_scheme_in_force"):
        MatrixScheme.objects.create(number=2, name_zh="二", state="in_force")
