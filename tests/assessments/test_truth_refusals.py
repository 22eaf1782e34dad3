"""What a plan was submitted for, and what a risk shows: the database compares it with the judgement."""

import pytest
from django.utils import timezone

from assessments.models import PlanVersion, ResponsePlan
from registers.models import Risk, RiskArea
from tests.assessments.refusals import Refusal, sql
from tests.assessments.services.test_plans import approve
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db

SMALL = {"residual_probability": 1, "residual_impact": 1, "residual_level": 0}
MODEST = {"residual_probability": 2, "residual_impact": 2, "residual_level": 0}
SAFETY = {"residual_probability": 2, "residual_impact": 3, "residual_level": 1}
UNRATED = "standing_scheme = NULL, " + ", ".join(
    f"{kind}_{part} = NULL"
    for kind in ("inherent", "residual")
    for part in ("probability", "impact", "level")
)


def submission(by, cell, **fields):
    when = {"submitted_by": by, "submitted_at": timezone.now(), "requires_approval": False}
    return {"scheme_id": 1} | when | cell | fields


def settled():
    sql("SET CONSTRAINTS ALL IMMEDIATE")


# ---------- the plan ----------


def test_a_high_plan_is_not_submitted_as_a_small_one(high_risk, risk_manager):
    """Whoever lied about the level could put the plan in force without an approval."""
    make_plan(high_risk, by=risk_manager)
    for approval in (False, True):
        with Refusal("plan_submitted_as_assessed"):
            PlanVersion.objects.update(
                **submission(risk_manager, SMALL, requires_approval=approval)
            )


def test_not_even_while_the_risk_shows_it_small(high_risk, risk_manager):
    make_plan(high_risk, by=risk_manager)
    with Refusal("plan_submitted_as_assessed"):
        type(high_risk).objects.update(**SMALL)
        PlanVersion.objects.update(**submission(risk_manager, SMALL))


def test_no_version_is_born_submitted(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager)
    with Refusal("plan_submitted_as_assessed"):
        PlanVersion.objects.create(
            plan=plan, number=2, content="{}", strategy="mitigate", created_by=risk_manager,
            **submission(risk_manager, SMALL),
        )  # fmt: skip


def test_the_strategy_is_that_of_the_text(risk, risk_manager):
    """Accepting above the limit needs an approval, whatever another column calls it."""
    assess(risk, (3, 1), (3, 1), by=risk_manager)
    make_plan(risk, by=risk_manager, strategy="accept", actions=())
    shown = {"residual_probability": 3, "residual_impact": 1, "residual_level": risk.residual_level}
    with Refusal("plan_strategy_of_its_text"):
        PlanVersion.objects.update(**submission(risk_manager, shown, strategy="mitigate"))


def test_an_unrated_risk_has_no_submitted_plan(risk, risk_manager):
    make_plan(risk, by=risk_manager)
    with Refusal("plan_submitted_as_assessed"):
        PlanVersion.objects.update(**submission(risk_manager, SMALL))


def test_the_rules_say_what_needs_an_approval(low_risk, risk_manager):
    make_plan(low_risk, by=risk_manager)
    with Refusal("plan_approval_by_the_rules"):
        PlanVersion.objects.update(**submission(risk_manager, MODEST, requires_approval=True))
    assert PlanVersion.objects.update(**submission(risk_manager, MODEST)) == 1


def test_a_stricter_area_is_asked_too(register, risk_manager):
    area = RiskArea.objects.get(code="customer_safety")
    risk = make_risk(register, by=risk_manager, area=area)
    assess(risk, (2, 3), (2, 3), by=risk_manager)
    make_plan(risk, by=risk_manager)
    with Refusal("plan_approval_by_the_rules"):
        PlanVersion.objects.update(**submission(risk_manager, SAFETY))


def test_a_scheme_without_a_rule_asks_for_approval(low_risk, risk_manager, as_owner):
    query = "SELECT plan_needs_approval(99, 0, NULL, 'mitigate', 1, 1)"
    assert as_owner.execute(query).fetchone() == (True,)


@pytest.mark.parametrize("change", ["risk_id = %s", "number = number + %s", "code = 'RP-' || %s"])
def test_a_plan_stays_with_its_risk_and_keeps_its_code(register, high_risk, risk_manager, change):
    other = make_risk(register, by=risk_manager, title="另一项")
    make_plan(high_risk, by=risk_manager)
    with Refusal("plan_stays"):
        sql(f"UPDATE assessments_responseplan SET {change}", other.pk)


def test_no_table_of_ones_own_answers_for_the_approvals(high_risk, risk_manager):
    """A temporary table of the same name comes first for whoever does not say which schema."""
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    sql("CREATE TEMP TABLE assessments_approval (version_id bigint, decision text) ON COMMIT DROP")
    sql("INSERT INTO pg_temp.assessments_approval VALUES (%s, 'approved')", plan.head_id)
    with Refusal("plan_decided_by_approval"):
        sql("UPDATE public.assessments_responseplan SET state = 'approved'")
    sql("DROP TABLE pg_temp.assessments_approval")


def test_the_services_still_submit_and_approve(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    assert ResponsePlan.objects.get().in_force_id == plan.head_id


# ---------- what the risk shows ----------


@pytest.mark.parametrize(
    "change",
    [
        "residual_probability = 1, residual_impact = 1, residual_level = 0",
        "inherent_probability = 4, inherent_impact = 3, inherent_level = 2",
        "target_probability = 1, target_impact = 1, target_level = 0",
        UNRATED,
        "assessed_on = assessed_on - 1",
    ],
)
def test_a_risk_shows_its_confirmed_assessment(high_risk, change):
    settled()
    with Refusal("risk_shows_its_assessment"):
        sql(f"UPDATE registers_risk SET {change}")
        settled()


def test_a_risk_that_nobody_assessed_shows_nothing(risk):
    with Refusal("risk_shows_its_assessment"):
        type(risk).objects.update(standing_scheme=1, **SMALL)
        settled()


def test_no_risk_is_born_assessed(risk):
    copy = type(risk).objects.get()
    copy.pk, copy.number, copy.standing_scheme = None, 900, 1
    for name, value in SMALL.items():
        setattr(copy, name, value)
    with Refusal("risk_shows_its_assessment"):
        copy.save(force_insert=True)
        settled()


def test_a_risk_aims_where_its_plan_in_force_does(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True, target=(2, 3))
    approve(plan, approver)
    settled()
    with Refusal("risk_shows_its_assessment"):
        Risk.objects.update(target_probability=1, target_impact=1, target_level=0)
        settled()


def test_a_plan_does_not_end_behind_its_risk(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True, target=(2, 3))
    approve(plan, approver)
    settled()
    with Refusal("risk_shows_its_assessment"):
        ResponsePlan.objects.update(state="withdrawn")
        settled()


def test_an_assessment_is_not_confirmed_behind_the_risk(risk, risk_manager, second_manager):
    assess(risk, (5, 3), (4, 3), by=risk_manager)
    with Refusal("risk_shows_its_assessment"):
        sql(
            "UPDATE assessments_assessment SET state = 'confirmed', confirmed_at = now(), "
            "confirmed_by_id = %s",
            second_manager.pk,
        )
        settled()


def test_nor_superseded(low_risk):
    with Refusal("risk_shows_its_assessment"):
        sql("UPDATE assessments_assessment SET state = 'superseded'")
        settled()
