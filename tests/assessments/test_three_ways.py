"""The rules of spec 2.7 and RELIABILITY 2, each tried by form, by API and by SQL as the run-time role.

The form answers with a sentence, the API with its code, the database with the name of what refused.
"""

from html import unescape

import pytest
from django.utils.html import strip_tags

from assessments.models import Assessment, MatrixScheme, PlanVersion
from riskhub.accounts.services import assign_role
from tests.api_client import ApiClient, refusal
from tests.assessments.pages import told
from tests.assessments.refusals import Refusal, sql
from tests.assessments.services.test_plans import tomorrow
from tests.assessments.three_ways import judging, matrices, planning, preparing
from tests.assessments.three_ways.world import World
from tests.assessments.views.assessment_forms import URL as ASSESS
from tests.assessments.views.plan_forms import sent
from tests.builders import assess
from tests.cast import make_user

pytestmark = pytest.mark.django_db

NEITHER = "Somebody who neither wrote nor submitted this plan decides on it."
CHANGED = "Not decided: the text was changed while you had it open"
STALE = (409, "stale_version")
INVALID = (400, "invalid")
TABLE = {
    "one assessment waits at a time": (
        judging.second_pending,
        (422, "An assessment of this risk is waiting for confirmation."),
        (409, "pending_assessment"), "one_pending_assessment_per_risk",
    ),
    "a High one is confirmed by another person": (
        judging.own_confirmation, (302, "You made this assessment. Another person confirms it."),
        (403, "cannot_confirm"), "high_assessment_confirmed_by_another",
    ),
    "no control, no reduction": (
        judging.no_control, (422, "No control, no reduction"), INVALID,
        "assessment_reduced_by_controls",
    ),
    "controls make nothing worse": (
        judging.residual_above, (422, "With controls it cannot be higher than without."), INVALID,
        "residual_not_above_inherent",
    ),
    "a task is waived with a reason": (
        judging.waived_without_reason, (422, "Why is no assessment needed?: Fill this in."), INVALID,
        "reassessment_waived_with_reason",
    ),
    "an approval is of the text that was read": (
        planning.other_text, (409, CHANGED), STALE, "approval_of_this_content",
    ),
    "nobody approves what they submitted": (
        planning.own_submission, (302, NEITHER), (403, "cannot_decide"), "approval_by_another",
    ),
    "nobody approves what they wrote": (
        planning.own_words, (302, NEITHER), (403, "cannot_decide"), "approval_by_another",
    ),
    "who refuses says why": (
        planning.silent_refusal, (422, "Write one sentence: the author will read it."), INVALID,
        "approval_refusal_has_comment",
    ),
    "more than was asked for is granted with a reason": (
        planning.granted_above, (422, "This is more than is asked for: say why."), INVALID,
        "resource_granted_at_most_asked",
    ),
    "one living plan per risk": (
        planning.second_plan, (409, "Not saved: you saved in another window in between"),
        (409, "has_live_plan"), "one_live_plan_per_risk",
    ),
    "above the limit accepting has a reason and an end": (
        planning.accepted_above, (422, "say why the risk is accepted all the same."),
        (400, "plan_incomplete"), "accept_only_low_or_approved",
    ),
    "a critical plan has special measures": (
        planning.critical_without, (422, "The level asks for special measures"),
        (400, "plan_incomplete"), "critical_plan_has_special_measures",
    ),
    "an action is verified by another person": (
        planning.verified_by_oneself, (409, "You did this yourself. Somebody else verifies it."),
        (403, "own_action"), "action_verified_by_another",
    ),
    "a contingency plan begins with a trigger": (
        preparing.put_in_force_without({"triggers": ()}),
        (409, "Say when it begins: at least one trigger."), INVALID, "contingency_complete",
    ),
    "a contingency plan has somebody responsible": (
        preparing.put_in_force_without({"responsible_department": None}),
        (409, "Name the person or the department that is responsible."), INVALID,
        "contingency_complete",
    ),
    "a contingency plan has a step": (
        preparing.put_in_force_without({"steps": ()}), (409, "Say who does what: at least one step."),
        INVALID, "contingency_complete",
    ),
    "a drill that failed names a gap": (
        preparing.failed_without_gap,
        (422, "A drill that failed needs at least one gap, with owner and day."), INVALID,
        "drill_failed_has_gap",
    ),
    "no change is live before its risks were looked at": (
        preparing.live_too_early, (409, "Still to be judged again: R001."), (409, "risks_not_judged"),
        "process_change_judged",
    ),
    "a matrix never falls": (
        matrices.falling_matrix, (302, "(3,3) is Low"), (409, "scheme_incomplete"),
        "scheme_is_monotone",
    ),
    "nobody approves a matrix that they wrote": (
        matrices.own_matrix, (409, "You wrote in this matrix. Another person decides on it."),
        (403, "cannot_decide"), "scheme_decided_by_another",
    ),
    "a matrix is approved as it was read": (
        matrices.other_matrix, (409, "changed"), STALE, "scheme_decision_of_this_content",
    ),
    "a matrix in force does not change": (
        matrices.matrix_in_force, (409, "Only a draft is edited. Start a new one."),
        (409, "wrong_state"), "matrix_scheme_frozen",
    ),
}  # fmt: skip


@pytest.fixture
def both(db):
    """May write everything and approve everything."""
    user = make_user("both", "郑兼", "risk_manager")
    assign_role(user, by=None, role="approver", department=None)
    return user


@pytest.fixture
def world(request, risk, sign_in):
    return World(request.getfixturevalue, risk, sign_in)


def found_in(said, words):
    """The words, or what was said instead."""
    return words if words in said else " ".join(said.split())


@pytest.mark.parametrize("rule", TABLE)
def test_refused_three_ways(world, rule):
    attempt, by_form, by_api, by_sql = TABLE[rule]
    tried = attempt(world)
    page = world.by_form(tried.form)
    said = " ".join([*told(page), unescape(strip_tags(page.text))])
    assert (page.status_code, found_in(said, by_form[1])) == by_form
    assert refusal(world.by_api(tried.api))[:2] == by_api
    with Refusal(by_sql):
        tried.sql()


# ---------- what a form and the API cannot even ask for ----------


def test_a_level_is_not_typed(world):
    """No form has such a field, the API knows no such name, the database knows the cell."""
    client = world.sign_in(world.manager)
    typed = judging.typed_scores((3, 3), (3, 3)) | {"residual_level": "0", "inherent_level": "0"}
    assert client.post(ASSESS, typed).status_code == 302
    assert Assessment.objects.get().residual_level == 1
    body = judging.judged((3, 3), (3, 3))
    body["residual"] |= {"level": "low"}
    status, code, errors = refusal(ApiClient(world.manager).post("assessments/", body))
    assert (status, code, list(errors)) == (400, "invalid", ["residual.level"])
    with Refusal("registers_risk_residual_cell"):
        sql("UPDATE registers_risk SET residual_level = 0")


def test_a_submitted_version_is_never_changed(world):
    """By form and by API another version is made; the one that was read keeps its words."""
    plan = planning.waiting(world)
    words = sent(("试压", world.manager), objective="改过", row_version=plan.row_version)
    page = world.sign_in(world.manager).post("/plans/RP-001/edit/", words)
    assert page.status_code == 302
    api = ApiClient(world.manager)
    tag = api.get("plans/RP-001/")["ETag"]
    actions = [{"title": "试压", "owner": "risk.manager", "due_on": tomorrow()}]
    body = {"strategy": "mitigate", "objective": "又改", "actions": actions}
    assert api.put("plans/RP-001/", body, if_match=tag).status_code == 200
    hashes = PlanVersion.objects.order_by("number").values_list("number", "content_hash")
    assert [number for number, _hash in hashes] == [1, 2]
    assert hashes[0][1] == plan.head.content_hash
    with Refusal("plan_version_frozen"):
        sql("UPDATE assessments_planversion SET content = '{}' WHERE number = 1")


def test_one_assessment_is_confirmed_and_one_matrix_in_force(world):
    """By form and by API the former one gives way in the same moment."""
    for pair in ((2, 2), (2, 3)):
        typed = judging.typed_scores(pair, pair)
        assert world.sign_in(world.manager).post(ASSESS, typed).status_code == 302
    sent_again = ApiClient(world.manager).post("assessments/", judging.judged((2, 2), (2, 2)))
    assert sent_again.status_code == 201
    states = Assessment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["superseded", "superseded", "confirmed"]
    waiting = assess(world.risk, (5, 5), (5, 5), by=world.manager)
    with Refusal("one_confirmed_assessment_per_risk"):
        sql(
            "UPDATE assessments_assessment SET state = 'confirmed', confirmed_at = now(), "
            "confirmed_by_id = %s WHERE id = %s",
            world.approver.pk, waiting.pk,
        )  # fmt: skip
    with Refusal("one_scheme_in_force"):
        MatrixScheme.objects.create(number=9, name_zh="二", state="in_force")
