"""Levels, assessments and the scheme: what the database itself refuses."""

import uuid

import pytest
from django.utils import timezone

from assessments.models import Assessment, MatrixScheme, PlanVersion
from tests.assessments.refusals import Refusal, sql
from tests.builders import assess, make_plan

pytestmark = pytest.mark.django_db

# ---------- levels ----------


@pytest.mark.parametrize("kind", ["inherent", "residual", "target"])
def test_a_level_is_not_typed_on_an_assessment(low_risk, risk_manager, kind):
    assess(low_risk, (3, 3), (2, 2), by=risk_manager, target=(1, 1))
    table = "assessments_assessment"
    with Refusal(f"{table}_{kind}_cell"):
        sql(f"UPDATE {table} SET {kind}_level = 1 - {kind}_level WHERE state = 'confirmed'")
    with Refusal(f"{table}_{kind}_whole"):
        sql(f"UPDATE {table} SET {kind}_probability = NULL WHERE state = 'confirmed'")


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
    with Refusal("residual_not_above_inherent"):
        Assessment.objects.update(residual_probability=3, residual_impact=1, residual_level=0)
    with Refusal("target_not_above_residual"):
        Assessment.objects.update(target_probability=1, target_impact=3, target_level=0)


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


def test_a_form_counts_once(low_risk, risk_manager):
    Assessment.objects.update(client_uuid=uuid.uuid4())
    copy = Assessment.objects.get()
    copy.pk, copy.state = None, "superseded"
    with Refusal("assessments_assessment_client_uuid_key"):
        copy.save(force_insert=True)


# ---------- the scheme ----------


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE assessments_matrixcell SET level = 0",
        "DELETE FROM assessments_matrixcell",
        "UPDATE assessments_band SET upper = 9",
        "UPDATE assessments_matrixlevel SET color = '#000000'",
        "UPDATE assessments_impactanchor SET text_en = ''",
        "UPDATE assessments_appetiterule SET needs_approval = false",
        "DELETE FROM assessments_appetiterule",
    ],
)
def test_a_scheme_in_force_does_not_change(attack):
    with Refusal("matrix_scheme_frozen"):
        sql(attack)


def test_one_scheme_is_in_force():
    with Refusal("one_scheme_in_force"):
        MatrixScheme.objects.create(number=2, name_zh="二", state="in_force")
