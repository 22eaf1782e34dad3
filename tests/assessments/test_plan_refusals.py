"""Plans, approvals and actions: what the database itself refuses."""

import pytest

from assessments.models import Action, Approval, Assessment, PlanVersion, ResponsePlan
from assessments.services import save_plan, submit_plan
from tests.assessments.refusals import Refusal, sql
from tests.assessments.services.test_plans import approve, changed, tomorrow
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db

# ---------- plans ----------


@pytest.fixture
def waiting(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager, submitted=True)


def approval_of(plan, approver, **fields):
    head = plan.head
    values = {"version": head, "content_hash": head.content_hash, "approver": approver}
    return Approval(**(values | {"decision": "approved"} | fields))


@pytest.mark.parametrize("scores", [(3, 1), (1, 3), (2, 4)])
def test_acceptance_above_the_limit_needs_all_three(risk, risk_manager, scores):
    assess(risk, scores, scores, by=risk_manager)
    make_plan(risk, by=risk_manager, strategy="accept", actions=())
    level = Assessment.objects.get().residual_level
    whole = {
        "scheme_id": 1, "residual_probability": scores[0], "residual_impact": scores[1],
        "residual_level": level, "submitted_by": risk_manager, "submitted_at": "2026-01-01T00:00Z",
        "requires_approval": True, "accept_reason": "贵", "accept_until": "2026-12-01",
    }  # fmt: skip
    for missing in ({"requires_approval": False}, {"accept_reason": ""}, {"accept_until": None}):
        with Refusal("accept_only_low_or_approved"):
            PlanVersion.objects.update(**(whole | missing))
    assert PlanVersion.objects.update(**whole) == 1


def test_a_small_one_is_accepted_as_it_is(low_risk, risk_manager):
    make_plan(low_risk, by=risk_manager, submitted=True, strategy="accept", actions=())
    assert PlanVersion.objects.get(accept_until=None, requires_approval=False).is_frozen


def test_a_high_plan_is_approved_by_somebody(high_risk, risk_manager):
    make_plan(high_risk, by=risk_manager)
    submitted = {"submitted_by": risk_manager, "submitted_at": "2026-01-01T00:00Z"}
    with Refusal("submitted_plan_knows_its_level"):
        PlanVersion.objects.update(**submitted)
    with Refusal("high_plan_requires_approval"):
        PlanVersion.objects.update(
            **submitted, scheme_id=1, residual_probability=4, residual_impact=3, residual_level=2,
            requires_approval=False,
        )  # fmt: skip
    with Refusal("plan_version_submitted_whole"):
        PlanVersion.objects.update(submitted_by=risk_manager)


@pytest.mark.parametrize(
    "change",
    ["content = '{}'", "requires_approval = false", "submitted_at = NULL, submitted_by_id = NULL"],
)
def test_a_submitted_version_is_frozen(waiting, change):
    with Refusal("plan_version_frozen"):
        sql(f"UPDATE assessments_planversion SET {change}")
    with Refusal("permission denied for table assessments_planversion"):
        sql("DELETE FROM assessments_planversion")


def test_a_draft_is_not_frozen(high_risk, risk_manager):
    make_plan(high_risk, by=risk_manager)
    assert PlanVersion.objects.update(content='{"a":1}') == 1


def test_no_approval_of_another_text(waiting, approver):
    with Refusal("approval_of_this_content"):
        approval_of(waiting, approver, content_hash="0" * 64).save()
        sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_approval_of_ones_own(high_risk, risk_manager, head_cleaning):
    plan = make_plan(high_risk, by=head_cleaning)
    submit_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    for own in (head_cleaning, risk_manager):
        with Refusal("approval_by_another"):
            approval_of(plan, own).save()


def test_no_approval_by_who_strikes_himself_from_the_authors(waiting, risk_manager):
    for attack in (
        "DELETE FROM assessments_planauthor",
        "UPDATE assessments_planauthor SET user_id = user_id + 1",
    ):
        with Refusal("permission denied for table assessments_planauthor"):
            sql(attack)


def test_no_approval_of_a_draft_or_an_old_version(waiting, risk_manager, approver):
    old = approval_of(waiting, approver)
    save_plan(waiting, by=risk_manager, version=None, content=changed(waiting, objective="改"))
    waiting.refresh_from_db()
    for one in (old, approval_of(waiting, approver)):
        with Refusal("approval_of_waiting_head"):
            one.save()


def test_one_decision_for_each_version(waiting, approver, second_manager):
    approval_of(waiting, approver).save()
    with Refusal("approval_once_per_step"):
        approval_of(waiting, second_manager).save()


def test_a_refusal_has_words(waiting, approver):
    with Refusal("approval_refusal_has_comment"):
        approval_of(waiting, approver, decision="rejected").save()


def test_approvals_stay_as_they_are(waiting, approver):
    approve(waiting, approver)
    for attack in (
        "UPDATE assessments_approval SET comment = '不'",
        "DELETE FROM assessments_approval",
        "TRUNCATE assessments_approval CASCADE",
    ):
        with Refusal("permission denied for table assessments_approval"):
            sql(attack)


@pytest.mark.parametrize("state", ["approved", "in_progress", "completed", "closed"])
def test_no_plan_is_decided_without_an_approval(waiting, state):
    with Refusal("plan_decided_by_approval"):
        ResponsePlan.objects.update(state=state)


def test_no_version_is_in_force_without_an_approval(waiting, approver, risk_manager):
    with Refusal("plan_in_force_by_approval"):
        ResponsePlan.objects.update(in_force=waiting.head)
    approve(waiting, approver)
    waiting.refresh_from_db()
    save_plan(waiting, by=risk_manager, version=None, content=changed(waiting, objective="改"))
    waiting.refresh_from_db()
    with Refusal("plan_in_force_by_approval"):
        ResponsePlan.objects.update(in_force=waiting.head)


def test_the_approval_of_another_plan_does_not_count(register, waiting, risk_manager, approver):
    approve(waiting, approver)
    waiting.refresh_from_db()
    other = make_plan(make_risk(register, by=risk_manager, title="另一项"), by=risk_manager)
    waiting_head = waiting.head_id
    ResponsePlan.objects.filter(pk=waiting.pk).update(in_force=None)
    with Refusal("plan_in_force_by_approval"):
        ResponsePlan.objects.filter(pk=other.pk).update(in_force=waiting_head)


def test_one_living_plan(waiting, risk_manager):
    with Refusal("one_live_plan_per_risk"):
        ResponsePlan.objects.create(
            number=9, code="RP-009", risk=waiting.risk, owner=risk_manager, state="draft"
        )


def test_actions_done_have_words_and_are_verified_by_another(waiting, approver, risk_manager):
    approve(waiting, approver)
    with Refusal("action_done_has_note"):
        Action.objects.update(state="done")
    with Refusal("action_verified_by_another"):
        Action.objects.update(state="verified", note="x", done_by=approver, verified_by=approver)
    with Refusal("action_once_per_plan"):
        Action.objects.create(
            plan=waiting, key="a1", title="x", owner=approver, due_on=tomorrow(),
            department=waiting.risk.owner_department,
        )  # fmt: skip
