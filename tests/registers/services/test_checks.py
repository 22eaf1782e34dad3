from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registers.models import Control, ControlCheck
from registers.services import (
    CheckedAlready,
    CheckFound,
    NotChecked,
    edit_control,
    last_check_of,
    record_check,
    retire_control,
)
from riskhub.company.services import set_preference
from riskhub.entry.repeats import KeyReused
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
    assert Control.objects.get().next_check_on == days(30)


def test_the_next_one_is_due_an_interval_after_it_was_done(ops, risk_manager):
    late = make_control(ops, by=risk_manager, next_check_on=days(-40))
    check(late, by=risk_manager, done_on=days(-2))
    assert late.next_check_on == days(28)


def test_done_twice_in_one_day_both_are_kept_and_the_next_day_stays(ops, risk_manager):
    daily = make_control(ops, by=risk_manager, check_every_days=1)
    for _n in range(3):
        check(daily, by=risk_manager)
    assert [one.due_on for one in daily.checks.order_by("pk")] == [days(1), days(1), days(1)]
    assert daily.next_check_on == days(1)


def test_an_older_one_recorded_late_does_not_call_the_next_one_earlier(ops, risk_manager):
    control = make_control(ops, by=risk_manager)
    check(control, by=risk_manager)
    check(control, by=risk_manager, done_on=days(-9))
    assert control.next_check_on == days(30)


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
            ("exceptions", 21, "__all__"), ("done_on", days, "done_on"),
            ("sample_size", 2_000_000, "sample_size"), ("effectiveness", "fine", "effectiveness"),
        ],
    )  # fmt: skip
    def test_what_cannot_be(self, control, risk_manager, field, value, fault):
        value = value(1) if value is days else value  # the tests may be collected before midnight
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
        assert Control.objects.get().next_check_on == days(30)
        assert ControlCheck.objects.count() == 1

    def test_under_one_key_it_is_one_check(self, control, risk_manager):
        sent = found(client_uuid=uuid4())
        first, again = (record_check(control, sent, by=risk_manager) for _n in range(2))
        assert (again.pk, ControlCheck.objects.count()) == (first.pk, 1)

    def test_two_of_the_same_person_under_two_keys_are_two(self, control, risk_manager):
        due_on = control.next_check_on
        for _n in range(2):
            record_check(
                control, found(client_uuid=uuid4()), by=risk_manager, due_on=due_on, last_check=0
            )
        assert ControlCheck.objects.count() == 2
        assert Control.objects.get().next_check_on == days(30)

    def test_another_check_under_a_key_that_was_used_is_refused(
        self, ops, control, risk_manager, second_manager
    ):
        key = uuid4()
        record_check(control, found(client_uuid=key), by=risk_manager)
        other = make_control(ops, by=risk_manager, title="别的")
        for one, facts, by in (
            (control, found(client_uuid=key, exceptions=1), risk_manager),
            (control, found(client_uuid=key), second_manager),
            (other, found(client_uuid=key), risk_manager),
        ):
            with pytest.raises(KeyReused):
                record_check(one, facts, by=by)
        assert ControlCheck.objects.count() == 1

    def test_what_somebody_else_recorded_meanwhile_is_told_though_the_day_is_the_same(
        self, control, risk_manager, second_manager
    ):
        due_on = control.next_check_on
        made = check(control, by=second_manager)
        assert control.next_check_on == due_on
        for known in (0, None):
            with pytest.raises(CheckedAlready) as refusal:
                record_check(
                    control, found(client_uuid=uuid4()), by=risk_manager, due_on=due_on,
                    last_check=known,
                )  # fmt: skip
            assert refusal.value.check == made
        mine = record_check(
            control, found(client_uuid=uuid4()), by=risk_manager, due_on=due_on,
            last_check=last_check_of(control),
        )  # fmt: skip
        assert (mine.due_on, ControlCheck.objects.count()) == (due_on, 2)

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
