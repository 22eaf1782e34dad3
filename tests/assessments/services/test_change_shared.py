"""Changes that touch the same risk share its task: it names them all, and a waiver frees no other."""

from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from assessments.models import ChangeRisk, ProcessChange, ReassessmentTask
from assessments.services import (
    OwnRequest,
    RisksNotJudged,
    add_change_risk,
    cancel_change,
    confirm_assessment,
    ready_change,
    record_assessment,
    submit_change,
    take_on_change,
    waive_reassessment,
)
from assessments.services.assessments import Scores
from riskhub.audit.versions import StaleVersion
from tests.assessments.changing import bring, day, make_change
from tests.assessments.events import events_of
from tests.assessments.reassessing import ask_again
from tests.builders import assess

pytestmark = pytest.mark.django_db

LOOKED = "两人一组已经试过一个月"


@pytest.fixture
def changes(clean, risk, risk_manager):
    """Handed in one after the other, for the same risk."""
    made = [
        make_change(
            clean, by=risk_manager, risks=[risk], title=title, title_alt=other, lang="zh-hans"
        )
        for title, other in (("双人上门", "Two at the door"), ("换洗剂", "Another cleaner"))
    ]
    return [bring(change, "submitted", by=risk_manager) for change in made]


def test_the_task_names_every_change_that_waits_for_it(changes):
    task = ReassessmentTask.objects.get()
    assert (task.label_zh, task.label_en) == (
        "CH-001 双人上门；CH-002 换洗剂", "CH-001 Two at the door; CH-002 Another cleaner",
    )  # fmt: skip


def test_a_waiver_written_before_another_change_came_is_refused(clean, risk, changes, risk_manager):
    read = ReassessmentTask.objects.get()
    late = make_change(clean, by=risk_manager, risks=[risk], title="新车")
    submit_change(late, by=risk_manager, version=None)
    with pytest.raises(StaleVersion):
        waive_reassessment(
            read, by=risk_manager, reason="两人一组已经试过一个月", version=read.row_version
        )
    task = ReassessmentTask.objects.get()
    assert task.is_open
    assert "CH-003 新车" in task.label_zh


def test_a_risk_added_by_hand_later_is_named_too(clean, risk, changes, risk_manager):
    late = make_change(clean, by=risk_manager, title="新车")
    bring(late, "submitted", by=risk_manager)
    add_change_risk(late, risk, by=risk_manager)
    assert ReassessmentTask.objects.get().label_zh.endswith("；CH-003 新车")


def test_a_waiver_frees_the_change_that_it_was_written_for_alone(
    changes, risk_manager, second_manager
):
    first, second = changes
    for change in changes:
        take_on_change(change, by=risk_manager, version=None)
    task = ReassessmentTask.objects.get()
    waive_reassessment(task, by=second_manager, reason=LOOKED, change=first)
    kept = ReassessmentTask.objects.get()
    assert (kept.is_open, kept.label_zh, kept.row_version) == (True, "CH-002 换洗剂", 3)
    assert list(ChangeRisk.objects.order_by("change").values_list("waived_reason", flat=True)) == [
        LOOKED, "",
    ]  # fmt: skip
    event = events_of(kept)[-1]
    assert (event["action"], event["reason"]) == ("reassessment.waived", LOOKED)
    assert [one.to_do for one in ProcessChange.objects.for_list().order_by("number")] == [0, 1]
    assert list(ProcessChange.objects.waiting()) == [first]
    assert ready_change(first, by=risk_manager, version=None).state == "ready"
    with pytest.raises(RisksNotJudged):
        ready_change(second, by=risk_manager, version=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessChange.objects.filter(pk=second.pk).update(state="ready")


def test_the_task_is_closed_once_it_is_waived_for_all(changes, risk_manager, second_manager):
    for change in changes:
        task = ReassessmentTask.objects.get()
        waive_reassessment(task, by=second_manager, reason=f"{change.code} {LOOKED}", change=change)
    task = ReassessmentTask.objects.get()
    assert (task.state, task.waived_reason) == ("waived", f"CH-002 {LOOKED}")
    assert not ChangeRisk.objects.to_do().exists()


def test_an_assessment_closes_it_for_all_that_still_wait(changes, risk, second_manager):
    task = ReassessmentTask.objects.get()
    waive_reassessment(task, by=second_manager, reason=LOOKED, change=changes[0])
    assess(risk, (2, 2), (2, 2), by=second_manager)
    assert ReassessmentTask.objects.get().state == "done"


def test_a_shared_task_is_not_waived_without_saying_for_which_change(
    changes, clean, risk_manager, second_manager
):
    task, other = ReassessmentTask.objects.get(), make_change(clean, by=risk_manager, title="新车")
    for change, said in (
        (None, "Say for which change: CH-001, CH-002."),
        (other, "CH-001, CH-002"),
    ):
        with pytest.raises(ValidationError) as refusal, override("en"):
            waive_reassessment(task, by=second_manager, reason=LOOKED, change=change)
        assert said in refusal.value.message_dict["change"][0]
    assert not ChangeRisk.objects.exclude(waived_reason="").exists()


def test_a_change_that_does_not_wait_is_not_waived_for(clean, risk, risk_manager):
    other = make_change(clean, by=risk_manager, title="新车")
    with pytest.raises(ValidationError) as refusal, override("en"):
        waive_reassessment(
            ask_again(risk, by=risk_manager), by=risk_manager, reason=LOOKED, change=other
        )
    assert refusal.value.message_dict["change"] == ["No change waits for this risk any longer."]


def test_whoever_asked_for_one_of_them_waives_for_the_other(
    clean, risk, changes, risk_manager, staff_cleaning
):
    other = make_change(clean, by=staff_cleaning, risks=[risk], title="新车")
    bring(other, "submitted", by=risk_manager)
    task = ReassessmentTask.objects.get()
    with pytest.raises(OwnRequest):
        waive_reassessment(task, by=risk_manager, reason=LOOKED, change=changes[0])
    waive_reassessment(task, by=risk_manager, reason=LOOKED, change=other)
    assert ReassessmentTask.objects.get().is_open


@pytest.mark.parametrize("how", ["waived", "cancelled"])
def test_without_the_sooner_change_it_is_due_for_the_later_one(
    clean, risk, risk_manager, second_manager, how
):
    soon, _late = (
        bring(
            make_change(clean, by=risk_manager, risks=[risk], planned_on=day(n)),
            "submitted",
            by=risk_manager,
        )
        for n in (20, 40)
    )
    task = ReassessmentTask.objects.get()
    assert task.due_on == day(19)
    if how == "waived":
        waive_reassessment(task, by=second_manager, reason=LOOKED, change=soon)
    else:
        cancel_change(soon, by=risk_manager, version=None, reason="不做了")
    assert ReassessmentTask.objects.get().due_on == day(39)


def test_a_change_waived_for_is_cancelled_without_touching_the_task(
    changes, risk_manager, second_manager
):
    waive_reassessment(
        ReassessmentTask.objects.get(), by=second_manager, reason=LOOKED, change=changes[0]
    )
    cancel_change(changes[0], by=risk_manager, version=None, reason="不做了")
    assert ReassessmentTask.objects.get().is_open
    cancel_change(changes[1], by=risk_manager, version=None, reason="不做了")
    assert ReassessmentTask.objects.get().state == "waived"


def test_sql_waives_nothing_that_nobody_asked_for(changes, risk):
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRisk.objects.filter(change=changes[0]).update(task=None, waived_reason="看过")


def test_a_change_after_the_waiver_asks_anew(clean, risk, changes, risk_manager, second_manager):
    first = ReassessmentTask.objects.get()
    for change in changes:
        waive_reassessment(first, by=second_manager, reason=LOOKED, change=change)
    late = make_change(clean, by=risk_manager, risks=[risk], title="新车")
    submit_change(late, by=risk_manager, version=None)
    assert ReassessmentTask.objects.open().get().label_zh == "CH-003 新车"
    first.refresh_from_db()
    assert first.label_zh == "CH-002 换洗剂"


def test_a_cancelled_change_is_named_no_longer(changes, risk_manager):
    read = ReassessmentTask.objects.get()
    cancel_change(changes[0], by=risk_manager, version=None, reason="不做了")
    task = ReassessmentTask.objects.get()
    assert (task.is_open, task.label_zh) == (True, "CH-002 换洗剂")
    assert task.row_version == read.row_version + 1


def test_many_long_names_are_shortened_and_each_code_stays(clean, risk, risk_manager):
    for _n in range(4):
        change = make_change(clean, by=risk_manager, risks=[risk], title="长" * 200)
        bring(change, "submitted", by=risk_manager)
    label = ReassessmentTask.objects.get().label_zh
    assert len(label) <= 300
    assert [part.split()[0] for part in label.split("；")] == [
        "CH-001", "CH-002", "CH-003", "CH-004",
    ]  # fmt: skip


def test_a_short_name_beside_a_long_one_stays_whole(clean, risk, risk_manager):
    for title in ("长" * 200, "短", "长" * 200):
        change = make_change(clean, by=risk_manager, risks=[risk], title=title)
        bring(change, "submitted", by=risk_manager)
    assert "；CH-002 短；" in ReassessmentTask.objects.get().label_zh


def test_what_was_judged_before_a_change_came_does_not_answer_for_it(
    clean, risk, changes, risk_manager, second_manager
):
    waiting = record_assessment(
        risk, by=risk_manager, scores=Scores((5, 3), (5, 3)), rationale="Three cases"
    )
    late = make_change(clean, by=risk_manager, risks=[risk], title="新车")
    submit_change(late, by=risk_manager, version=None)
    confirm_assessment(waiting, by=second_manager)
    assert ReassessmentTask.objects.get().is_open


def test_a_task_that_was_named_after_the_first_change_alone_gets_all_names(changes):
    task = ReassessmentTask.objects.get()
    names = task.label_zh, task.label_en
    ReassessmentTask.objects.update(label_zh="CH-001 双人上门", label_en="CH-001 双人上门")
    for _again in range(2):
        with connection.cursor() as cursor:
            cursor.execute(import_module("assessments.migrations.0032_names_of_shared_tasks").NAMES)
    named = ReassessmentTask.objects.get()
    assert (named.label_zh, named.label_en) == names
    assert named.row_version == task.row_version + 1
