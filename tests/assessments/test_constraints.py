"""The constraints and triggers that stand outside the models: no later migration has lost one."""

import hashlib

import pytest

from tests.assessments.refusals import catalogue
from tests.builders import make_plan

pytestmark = pytest.mark.django_db

TABLES = (
    "assessments_assessment", "assessments_planversion", "assessments_approval",
    "assessments_responseplan", "assessments_action", "assessments_matrixcell",
    "assessments_matrixscheme", "assessments_contingencyversion", "assessments_drill",
    "assessments_processchange", "assessments_reassessmenttask", "assessments_schemedecision",
)  # fmt: skip
CELL = "FOREIGN KEY ({0}, {1}_probability, {1}_impact, {1}_level) REFERENCES assessments_matrixcell(scheme_id, probability, impact, level)"  # noqa: E501 - as PostgreSQL prints it
CHECKS = {
    "residual_not_above_inherent", "target_not_above_residual", "assessment_rated_unless_draft",
    "assessment_confirmed_has_time", "high_assessment_confirmed_by_another",
    "accept_only_low_or_approved", "high_plan_requires_approval", "submitted_plan_knows_its_level",
    "plan_version_submitted_whole", "approval_refusal_has_comment", "action_verified_by_another",
    "action_done_has_note", "matrix_cell_scores_1_to_5", "action_verified_whole",
    "assessment_control_steps_0_to_2", "assessment_control_failed_is_answered",
    "impact_score_1_to_5", "lec_of_the_tables", "resource_granted_at_most_asked",
    "spending_is_not_zero", "transfer_link_to_exactly_one", "scheme_refusal_has_comment",
    "reassessment_done_by_assessment", "reassessment_waived_with_reason",
    "reassessment_closed_has_time", "process_change_live_since_a_day",
    "process_change_reviewed_with_outcome", "process_change_cancelled_with_reason",
    "change_risk_removed_has_no_task", "change_risk_waived_of_a_task", "contingency_in_force_from_a_day",
    "contingency_step_within_30_days", "drill_held_has_result", "drill_proves_only_when_passed",
    "drill_missed_has_reason", "drill_gap_verified_by_another", "drill_gap_done_has_note",
    "drill_gap_verified_by_somebody",
}  # fmt: skip
UNIQUE = {
    "one_confirmed_assessment_per_risk": "WHERE ((state)::text = 'confirmed'::text)",
    "one_pending_assessment_per_risk": "WHERE ((state)::text = 'submitted'::text)",
    "one_live_plan_per_risk": "WHERE ((state)::text = ANY",
    "one_scheme_in_force": "WHERE ((state)::text = 'in_force'::text)",
    "approval_once_per_step": "(version_id, step)",
    "plan_version_hash": "(id, content_hash)",
    "matrix_cell_level": "(scheme_id, probability, impact, level)",
    "one_open_reassessment_per_reason": "(risk_id, reason) WHERE ((state)::text = 'open'::text)",
    "contingency_one_in_force": "(plan_id) WHERE ((state)::text = 'in_force'::text)",
    "contingency_one_draft": "(plan_id) WHERE ((state)::text = 'draft'::text)",
    "drill_one_scheduled": "(plan_id) WHERE ((state)::text = 'scheduled'::text)",
    "one_draft_per_risk_and_assessor": "(assessor_id, risk_id)",
    "action_once_per_plan": "(plan_id, key)",
    "resource_line_once": "(version_id, key)",
    "change_risk_once": "(change_id, risk_id)",
}
TRIGGERS = {
    "assessment_frozen": "BEFORE DELETE OR UPDATE ON public.assessments_assessment FOR EACH ROW",
    "matrix_scheme_stays": "BEFORE DELETE OR UPDATE ON public.assessments_matrixscheme FOR EACH ROW",
    "plan_version_frozen": "BEFORE DELETE OR UPDATE ON public.assessments_planversion FOR EACH ROW",
    "approval_by_another": "BEFORE INSERT ON public.assessments_approval FOR EACH ROW",
    "approval_append_only": "BEFORE DELETE OR UPDATE OR TRUNCATE ON public.assessments_approval",
    "plan_author_append_only": "BEFORE DELETE OR UPDATE OR TRUNCATE ON public.assessments_planauthor",
    "plan_decided_by_approval": "BEFORE INSERT OR UPDATE ON public.assessments_responseplan FOR EACH",
    "matrix_cell_frozen": "BEFORE INSERT OR DELETE OR UPDATE ON public.assessments_matrixcell",
    "matrix_band_frozen": "BEFORE INSERT OR DELETE OR UPDATE ON public.assessments_band",
    "matrix_level_frozen": "BEFORE INSERT OR DELETE OR UPDATE ON public.assessments_matrixlevel",
    "matrix_anchor_frozen": "BEFORE INSERT OR DELETE OR UPDATE ON public.assessments_impactanchor",
    "plan_submitted_truly": "AFTER INSERT OR UPDATE ON public.assessments_planversion FOR EACH ROW",
    "plan_stays": "BEFORE UPDATE ON public.assessments_responseplan FOR EACH ROW",
    "risk_shows_its_assessment": "AFTER UPDATE ON public.registers_risk DEFERRABLE INITIALLY DEFERRED",
    "risk_made_shows_its_assessment": "AFTER INSERT ON public.registers_risk DEFERRABLE INITIALLY",
    "assessment_is_shown": "AFTER UPDATE ON public.assessments_assessment DEFERRABLE INITIALLY",
    "assessment_made_is_shown": "AFTER INSERT ON public.assessments_assessment DEFERRABLE INITIALLY",
    "risk_number_stays": "AFTER UPDATE ON public.registers_risk FOR EACH ROW",
    "matrix_appetite_frozen": "BEFORE INSERT OR DELETE OR UPDATE ON public.assessments_appetiterule",
    "plan_in_force_is_aimed_at": "AFTER UPDATE ON public.assessments_responseplan DEFERRABLE INITIALLY",
    "approval_for_absent": "BEFORE INSERT ON public.assessments_approval FOR EACH ROW",
    "confirmation_for_absent": "BEFORE UPDATE OF confirmed_for_id ON public.assessments_assessment",
    "assessment_basis_stays": "BEFORE INSERT OR DELETE OR UPDATE ON public.assessments_",
    "assessment_reduced_by_controls": "AFTER INSERT ON public.assessments_assessment DEFERRABLE",
    "assessment_submitted_with_controls": "AFTER UPDATE ON public.assessments_assessment DEFERRABLE",
    "resource_line_append_only": "BEFORE DELETE OR UPDATE OR TRUNCATE ON public.assessments_resourceline",
    "contingency_complete": "AFTER INSERT OR UPDATE ON public.assessments_contingencyversion DEFERRABLE",
    "contingency_version_frozen": "BEFORE DELETE OR UPDATE ON public.assessments_contingencyversion",
    "contingency_step_frozen": "BEFORE INSERT OR DELETE OR UPDATE ON public.assessments_contingencystep",
    "contingency_trigger_frozen": "ON public.assessments_contingencytrigger FOR EACH ROW",
    "drill_failed_has_gap": "AFTER INSERT OR UPDATE ON public.assessments_drill DEFERRABLE INITIALLY",
    "drill_held_frozen": "BEFORE DELETE OR UPDATE ON public.assessments_drill FOR EACH ROW",
    "drill_gap_stays": "BEFORE DELETE OR UPDATE ON public.assessments_drillgap FOR EACH ROW",
    "process_change_judged": "BEFORE UPDATE OF state ON public.assessments_processchange",
    "risks_stand_in_force": "AFTER UPDATE OF state ON public.assessments_matrixscheme DEFERRABLE",
    "scheme_decided_by_another": "BEFORE INSERT ON public.assessments_schemedecision FOR EACH ROW",
    "scheme_decision_append_only": "BEFORE DELETE OR UPDATE OR TRUNCATE ON public.assessments_schemedec",
    "scheme_in_force_is_whole": "AFTER UPDATE OF state ON public.assessments_matrixscheme FOR EACH ROW",
    "scheme_made_in_force_is_whole": "AFTER INSERT ON public.assessments_matrixscheme FOR EACH ROW",
    "spending_append_only": "BEFORE DELETE OR UPDATE OR TRUNCATE ON public.assessments_spending",
    "transfer_link_append_only": "BEFORE DELETE OR UPDATE OR TRUNCATE ON public.assessments_transferlink",
    "scheme_author_append_only": "BEFORE DELETE OR UPDATE OR TRUNCATE ON public.assessments_schemeauthor",
}


def test_the_tests_run_as_the_role_that_owns_nothing():
    owners = catalogue("SELECT tablename, tableowner = current_user FROM pg_tables")
    assert not any(owners[table] for table in TABLES)


@pytest.mark.parametrize(
    ("table", "scheme", "kinds"),
    [
        ("assessments_assessment", "scheme_id", ("inherent", "residual", "target")),
        ("registers_risk", "standing_scheme", ("inherent", "residual", "target")),
        ("assessments_planversion", "scheme_id", ("residual", "target")),
    ],
)
def test_every_level_points_to_its_cell(table, scheme, kinds):
    found = catalogue(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND convalidated",
        table,
    )
    for kind in kinds:
        assert found[f"{table}_{kind}_cell"] == CELL.format(scheme, kind)
        assert "num_nulls" in found[f"{table}_{kind}_whole"]


def test_every_check_is_there():
    found = catalogue(
        "SELECT conname, contype FROM pg_constraint WHERE contype = 'c' AND convalidated"
    )
    assert set(found) >= CHECKS


def test_what_holds_for_new_rows_alone_is_there():
    """Plans that were approved before may lack it: the check is not asked of them."""
    found = catalogue("SELECT conname, convalidated FROM pg_constraint WHERE contype = 'c'")
    assert found["critical_plan_has_special_measures"] is False


def test_approvals_are_bound_to_version_and_hash():
    found = catalogue("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint")
    assert found["approval_of_this_content"] == (
        "FOREIGN KEY (version_id, content_hash) REFERENCES assessments_planversion(id, content_hash)"
    )


def test_every_unique_index_is_there():
    found = catalogue("SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%%UNIQUE%%'")
    assert {name: words in found[name] for name, words in UNIQUE.items()} == dict.fromkeys(
        UNIQUE, True
    )


def test_every_trigger_is_there_and_on():
    found = catalogue(
        "SELECT tgname, tgenabled::text || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    )
    for name, words in TRIGGERS.items():
        assert found[name].startswith("O")
        assert words in found[name]


def test_content_is_hashed_by_the_database(high_risk, risk_manager):
    head = make_plan(high_risk, by=risk_manager).head
    assert head.content_hash == hashlib.sha256(head.content.encode()).hexdigest()
