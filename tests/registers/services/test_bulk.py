"""One change on many risks, and taking it back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registers.models import BulkEdit, Risk, RiskSource
from registers.services import (
    NotAsShown,
    TouchedSince,
    UndoneAlready,
    close_risk,
    edit_risk,
    edit_risks,
    undo_bulk_edit,
)
from registers.weighing import Change, weigh
from riskhub.audit.models import AuditEvent
from riskhub.entry.undo import TooLate
from tests.builders import make_risk
from tests.registers.audit import Trail


@pytest.fixture
def three(register, risk_manager, tech, clean):
    """R001 of OPS, R002 of TECH, R003 of CLEAN."""
    for department in (register.department, tech, clean):
        make_risk(register, by=risk_manager, department=department)
    return Risk.objects.order_by("number")


def codes(risks):
    return [risk.code for risk in risks]


def in_days(days):
    return timezone.localdate() + timedelta(days)


def everything(risks):
    """What a bulk edit may touch, versions apart."""
    return [
        (r.owner, r.owner_department, r.next_review_on, r.business_importance, r.importance_reason,
         sorted(source.code for source in r.sources.all()))
        for r in risks.all()
    ]  # fmt: skip


def whole_change(owner=None, department=None):
    return Change(
        owner=owner, owner_department=department, next_review_on=in_days(30), business_importance=5,
        importance_reason="季节", add_source=RiskSource.objects.get(code="survey"),
    )  # fmt: skip


def test_all_fields_on_all_risks_in_one_group_of_the_audit(three, risk_manager, tech):
    trail = Trail()
    bulk = edit_risks(three, whole_change(risk_manager, tech), by=risk_manager)
    for risk in three.all():
        assert (risk.owner, risk.owner_department, risk.row_version) == (risk_manager, tech, 2)
        assert (risk.next_review_on, risk.business_importance) == (in_days(30), 5)
        assert risk.sources.filter(code="survey").exists()
        assert risk.sources.count() == 2
    rows = trail.rows()
    assert {row.action for row in rows} == {"risk.edited_in_bulk"}
    assert len({row.transaction_id for row in rows}) == 1
    assert sorted(row.object_type for row in rows) == (
        ["registers_bulkedit"] + 3 * ["registers_risk"] + 3 * ["registers_risk_sources"]
    )
    assert (bulk.made_by, len(bulk.before)) == (risk_manager, 3)


def test_everything_is_as_it_was(three, risk_manager, tech, head_cleaning):
    first = three[0]
    edit_risk(first, by=risk_manager, version=None, owner=head_cleaning, next_review_on=in_days(3))
    before = everything(three)
    bulk = edit_risks(three, whole_change(risk_manager, tech), by=risk_manager)
    assert everything(three) != before
    trail = Trail()
    assert undo_bulk_edit(bulk, by=risk_manager).undone_at
    assert everything(three) == before
    assert [risk.row_version for risk in three.all()] == [4, 3, 3]
    assert {row.action for row in trail.rows()} == {"risk.bulk_edit_undone"}
    with pytest.raises(UndoneAlready):
        undo_bulk_edit(bulk, by=risk_manager)


def test_a_source_that_was_there_before_stays(three, risk_manager):
    survey = RiskSource.objects.get(code="survey")
    three[0].sources.add(survey)
    bulk = edit_risks(three, Change(add_source=survey), by=risk_manager)
    assert len(bulk.before) == 2
    undo_bulk_edit(bulk, by=risk_manager)
    assert codes(Risk.objects.filter(sources=survey)) == ["R001"]


def test_what_was_touched_since_is_named_and_nothing_taken_back(
    three, risk_manager, second_manager
):
    bulk = edit_risks(three, Change(next_review_on=in_days(9)), by=risk_manager)
    edit_risk(three[1], by=second_manager, version=None, title="新名")
    with pytest.raises(TouchedSince) as refusal:
        undo_bulk_edit(bulk, by=risk_manager)
    assert refusal.value.codes == ["R002"]
    assert {risk.next_review_on for risk in three.all()} == {in_days(9)}
    assert BulkEdit.objects.get().undone_at is None


def test_only_for_some_seconds(three, risk_manager):
    bulk = edit_risks(three, Change(next_review_on=in_days(9)), by=risk_manager)
    BulkEdit.objects.update(made_at=timezone.now() - timedelta(seconds=36))
    with pytest.raises(TooLate):
        undo_bulk_edit(bulk, by=risk_manager)


def test_who_may_change_what(three, head_cleaning, staff_cleaning, auditor, tech):
    effect = weigh(list(three), Change(next_review_on=in_days(9)), head_cleaning)
    assert codes(effect.changed) == ["R001", "R003"]
    ((_reason, refused),) = effect.refused.items()
    assert codes(refused) == ["R002"]
    edit_risks(three, Change(next_review_on=in_days(9)), by=head_cleaning)
    assert [risk.row_version for risk in three.all()] == [2, 1, 2]
    for user, change in (
        (head_cleaning, Change(owner_department=tech)),
        (staff_cleaning, Change(next_review_on=in_days(9))),
        (auditor, Change(next_review_on=in_days(9))),
    ):
        assert weigh(list(three), change, user).changed == []


def test_closed_ones_and_those_that_are_so_already_stay(three, risk_manager):
    close_risk(three[0], by=risk_manager, reason="停办")
    edit_risk(three[1], by=risk_manager, version=None, next_review_on=in_days(9))
    effect = weigh(list(three.all()), Change(next_review_on=in_days(9)), risk_manager)
    assert (codes(effect.changed), codes(effect.same)) == (["R003"], ["R002"])
    assert [codes(risks) for risks in effect.refused.values()] == [["R001"]]
    assert effect.count == 3
    edit_risks(three, Change(next_review_on=in_days(9)), by=risk_manager)
    assert [risk.row_version for risk in three.all()] == [2, 2, 2]


def test_nobody_gets_what_they_cannot_act_on(
    three, risk_manager, head_cleaning, head_repair, auditor, tech
):
    def refused(**facts):
        effect = weigh(list(three.all()), Change(**facts), risk_manager)
        return codes(risk for risks in effect.refused.values() for risk in risks)

    assert refused(owner=head_cleaning) == ["R002"]
    assert refused(owner=auditor) == ["R001", "R002", "R003"]
    assert refused(owner=head_repair, owner_department=tech) == []
    edit_risk(three[0], by=risk_manager, version=None, owner=head_cleaning)
    assert refused(owner_department=tech) == ["R001"]
    edit_risks(three, Change(owner_department=tech), by=risk_manager)
    assert [risk.owner_department.code for risk in three.all()] == ["OPS", "TECH", "TECH"]


def test_what_is_done_is_what_was_shown(three, risk_manager, second_manager):
    change = Change(next_review_on=in_days(9))
    shown = weigh(list(three), change, risk_manager)
    edit_risk(three[2], by=second_manager, version=None, title="新名")
    with pytest.raises(NotAsShown) as refusal:
        edit_risks(three, change, by=risk_manager, digest=shown.digest)
    assert [risk.next_review_on for risk in three.all()] == [None, None, None]
    edit_risks(three, change, by=risk_manager, digest=refusal.value.effect.digest)
    assert {risk.next_review_on for risk in three.all()} == {in_days(9)}


def test_in_which_order_they_were_shown_does_not_matter(three, risk_manager):
    change = Change(next_review_on=in_days(9))
    shown = weigh(list(three.order_by("-number")), change, risk_manager)
    bulk = edit_risks(three, change, by=risk_manager, digest=shown.digest)
    assert len(bulk.before) == 3


def test_as_many_queries_for_thirty_risks_as_for_three(three, register, risk_manager, tech):
    def count(days):
        change = Change(
            owner_department=tech, next_review_on=in_days(days), business_importance=days % 5 + 1,
            importance_reason=str(days), add_source=RiskSource.objects.order_by("-pk")[days],
        )  # fmt: skip
        rows = list(Risk.objects.select_related("owner", "owner_department"))
        with CaptureQueriesContext(connection) as asked:
            weigh(rows, change, risk_manager)
            bulk = edit_risks(rows, change, by=risk_manager)
            undo_bulk_edit(bulk, by=risk_manager)
        return len(asked)

    count(1)
    few = count(2)
    for _n in range(27):
        make_risk(register, by=risk_manager)
    assert count(3) == few
    assert AuditEvent.objects.filter(action="risk.edited_in_bulk").exists()
