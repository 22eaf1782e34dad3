"""The level rises over a plan in force: it says what it lacks by now, and goes to management as it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from assessments.models import ResponsePlan
from assessments.permissions import can_submit_plan
from assessments.plans.attention import attention_of
from assessments.services import PlanIncomplete, decide_plan, save_plan, submit_plan
from assessments.services.outgrown_plans import derive_outgrown_plans
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.notices.models import Notice
from riskhub.work.services import sweep_work
from tests.api_client import ApiClient
from tests.assessments.matrices import in_force
from tests.assessments.pages import queries_of
from tests.assessments.services.test_plans import approve, changed, content_of
from tests.builders import assess, make_plan, make_risk, special

pytestmark = pytest.mark.django_db

APPROVAL = (
    "The risk now stands at High: this plan needs management’s approval. Submit it for approval."
)


def marks():
    with override("en"):
        found = attention_of(ResponsePlan.objects.for_page()).values()
        return [(one.key, one.words) for marks in found for one in marks]


def keys():
    return [key for key, _words in marks()]


@pytest.fixture
def medium(register, risk_manager, second_manager):
    risk = make_risk(register, by=risk_manager, title="地面打滑")
    assess(risk, (4, 4), (3, 3), by=risk_manager, confirmed_by=second_manager)
    return risk


@pytest.fixture
def plan(medium, risk_manager):
    """In force, and nobody in management has seen it."""
    plan = make_plan(medium, by=risk_manager, submitted=True)
    assert (plan.state, plan.in_force.requires_approval) == ("approved", False)
    return plan


def rise(risk, scores, by, confirmed_by):
    assess(risk, (5, 5), scores, by=by, confirmed_by=confirmed_by)


def test_at_its_own_level_it_lacks_nothing(plan, risk_manager, sign_in):
    assert marks() == []
    assert not can_submit_plan(risk_manager, plan)
    sweep_work()
    assert not Notice.objects.filter(kind="plan_outgrown").exists()


def test_judged_higher_it_needs_an_approval(plan, medium, risk_manager, second_manager, sign_in):
    rise(medium, (4, 3), risk_manager, second_manager)
    assert marks() == [("approval", APPROVAL)]
    client = sign_in(risk_manager)
    for page in ("/plans/RP-001/", "/risks/R001/plan/"):
        assert APPROVAL in client.get(page).text
    assert "needs attention" in client.get("/plans/").text
    assert ApiClient(risk_manager).get("plans/RP-001/").json()["attention"] == ["approval"]


def test_a_matrix_that_rates_its_cell_higher_asks_for_it_too(plan, medium, risk_manager, approver):
    in_force(by=risk_manager, approver=approver)
    medium.refresh_from_db()
    assert medium.residual_level == 2
    assert marks() == [("approval", APPROVAL)]


def test_what_management_approved_for_high_lacks_the_rest_at_critical(
    high_risk, risk_manager, second_manager, approver
):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    assert marks() == []
    rise(high_risk, (5, 4), risk_manager, second_manager)
    assert marks() == [
        (
            "special_measures",
            "The risk now stands at Critical: the plan names no special measures.",
        ),
        ("sponsor", "The risk now stands at Critical: nobody in management stands for the plan."),
        ("contingency", "The risk now stands at Critical: the plan names no contingency plan."),
    ]
    plan.refresh_from_db()
    assert not can_submit_plan(risk_manager, plan), "its words must change first"


def test_with_all_of_that_it_lacks_nothing(high_risk, risk_manager, second_manager, approver):
    plan = make_plan(
        high_risk, by=risk_manager, submitted=True, **special(high_risk, by=risk_manager)
    )
    approve(plan, approver)
    rise(high_risk, (5, 4), risk_manager, second_manager)
    assert marks() == []


def test_what_was_accepted_freely_is_approved_once_it_is_not_small(
    low_risk, risk_manager, second_manager
):
    make_plan(low_risk, by=risk_manager, submitted=True, strategy="accept", actions=())
    assert marks() == []
    rise(low_risk, (3, 2), risk_manager, second_manager)
    assert keys() == ["approval"]


def test_a_draft_and_what_has_ended_lack_nothing(medium, risk_manager, second_manager):
    make_plan(medium, by=risk_manager)
    rise(medium, (4, 3), risk_manager, second_manager)
    assert marks() == []


# ---------- the way out ----------


def test_the_same_words_go_to_management_as_a_new_version(
    plan, medium, risk_manager, second_manager, approver
):
    rise(medium, (4, 3), risk_manager, second_manager)
    words = plan.head.content
    plan.refresh_from_db()
    assert can_submit_plan(risk_manager, plan)
    submit_plan(plan, by=risk_manager, version=plan.row_version)
    plan.refresh_from_db()
    head = plan.head
    assert (plan.state, head.number, head.content, head.requires_approval) == (
        "submitted", 2, words, True,
    )  # fmt: skip
    assert [one.user for one in head.authors.all()] == [risk_manager]
    assert (plan.in_force.number, keys()) == (1, ["approval"])
    assert Notice.objects.get(kind="plan_waiting").user == approver
    assert not can_submit_plan(risk_manager, plan)
    approve(plan, approver)
    plan.refresh_from_db()
    assert (plan.state, plan.in_force.number, marks()) == ("approved", 2, [])


def test_under_a_new_matrix_too(plan, risk_manager, approver):
    in_force(by=risk_manager, approver=approver)
    submit_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    assert (plan.state, plan.head.scheme_id, plan.head.residual_level) == ("submitted", 2, 2)


def test_where_words_are_missing_nothing_is_submitted(plan, medium, risk_manager, second_manager):
    rise(medium, (5, 4), risk_manager, second_manager)
    assert keys() == ["approval", "special_measures", "sponsor", "contingency"]
    with pytest.raises(PlanIncomplete) as refusal:
        submit_plan(plan, by=risk_manager)
    assert set(refusal.value.faults) == {"special_measures", "sponsor", "contingency"}
    plan.refresh_from_db()
    assert (plan.state, plan.versions.count()) == ("approved", 1)


def test_a_plan_that_fits_is_not_submitted_twice(plan, risk_manager):
    with pytest.raises(WrongState):
        submit_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="半年"))
    submit_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    assert (plan.in_force.number, content_of(plan).objective) == (2, "半年")


def test_of_changes_that_were_asked_for_the_same_words_do_not_go_again(
    plan, medium, risk_manager, second_manager, approver
):
    rise(medium, (4, 3), risk_manager, second_manager)
    submit_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    decide_plan(
        plan, by=approver, decision="changes", content_hash=plan.head.content_hash, comment="再写"
    )
    plan.refresh_from_db()
    assert not can_submit_plan(risk_manager, plan)
    with pytest.raises(WrongState):
        submit_plan(plan, by=risk_manager)


def test_the_page_offers_it(plan, medium, risk_manager, second_manager, sign_in):
    client = sign_in(risk_manager)
    assert "/plans/RP-001/submit/" not in client.get("/plans/RP-001/").text
    rise(medium, (4, 3), risk_manager, second_manager)
    text = client.get("/plans/RP-001/").text
    assert "Submit for approval" in text
    text = client.get("/plans/RP-001/submit/").text
    assert ("Submit RP-001, version 2" in text, APPROVAL.split(". ", maxsplit=1)[0] in text) == (
        True,
        True,
    )
    plan.refresh_from_db()
    client.post("/plans/RP-001/submit/", {"row_version": plan.row_version})
    plan.refresh_from_db()
    assert (plan.state, plan.head.number) == ("submitted", 2)


# ---------- telling ----------


def test_its_owner_hears_of_it_once(plan, medium, risk_manager, second_manager):
    rise(medium, (4, 3), risk_manager, second_manager)
    sweep_work()
    sweep_work()
    (told,) = Notice.objects.filter(kind="plan_outgrown")
    assert (told.user, told.url) == (plan.owner, "/plans/RP-001/")
    with override("en"):
        assert told.title == (
            "RP-001 for R001 needs attention: the risk now stands at High, and the plan in force lacks"
            " what that level asks for"
        )


def test_and_again_when_more_is_missing(plan, medium, risk_manager, second_manager):
    rise(medium, (4, 3), risk_manager, second_manager)
    sweep_work()
    rise(medium, (5, 4), risk_manager, second_manager)
    sweep_work()
    assert Notice.objects.filter(kind="plan_outgrown").count() == 2


def test_of_a_closed_risk_nobody_hears(plan, medium, risk_manager, second_manager):
    rise(medium, (4, 3), risk_manager, second_manager)
    with acting(risk_manager, "risk.closed", "业务停止"):
        move(medium, "closed", closed_reason="业务停止", closed_at=timezone.now())
    sweep_work()
    assert not Notice.objects.filter(kind="plan_outgrown").exists()


def test_the_list_and_the_sweep_ask_as_little_however_many(
    register, risk_manager, second_manager, sign_in
):
    client, asked, swept = sign_in(risk_manager), [], []
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"风险 {n}")
        assess(risk, (4, 4), (3, 3), by=risk_manager, confirmed_by=second_manager)
        make_plan(risk, by=risk_manager, submitted=True)
        rise(risk, (4, 3), risk_manager, second_manager)
        asked.append(queries_of(client, "/plans/"))
        derive_outgrown_plans()
        with CaptureQueriesContext(connection) as made:
            derive_outgrown_plans()
        swept.append(len(made))
    assert keys() == ["approval"] * 3
    assert (asked[0], swept[0]) == (asked[2], swept[2])
