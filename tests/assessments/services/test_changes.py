"""A process change from draft to review, and the risks that it asks for."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from assessments.changes.affected import affected_by
from assessments.choices import ChangeState
from assessments.models import ChangeRisk, ProcessChange, ReassessmentTask
from assessments.services import (
    ChangeDraft,
    RisksNotJudged,
    add_change_risk,
    cancel_change,
    create_change,
    edit_change,
    implement_change,
    ready_change,
    remove_change_risk,
    review_change,
    submit_change,
    take_on_change,
)
from registers.closing import NotOpen
from registers.models import Risk
from registers.services import close_risk
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from riskhub.notices.models import Notice
from tests.assessments.changing import bring, day, make_change, put_live, settle
from tests.assessments.events import actions_of
from tests.assessments.reassessing import ask_again

pytestmark = pytest.mark.django_db


def origins(change):
    codes = dict(Risk.objects.values_list("pk", "code"))
    return {codes[risk]: origin for risk, origin in affected_by(change).items()}


def test_risks_come_from_its_steps_and_controls_of_whatever_department(change):
    assert origins(change) == {"R001": "node", "R002": "node", "R003": "control"}


def test_by_hand_risks_come_onto_the_list_and_off_it(change, risks, staff_cleaning):
    add_change_risk(change, risks[3], by=staff_cleaning)
    remove_change_risk(change, risks[0], by=staff_cleaning, reason="与此无关")
    assert origins(change) == {"R002": "node", "R003": "control", "R004": "hand"}
    add_change_risk(change, risks[0], by=staff_cleaning)
    assert "R001" in origins(change)


def test_a_risk_is_taken_off_with_a_reason_and_a_closed_one_is_not_added(
    change, risks, staff_cleaning
):
    with pytest.raises(ValidationError):
        remove_change_risk(change, risks[0], by=staff_cleaning, reason=" ")
    with pytest.raises(NotOpen):
        add_change_risk(change, risks[4], by=staff_cleaning)
    assert ChangeRisk.objects.count() == 0


def test_handed_in_each_risk_has_one_task_due_before_the_day(change, risks, staff_cleaning):
    submit_change(change, by=staff_cleaning, version=None)
    tasks = ReassessmentTask.objects.order_by("risk")
    assert [(task.risk.code, task.reason, task.due_on) for task in tasks] == [
        (code, "change", day(29)) for code in ("R001", "R002", "R003")
    ]
    assert {(task.ref, task.label_zh) for task in tasks} == {
        ("change:CH-001", "CH-001 夜间上门改为双人")
    }
    assert {row.task for row in ChangeRisk.objects.filter(change=change)} == set(tasks)
    change.refresh_from_db()
    assert (change.state, change.none_affected) == ("submitted", "")


def test_two_changes_share_a_task_and_both_wait_for_it(change, risks, risk_manager, clean):
    submit_change(change, by=risk_manager, version=None)
    sooner = make_change(clean, by=risk_manager, risks=[risks[0]], planned_on=day(10))
    submit_change(sooner, by=risk_manager, version=None)
    task = ReassessmentTask.objects.get(risk=risks[0])
    assert (task.due_on, task.change_risks.count()) == (day(9), 2)
    for one in (change, sooner):
        take_on_change(one, by=risk_manager, version=None)
        with pytest.raises(RisksNotJudged):
            ready_change(one, by=risk_manager, version=None)
    cancel_change(sooner, by=risk_manager, version=None, reason="不做了")
    task.refresh_from_db()
    assert task.is_open  # the other one needs it
    settle(change, by=risk_manager)
    ready_change(change, by=risk_manager, version=None)


def test_cancelled_its_own_tasks_are_waived_with_the_reason(change, risk_manager):
    submit_change(change, by=risk_manager, version=None)
    cancel_change(change, by=risk_manager, version=None, reason="不做了")
    tasks = ReassessmentTask.objects.all()
    assert {(task.state, task.waived_reason) for task in tasks} == {("waived", "CH-001: 不做了")}
    assert len(tasks) == 3


@pytest.mark.parametrize("thin", [" ", "看过", "。" * 12, "\u200b" * 12])
def test_without_any_risk_somebody_says_that_they_looked(clean, staff_cleaning, thin):
    change = make_change(clean, by=staff_cleaning)
    with override("en"), pytest.raises(ValidationError) as refusal:
        submit_change(change, by=staff_cleaning, version=None, none_affected=thin)
    (said,) = refusal.value.message_dict["none_affected"]
    assert said.startswith("No risk is on the list.")
    assert ("at least 10 characters" in said) is (thin != " " and "\u200b" not in thin)
    submit_change(change, by=staff_cleaning, version=None, none_affected="逐条看过流程图和控制")
    change.refresh_from_db()
    assert (change.state, change.none_affected) == ("submitted", "逐条看过流程图和控制")


def test_a_day_that_is_over_is_not_planned_for(clean, staff_cleaning):
    change = make_change(clean, by=staff_cleaning, planned_on=day(0))
    with pytest.raises(ValidationError) as refusal:
        submit_change(change, by=staff_cleaning, version=None, none_affected="逐条看过流程图和控制")
    assert set(refusal.value.message_dict) == {"planned_on"}


def test_a_risk_that_was_closed_meanwhile_is_not_waited_for(change, risks, risk_manager):
    close_risk(risks[2], by=risk_manager, reason="停止")
    submit_change(change, by=risk_manager, version=None)
    assert {row.risk.code for row in change.risks.all()} == {"R001", "R002"}


def test_the_same_form_sent_twice_is_one_change(clean, staff_cleaning, head_cleaning):
    key = uuid4()
    facts = {"kind": "process", "description": "x", "planned_on": day(9), "department": clean}
    draft = ChangeDraft(title="一", client_uuid=key, **facts)
    first, again = (create_change(draft, by=staff_cleaning) for _n in range(2))
    assert (first, ProcessChange.objects.count()) == (again, 1)
    with pytest.raises(KeyReused):
        create_change(ChangeDraft(title="二", client_uuid=key, **facts), by=staff_cleaning)
    with pytest.raises(KeyReused):
        create_change(draft, by=head_cleaning)
    assert create_change(ChangeDraft(title="二", **facts), by=staff_cleaning).code == "CH-002"


def test_only_a_draft_is_edited_and_not_over_somebodys_words(change, risks, risk_manager, node):
    edit_change(change, by=risk_manager, version=change.row_version, title="新名", nodes=[])
    with pytest.raises(StaleVersion):
        edit_change(change, by=risk_manager, version=change.row_version, title="旧页")
    change.refresh_from_db()
    assert (change.title, origins(change)) == ("新名", {"R001": "control", "R003": "control"})
    bring(change, "submitted", by=risk_manager)
    with pytest.raises(WrongState):
        edit_change(change, by=risk_manager, version=None, title="晚了")
    with pytest.raises(WrongState):
        remove_change_risk(change, risks[0], by=risk_manager, reason="晚了")


def test_every_step_takes_the_version_that_was_read(change, risk_manager):
    with pytest.raises(StaleVersion):
        submit_change(change, by=risk_manager, version=9)
    bring(change, "submitted", by=risk_manager)
    with pytest.raises(StaleVersion):
        take_on_change(change, by=risk_manager, version=9)
    with pytest.raises(StaleVersion):
        cancel_change(change, by=risk_manager, version=9, reason="x")


def test_who_is_told(change, staff_cleaning, risk_manager, head_cleaning, second_manager):
    bring(change, "draft", by=staff_cleaning)
    submit_change(change, by=staff_cleaning, version=None)
    take_on_change(change, by=risk_manager, version=None)
    settle(change, by=risk_manager)
    ready_change(change, by=risk_manager, version=None)
    put_live(change, by=risk_manager)
    told = Notice.objects.filter(kind__startswith="change_").values_list("kind", "user__username")
    assert sorted(told) == [
        ("change_implemented", "staff.cleaning"),
        ("change_ready", "staff.cleaning"),
        ("change_submitted", "risk.manager"),
        ("change_submitted", "second.manager"),
    ]


def test_the_audit_says_each_step(change, risk_manager):
    bring(change, "reviewed", by=risk_manager)
    assert actions_of(change) == [
        "change.created", "change.submitted", "change.taken_on", "change.made_ready",
        "change.implemented", "change.reviewed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fields", [{"outcome": "", "review": "好"}, {"outcome": "worked", "review": " "}]
)
def test_a_review_has_an_outcome_and_says_why(clean, risk_manager, fields):
    change = bring(make_change(clean, by=risk_manager), "implemented", by=risk_manager)
    with pytest.raises(ValidationError):
        review_change(change, by=risk_manager, version=None, **fields)


def test_live_since_a_day_that_has_come(clean, risk_manager):
    change = bring(make_change(clean, by=risk_manager), "ready", by=risk_manager)
    with pytest.raises(ValidationError):
        implement_change(change, by=risk_manager, version=None, effective_on=day(1))


def test_who_sees_it(
    change, risks, staff_cleaning, head_repair, staff_repair, auditor, risk_manager
):
    def seen():
        return [
            ProcessChange.objects.visible_to(user).exists()
            for user in (staff_cleaning, risk_manager, auditor, head_repair, staff_repair)
        ]

    assert seen() == [True, True, True, False, False]
    bring(change, "submitted", by=risk_manager)
    assert seen() == [True, True, True, True, False]  # TECH has a risk on its list
    assert ProcessChange.objects.get().state == ChangeState.SUBMITTED


def test_which_wait_for_the_next_step(change, risks, risk_manager):
    def waits():
        return ProcessChange.objects.waiting().exists()

    assert not waits()
    bring(change, "submitted", by=risk_manager)
    assert waits()
    take_on_change(change, by=risk_manager, version=None)
    assert not waits()
    settle(change, by=risk_manager)
    assert waits()
    ask_again(risks[0], "incident", by=risk_manager)
    assert waits()  # another reason is not this one's
