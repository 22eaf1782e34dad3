"""A change that was handed in goes to a later day, and what is to be judged for it goes along."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from assessments.changes.affected import affected_by
from assessments.models import ReassessmentTask
from assessments.services import decide_plan, postpone_change, waive_reassessment
from registers.models import Supplier
from registers.services import TransferDraft, create_transfer
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.day_words import day as in_words
from riskhub.notices.models import Notice
from tests.assessments.changing import STATES, bring, day, make_change
from tests.assessments.events import events_of
from tests.builders import make_plan, make_risk

pytestmark = pytest.mark.django_db

REASON = "等设备到货以后再开始执行"
THIN = "Give a reason of at least 10 characters that others understand later."


@pytest.fixture
def change(clean, risk, risk_manager, staff_cleaning):
    """Handed in, planned for in thirty days, with one risk."""
    change = make_change(clean, by=staff_cleaning, risks=[risk])
    return bring(change, "submitted", by=risk_manager)


def postpone(change, by, days=60, reason=REASON, version=None):
    return postpone_change(change, by=by, version=version, planned_on=day(days), reason=reason)


def test_its_tasks_are_due_the_day_before_the_new_one(change, risk, risk_manager, staff_cleaning):
    postpone(change, risk_manager)
    change.refresh_from_db()
    task = ReassessmentTask.objects.get()
    assert (change.planned_on, change.state, task.due_on) == (day(60), "submitted", day(59))
    event = events_of(change)[-1]
    assert (event["action"], event["reason"]) == ("change.postponed", REASON)
    assert events_of(task)[-1]["action"] == "change.postponed"
    told = Notice.objects.get(kind="change_postponed")
    assert (told.user, told.params["reason"]) == (staff_cleaning, REASON)


def test_a_task_that_another_change_needs_keeps_the_earlier_day(change, clean, risk, risk_manager):
    other = make_change(clean, by=risk_manager, risks=[risk], title="换洗剂", planned_on=day(40))
    bring(other, "submitted", by=risk_manager)
    assert ReassessmentTask.objects.get().due_on == day(29)
    postpone(change, risk_manager)
    assert ReassessmentTask.objects.get().due_on == day(39)
    postpone(other, risk_manager, 50)
    assert ReassessmentTask.objects.get().due_on == day(49)


def test_what_is_judged_already_stays_as_it_was(change, risk_manager):
    waive_reassessment(
        ReassessmentTask.objects.get(), by=risk_manager, reason="现场看过，做法和评分都没有变"
    )
    postpone(change, risk_manager)
    assert ReassessmentTask.objects.get().due_on == day(29)


def test_whoever_filed_it_and_postpones_it_is_not_told(clean, risk, risk_manager):
    change = bring(make_change(clean, by=risk_manager, risks=[risk]), "submitted", by=risk_manager)
    postpone(change, risk_manager)
    assert not Notice.objects.filter(kind="change_postponed").exists()


@pytest.mark.parametrize(
    ("days", "reason", "field", "said"),
    [
        (30, REASON, "planned_on", "Choose a later day than it is planned for, and than today."),
        (-1, REASON, "planned_on", "Choose a later day than it is planned for, and than today."),
        (365 * 60, REASON, "planned_on", None),
        (60, " ", "reason", THIN),
        (60, "..........", "reason", THIN),
        (60, "\u200b" * 20, "reason", THIN),
        (60, "等设备到货", "reason", THIN),
        (30 + 366, REASON, "planned_on", None),
    ],
)
def test_what_is_refused(change, risk_manager, days, reason, field, said):
    with pytest.raises(ValidationError) as refusal, override("en"):
        postpone(change, risk_manager, days, reason)
    assert list(refusal.value.message_dict) == [field]
    assert said is None or refusal.value.message_dict[field] == [said]
    change.refresh_from_db()
    assert change.planned_on == day(30)


def test_postponed_again_and_again_it_stays_within_a_year_of_the_first_day(change, risk_manager):
    first = change.planned_on
    for days in (200, 30 + 365):
        change = postpone(change, risk_manager, days)
        assert change.first_planned_on == first
    with pytest.raises(ValidationError) as refusal, override("en"):
        postpone(change, risk_manager, 30 + 366)
    with override("en"):
        latest = in_words(day(30 + 365))
    said = f"A change is postponed by a year at most: until {latest}. Cancel it and file it anew."
    assert refusal.value.message_dict["planned_on"] == [said]


def test_one_whose_day_is_over_goes_to_a_day_that_comes(change, risk_manager, time_machine):
    time_machine.move_to(change.submitted_at + timedelta(days=45))
    with pytest.raises(ValidationError):
        postpone(change, risk_manager, 0)
    postpone(change, risk_manager, 2)


@pytest.mark.parametrize("state", STATES)
def test_only_between_handed_in_and_live(clean, risk_manager, state):
    change = bring(make_change(clean, by=risk_manager), state, by=risk_manager)
    if state in ("submitted", "assessing", "ready"):
        assert postpone(change, risk_manager).state == state
        return
    with pytest.raises(WrongState):
        postpone(change, risk_manager)


def test_a_stale_page_is_told(change, risk_manager):
    with pytest.raises(StaleVersion):
        postpone(change, risk_manager, version=99)


def test_a_supplier_proposes_the_risks_that_a_plan_passes_on_to_it(
    high_risk, register, clean, risk_manager, approver
):
    draft = TransferDraft(code="S-1", name_zh="高空外包公司")
    supplier = create_transfer(Supplier, draft, by=risk_manager)
    make_risk(register, by=risk_manager, title="无关")
    change = make_change(clean, by=risk_manager, suppliers=[supplier])
    plan = make_plan(
        high_risk, by=risk_manager, submitted=True, strategy="transfer",
        transfers=(f"supplier:{supplier.pk}",), transfer_to="外包", transfer_by="合同",
        transfer_share=80, transfer_stays="监督",
    )  # fmt: skip
    assert affected_by(change) == {}
    decide_plan(
        plan, by=approver, decision="approved", content_hash=plan.head.content_hash, comment="好"
    )
    assert affected_by(change) == {high_risk.pk: "supplier"}
