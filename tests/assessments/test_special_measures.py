"""A critical risk's plan says what is done at once, and who in management stands for it."""

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.models import ContingencyRisk, PlanVersion
from assessments.plans.content import PlanContent
from assessments.services import PlanIncomplete, submit_plan
from registers.gap_lists import gap_counts
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from tests.assessments.services.test_plans import approve
from tests.builders import assess, make_plan
from tests.contingency import make_contingency

pytestmark = pytest.mark.django_db


@pytest.fixture
def critical(risk, risk_manager, second_manager, approver):
    """(4,4): high on both axes."""
    assess(risk, (4, 4), (4, 4), by=risk_manager, confirmed_by=second_manager)
    return risk


@pytest.mark.parametrize("missing", ["special_measures", "sponsor", "contingency"])
@pytest.mark.parametrize("strategy", ["mitigate", "accept"])
def test_without_them_it_is_not_submitted(critical, risk_manager, missing, strategy):
    plan = make_plan(
        critical, by=risk_manager, strategy=strategy, **{missing: special_nothing(missing)}
    )
    with pytest.raises(PlanIncomplete) as refusal:
        submit_plan(plan, by=risk_manager)
    assert missing in refusal.value.faults


def special_nothing(name):
    return "" if name == "special_measures" else None


def test_with_them_it_is(critical, risk_manager, approver):
    plan = make_plan(critical, by=risk_manager, submitted=True)
    assert plan.state == "submitted"
    assert (plan.head.special_measures, plan.head.sponsor) == ("停止高空作业", approver)


def test_the_contingency_plan_that_it_names_answers_the_risk_once_it_is_approved(
    critical, risk_manager, approver
):
    plan = make_plan(critical, by=risk_manager, submitted=True)
    assert {gap.key: gap.count for gap in gap_counts(risk_manager)}["no_emergency"] == 1
    approve(plan, approver)
    link = ContingencyRisk.objects.get(risk=critical)
    assert link.plan_id == PlanContent.parse(plan.head.content).contingency
    assert {gap.key: gap.count for gap in gap_counts(risk_manager)}["no_emergency"] == 0
    event = AuditEvent.objects.get(action="contingency_risk.linked")
    assert (event.actor_id, event.object_id) == (approver.pk, str(link.pk))


def test_a_contingency_plan_that_is_a_draft_is_not_enough(critical, risk_manager, approver, clean):
    draft = make_contingency(clean, by=risk_manager, in_force=False)
    plan = make_plan(critical, by=risk_manager, contingency=draft.pk)
    with pytest.raises(PlanIncomplete) as refusal:
        submit_plan(plan, by=risk_manager)
    assert set(refusal.value.faults) == {"contingency"}


def test_a_high_risk_needs_none(high_risk, risk_manager):
    assert make_plan(high_risk, by=risk_manager, submitted=True).state == "submitted"


def test_a_sponsor_is_somebody_in_management(critical, risk_manager):
    with pytest.raises(PlanIncomplete) as refusal:
        make_plan(critical, by=risk_manager, sponsor=risk_manager.pk)
    assert set(refusal.value.faults) == {"sponsor"}


def test_who_approves_here_no_more_stands_for_nothing(critical, risk_manager, approver):
    plan = make_plan(critical, by=risk_manager)
    approver.role_assignments.all().delete()
    with pytest.raises(PlanIncomplete) as refusal:
        submit_plan(plan, by=risk_manager)
    assert set(refusal.value.faults) == {"sponsor"}


def test_the_database_refuses_a_critical_version_without_them(critical, risk_manager):
    plan = make_plan(critical, by=risk_manager)
    with (
        pytest.raises(IntegrityError, match="critical_plan_has_special_measures"),
        transaction.atomic(),
        acting(risk_manager, "plan.submitted"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE assessments_planversion SET submitted_by_id = %s, submitted_at = now(), scheme_id = 1,"
            " residual_probability = 4, residual_impact = 4, residual_level = 3 WHERE id = %s",
            [risk_manager.pk, plan.head_id],
        )
    assert not PlanVersion.objects.exclude(submitted_at=None).exists()
