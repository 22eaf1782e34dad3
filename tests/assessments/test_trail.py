from dataclasses import replace

import pytest
from django.utils.translation import override

from assessments.plans.content import PlanContent, PlannedAction
from assessments.plans.words import spell_content
from assessments.services import decide_plan, finish_action, save_plan, submit_plan
from registers.history import trail_of
from tests.assessments.services.test_plans import approve
from tests.builders import assess, make_plan

pytestmark = pytest.mark.django_db


def test_the_history_of_the_risk_tells_of_all_of_it(high_risk, risk_manager, approver, sign_in):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    finish_action(plan.actions.get(), by=risk_manager, note="压力表已发")
    risk_manager.locale = "en"
    risk_manager.save()
    page = sign_in(risk_manager).get("/risks/R001/history/").text
    for words in (
        "Assessed", "Assessment confirmed", "Plan started", "Plan submitted", "Plan approved",
        "Action done", "压力表已发", "一年内降到中",
    ):  # fmt: skip
        assert words in page
    assert "{&quot;accept_reason" not in page


def test_the_words_of_a_content():
    content = PlanContent(
        "accept", target=(2, 3), accept_reason="贵", accept_until="2020-05-01",
        actions=(PlannedAction("a", "培训", 1, "2020-01-02"),),
    )  # fmt: skip
    with override("en"):
        assert spell_content(content.canonical()) == {
            "Strategy": "Accept", "Target": "2,3", "Why it is accepted": "贵",
            "Accepted until": "1 May 2020", "Action 1": "培训 (2 Jan 2020)",
        }  # fmt: skip


def told(risk):
    """[(action, reason, [(row, field, before, after)])], oldest first, in English."""
    with override("en"):
        return [
            (
                entry.action,
                entry.reason,
                [
                    (one.thing, change.name, change.before, change.after)
                    for one in entry.changes
                    for change in one.changes
                ],
            )
            for entry in reversed(trail_of(risk).entries)
            if not entry.is_long
        ]


def test_a_refusal_is_told_once(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    decide_plan(
        plan, by=approver, decision="rejected", content_hash=plan.head.content_hash,
        comment="太贵",
    )  # fmt: skip
    *_before, submitted, rejected = told(high_risk)
    assert submitted == (
        "Plan submitted", "",
        [
            ("Version of a plan RP-001 v1", "Residual", "", "High 4, 3"),
            ("Response plan RP-001", "Status", "Draft", "Waiting for approval"),
        ],
    )  # fmt: skip
    assert rejected == (
        "Plan rejected", "太贵",
        [
            ("Decision", "Version of a plan", "", "RP-001 v1"),
            ("Response plan RP-001", "Status", "Waiting for approval", "Rejected"),
        ],
    )  # fmt: skip


def test_a_version_that_stays_gives_no_reason_again(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    edited = PlanContent.parse(plan.head.content)
    save_plan(plan, by=risk_manager, version=None, content=replace(edited, objective="两个月"))
    plan.refresh_from_db()
    submit_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    decide_plan(
        plan,
        by=approver,
        decision="rejected",
        content_hash=plan.head.content_hash,
        comment="先做完",
    )
    assert [(action, reason) for action, reason, _changes in told(high_risk)[-2:]] == [
        ("Plan rejected", "先做完"),
        ("Former version stays in force", ""),
    ]


def test_what_needs_no_second_person_names_none(risk, risk_manager):
    assess(risk, (1, 2), (1, 2), by=risk_manager)
    make_plan(risk, by=risk_manager, submitted=True, strategy="accept", accept_reason="可承受",
              actions=(), accept_until="")  # fmt: skip
    actions = [action for action, _reason, _changes in told(risk)]
    assert actions == [
        "Assessment made", "Plan started", "Plan submitted", "In force: needs no approval",
    ]  # fmt: skip
    (_made, _reason, changes) = told(risk)[0]
    assert ("Assessment (1,2)", "Status", "", "Confirmed") in changes
    assert [name for _row, name, *_rest in changes].count("Residual") == 1


def test_a_plan_that_moves_twice_is_told_once(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    finish_action(plan.actions.get(), by=risk_manager, note="压力表已发")
    (moved,) = [one for one in told(high_risk) if one[0] == "Plan progressed"]
    assert moved == (
        "Plan progressed", "",
        [
            ("Response plan RP-001", "Status", "Approved", "Completed"),
            ("Risk R001", "State", "Responding", "Monitored"),
        ],
    )  # fmt: skip
