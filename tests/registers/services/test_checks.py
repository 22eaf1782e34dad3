from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registers.models import Control, ControlCheck
from registers.services import (
    CheckedAlready,
    CheckFound,
    NotChecked,
    edit_control,
    record_check,
    retire_control,
)
from riskhub.company.services import set_preference
from tests.builders import check, make_control
from tests.registers.audit import Trail


def days(n):
    return timezone.localdate() + timedelta(days=n)


def found(**fields):
    values = {"done_on": days(0), "design_ok": True, "sample_size": 20, "exceptions": 0}
    return CheckFound(**(values | fields))


def test_what_was_seen_and_what_follows(control, risk_manager):
    trail = Trail()
    made = record_check(
        control, found(exceptions=3, evidence="抽查表"), by=risk_manager,
        due_on=control.next_check_on,
    )  # fmt: skip
    assert (made.due_on, made.done_on, made.done_by) == (days(30), days(0), risk_manager)
    assert (made.proposed, made.effectiveness, made.evidence) == ("partly", "partly", "抽查表")
    assert f"{made.share.low:.3f} {made.share.value} {made.share.high:.3f}" == "0.056 0.15 0.314"
    assert trail.events() == [
        ("control.checked", "registers_controlcheck", "insert"),
        ("control.checked", "registers_control", "update"),
    ]
    assert Control.objects.get().next_check_on == days(31)


def test_the_next_one_is_due_an_interval_after_it_was_done(ops, risk_manager):
    late = make_control(ops, by=risk_manager, next_check_on=days(-40))
    check(late, by=risk_manager, done_on=days(-2))
    assert late.next_check_on == days(28)


def test_done_twice_in_one_day_each_has_its_own_day(ops, risk_manager):
    daily = make_control(ops, by=risk_manager, check_every_days=1)
    for _n in range(3):
        check(daily, by=risk_manager)
    assert [one.due_on for one in daily.checks.order_by("due_on")] == [days(1), days(2), days(3)]
    assert daily.next_check_on == days(4)


class TestTheRuleProposes:
    @pytest.mark.parametrize(
        ("exceptions", "result"), [(1, "effective"), (4, "partly"), (5, "ineffective")]
    )
    def test_its_result_stands_where_nobody_says_otherwise(
        self, control, risk_manager, exceptions, result
    ):
        assert check(control, 20, exceptions, by=risk_manager).effectiveness == result

    def test_another_one_needs_a_note(self, control, risk_manager):
        with pytest.raises(ValidationError):
            check(control, 20, 3, by=risk_manager, effectiveness="ineffective")
        made = check(
            control, 20, 3, by=risk_manager, effectiveness="ineffective", note="三起都在夜班"
        )
        assert (made.proposed, made.effectiveness) == ("partly", "ineffective")

    def test_nothing_sampled_cannot_be_effective(self, control, risk_manager):
        with pytest.raises(ValidationError):
            check(control, 0, by=risk_manager, effectiveness="effective", note="看起来可以")
        assert check(control, 0, by=risk_manager).effectiveness == "not_tested"

    def test_by_the_companys_own_percentages(self, control, risk_manager):
        set_preference("check_effective_up_to", 15, by=risk_manager)
        assert check(control, 20, 3, by=risk_manager).effectiveness == "effective"


class TestRefused:
    @pytest.mark.parametrize(
        ("field", "value", "fault"),
        [
            ("exceptions", 21, "__all__"), ("done_on", days(1), "done_on"),
            ("sample_size", 2_000_000, "sample_size"), ("effectiveness", "fine", "effectiveness"),
        ],
    )  # fmt: skip
    def test_what_cannot_be(self, control, risk_manager, field, value, fault):
        with pytest.raises((ValidationError, ValueError)) as refusal:
            record_check(
                control, found(**{field: value}), by=risk_manager, due_on=control.next_check_on
            )
        if isinstance(refusal.value, ValidationError):
            assert fault in refusal.value.message_dict
        assert ControlCheck.objects.count() == 0
        assert Control.objects.get().row_version == 1

    def test_what_is_not_in_use(self, ops, control, risk_manager):
        planned = make_control(ops, by=risk_manager, title="计划", state="draft")
        day = control.next_check_on
        retire_control(control, by=risk_manager, reason="停用")
        for one in (planned, control):
            with pytest.raises(NotChecked):
                record_check(one, found(), by=risk_manager, due_on=day)


class TestSentTwice:
    def test_by_the_same_person_it_is_one_check(self, control, risk_manager):
        due_on = control.next_check_on
        first = record_check(control, found(), by=risk_manager, due_on=due_on)
        again = record_check(
            control, found(effectiveness="effective"), by=risk_manager, due_on=due_on
        )
        assert again.pk == first.pk
        assert Control.objects.get().next_check_on == days(31)

    def test_with_other_facts_it_is_refused(self, control, risk_manager, second_manager):
        due_on = control.next_check_on
        made = record_check(control, found(), by=risk_manager, due_on=due_on)
        for facts, by in (
            (found(exceptions=1), risk_manager),
            (found(effectiveness="partly", note="x"), risk_manager),
            (found(), second_manager),
        ):
            with pytest.raises(CheckedAlready) as refusal:
                record_check(control, facts, by=by, due_on=due_on)
            assert refusal.value.check == made
            assert "陈静" in str(refusal.value)

    def test_a_day_that_was_moved_meanwhile(self, control, risk_manager):
        due_on = control.next_check_on
        edit_control(control, by=risk_manager, version=None, next_check_on=days(12))
        with pytest.raises(CheckedAlready) as refusal:
            record_check(control, found(), by=risk_manager, due_on=due_on)
        assert refusal.value.check is None
