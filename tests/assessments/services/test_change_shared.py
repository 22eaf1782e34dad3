"""Changes that touch the same risk share its task: it names them all, and a waiver frees no other."""

from importlib import import_module

import pytest
from django.db import connection

from assessments.models import ReassessmentTask
from assessments.services import (
    add_change_risk,
    cancel_change,
    confirm_assessment,
    record_assessment,
    submit_change,
    waive_reassessment,
)
from assessments.services.assessments import Scores
from riskhub.audit.versions import StaleVersion
from tests.assessments.changing import bring, make_change

pytestmark = pytest.mark.django_db


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


def test_a_change_after_the_waiver_asks_anew(clean, risk, changes, risk_manager, second_manager):
    first = ReassessmentTask.objects.get()
    waive_reassessment(first, by=second_manager, reason="两人一组已经试过一个月")
    late = make_change(clean, by=risk_manager, risks=[risk], title="新车")
    submit_change(late, by=risk_manager, version=None)
    assert ReassessmentTask.objects.open().get().label_zh == "CH-003 新车"
    first.refresh_from_db()
    assert first.label_zh == "CH-001 双人上门；CH-002 换洗剂"


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
