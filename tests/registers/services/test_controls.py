from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registers.choices import CONTROL_NEXT_STATES
from registers.models import Control
from registers.services import (
    ControlDraft,
    Retired,
    activate_control,
    create_control,
    edit_control,
    retire_control,
)
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from tests.builders import check, make_control
from tests.registers.audit import Trail


def days(n):
    return timezone.localdate() + timedelta(days=n)


class TestCreating:
    def test_the_companys_own_begin_at_101_without_gaps(self, ops, risk_manager):
        codes = [make_control(ops, by=risk_manager, title=f"第{n}项").code for n in range(3)]
        assert codes == ["C-101", "C-102", "C-103"]

    def test_one_in_use_is_checked_after_its_interval(self, control):
        assert (control.state, control.next_check_on) == ("active", days(30))

    def test_a_planned_one_is_not_checked(self, ops, risk_manager):
        planned = make_control(ops, by=risk_manager, state="draft")
        assert (planned.state, planned.next_check_on) == ("draft", None)

    def test_who_and_what_is_recorded(self, ops, risk_manager, head_cleaning):
        trail = Trail()
        control = make_control(
            ops, by=risk_manager, title=" 完工试压 ", title_alt="Pressure test",
            owner=head_cleaning, yearly_cost=Decimal("1200.50"), evidence="照片",
        )  # fmt: skip
        event = trail.only("registers_control")
        assert (event.action, event.operation, event.object_label) == (
            "control.created", "insert", "C-101",
        )  # fmt: skip
        assert (control.title, control.owner, control.created_by) == (
            "完工试压", head_cleaning, risk_manager,
        )  # fmt: skip

    def test_the_same_key_is_the_same_control(self, ops, risk_manager):
        draft = ControlDraft(
            title="试压", type="preventive", owner_department=ops, client_uuid=uuid4()
        )
        first = create_control(draft, by=risk_manager)
        assert create_control(draft, by=risk_manager).pk == first.pk
        assert Control.objects.count() == 1
        assert make_control(ops, by=risk_manager).code == "C-102"

    def test_the_same_key_for_something_else(self, ops, risk_manager, second_manager):
        key = uuid4()
        facts = {"type": "preventive", "owner_department": ops, "client_uuid": key}
        create_control(ControlDraft(title="试压", **facts), by=risk_manager)
        with pytest.raises(KeyReused):
            create_control(ControlDraft(title="别的", **facts), by=risk_manager)
        with pytest.raises(KeyReused):
            create_control(ControlDraft(title="试压", **facts), by=second_manager)

    def test_back_and_send_again_is_the_same_within_the_hour(self, ops, risk_manager):
        def send(hours):
            since = timezone.now() - timedelta(hours=hours)
            draft = ControlDraft(
                title="试压", type="preventive", owner_department=ops, client_uuid=uuid4()
            )
            return create_control(draft, by=risk_manager, once_since=since)

        first = send(1)
        assert send(1).pk == first.pk
        assert send(0).pk != first.pk

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", " "), ("title", "x" * 301), ("type", "other"), ("check_every_days", 0),
            ("check_every_days", 731), ("yearly_cost", Decimal(-1)), ("lang", "fr"),
            ("next_check_on", date(1999, 1, 1)), ("state", "gone"),
        ],
    )  # fmt: skip
    def test_what_is_refused_at_its_field(self, ops, risk_manager, field, value):
        with pytest.raises(ValidationError) as refusal:
            make_control(ops, by=risk_manager, **{field: value})
        assert list(refusal.value.message_dict) == [field]
        assert Control.objects.count() == 0

    def test_nobody_owns_what_they_do_not_see(self, ops, risk_manager, staff_repair, auditor):
        for owner in (staff_repair, auditor):
            with pytest.raises(ValidationError) as refusal:
                make_control(ops, by=risk_manager, owner=owner)
            assert list(refusal.value.message_dict) == ["owner"]


class TestEditing:
    def test_what_was_given_and_nothing_else(self, control, risk_manager):
        trail = Trail()
        edit_control(control, by=risk_manager, version=1, title="试压 10 分钟", evidence="照片")
        event = trail.only("registers_control")
        assert event.action == "control.edited"
        assert set(event.after) == {"title", "evidence", "row_version"}

    def test_a_stale_save_is_refused(self, control, risk_manager):
        edit_control(control, by=risk_manager, version=1, title="新名称")
        with pytest.raises(StaleVersion):
            edit_control(control, by=risk_manager, version=1, title="旧名称")
        assert Control.objects.get().title == "新名称"

    def test_another_interval_moves_the_next_check_along(self, control, risk_manager):
        edit_control(control, by=risk_manager, version=None, check_every_days=7)
        assert Control.objects.get().next_check_on == days(7)

    def test_unless_its_day_is_given(self, control, risk_manager):
        edit_control(
            control, by=risk_manager, version=None, check_every_days=7, next_check_on=days(20)
        )
        assert Control.objects.get().next_check_on == days(20)

    def test_never_back_to_a_day_that_is_recorded(self, control, risk_manager):
        check(control, by=risk_manager)  # due in 30 days, done today
        edit_control(control, by=risk_manager, version=None, next_check_on=days(5))
        edit_control(control, by=risk_manager, version=None, check_every_days=1)
        assert Control.objects.get().next_check_on == days(1)
        for day in (days(0), days(-3)):
            with pytest.raises(ValidationError) as refusal:
                edit_control(control, by=risk_manager, version=None, next_check_on=day)
            assert list(refusal.value.message_dict) == ["next_check_on"]

    def test_one_in_use_keeps_a_day(self, control, risk_manager):
        with pytest.raises(ValidationError) as refusal:
            edit_control(control, by=risk_manager, version=None, next_check_on=None)
        assert list(refusal.value.message_dict) == ["next_check_on"]

    def test_a_planned_one_needs_none(self, ops, risk_manager):
        planned = make_control(ops, by=risk_manager, state="draft", next_check_on=days(5))
        edit_control(planned, by=risk_manager, version=None, next_check_on=None)
        edit_control(planned, by=risk_manager, version=None, check_every_days=5)
        assert Control.objects.get().next_check_on is None

    def test_an_owner_of_the_department_only(self, control, risk_manager, staff_repair, tech):
        with pytest.raises(ValidationError):
            edit_control(control, by=risk_manager, version=None, owner=staff_repair)
        edit_control(
            control, by=risk_manager, version=None, owner=staff_repair,
            owner_department=staff_repair.department,
        )  # fmt: skip
        with pytest.raises(ValidationError):
            edit_control(
                control, by=risk_manager, version=None,
                owner_department=control.owner_department,
            )  # fmt: skip

    def test_an_owner_who_left_may_stay(self, control, risk_manager, head_cleaning):
        edit_control(control, by=risk_manager, version=None, owner=head_cleaning)
        head_cleaning.role_assignments.all().delete()
        edit_control(control, by=risk_manager, version=None, owner=head_cleaning, title="新")
        assert Control.objects.get().title == "新"

    def test_a_retired_one_is_not_changed(self, control, risk_manager):
        retire_control(control, by=risk_manager, reason="设备换了")
        with pytest.raises(Retired):
            edit_control(control, by=risk_manager, version=None, title="新")


class TestStates:
    def test_every_pair_as_the_table_says(self, ops, risk_manager):
        steps = {
            "active": lambda one: activate_control(one, by=risk_manager),
            "retired": lambda one: retire_control(one, by=risk_manager, reason="停用"),
        }
        for number, (start, end) in enumerate(permutations(CONTROL_NEXT_STATES, 2)):
            control = make_control(
                ops, by=risk_manager, title=f"{number}",
                state="active" if start == "retired" else start,
            )  # fmt: skip
            if start == "retired":
                retire_control(control, by=risk_manager, reason="停用")
            if end in CONTROL_NEXT_STATES[start]:
                steps[end](control)
                assert Control.objects.get(pk=control.pk).state == end
            elif end in steps:
                with pytest.raises(WrongState):
                    steps[end](control)

    def test_the_same_state_again(self, control, risk_manager):
        with pytest.raises(WrongState):
            activate_control(control, by=risk_manager)

    def test_retired_with_its_reason_and_checked_no_more(self, control, risk_manager):
        trail = Trail()
        retire_control(control, by=risk_manager, reason=" 设备换了 ")
        event = trail.only("registers_control")
        assert (event.action, event.reason.strip()) == ("control.retired", "设备换了")
        stored = Control.objects.get()
        assert (stored.state, stored.retired_reason, stored.next_check_on) == (
            "retired", "设备换了", None,
        )  # fmt: skip

    def test_not_without_a_reason(self, control, risk_manager):
        with pytest.raises(ValidationError):
            retire_control(control, by=risk_manager, reason="\u200b ")
        assert Control.objects.get().state == "active"

    def test_taken_into_use_it_is_checked_after_its_interval(self, control, risk_manager):
        check(control, by=risk_manager)
        retire_control(control, by=risk_manager, reason="停用")
        trail = Trail()
        activate_control(control, by=risk_manager)
        assert trail.only("registers_control").action == "control.activated"
        stored = Control.objects.get()
        assert (stored.next_check_on, stored.retired_reason) == (days(30), "")

    def test_the_day_that_was_planned_stays_unless_it_has_passed(self, ops, risk_manager):
        for number, (planned, expected) in enumerate(((days(3), days(3)), (days(-3), days(30)))):
            control = make_control(
                ops, by=risk_manager, title=f"{number}", state="draft", next_check_on=planned
            )
            assert activate_control(control, by=risk_manager).next_check_on == expected
