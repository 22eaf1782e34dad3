"""Who sees which controls, links and checks, and what the words of the lists mean."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import Control, ControlCheck, Risk, RiskControl
from registers.services import close_risk, link_control, retire_control
from tests.builders import check, make_control, make_risk


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def three(ops, clean, tech, risk_manager):
    """C-101 of OPS, C-102 of CLEAN, C-103 of TECH."""
    return [make_control(place, by=risk_manager, title=place.code) for place in (ops, clean, tech)]


def seen(user):
    return set(Control.objects.visible_to(user).values_list("code", flat=True))


class TestVisible:
    @pytest.mark.parametrize(
        ("who", "codes"),
        [
            ("risk_manager", {"C-101", "C-102", "C-103"}),
            ("auditor", {"C-101", "C-102", "C-103"}),
            ("approver", {"C-101", "C-102", "C-103"}),
            ("ops_manager", {"C-101", "C-102"}),
            ("head_cleaning", {"C-101", "C-102"}),
            ("staff_cleaning", {"C-102"}),
            ("head_repair", {"C-103"}),
            ("outsider", set()),
        ],
    )
    def test_those_of_ones_departments(self, three, request, who, codes):
        assert seen(request.getfixturevalue(who)) == codes

    def test_and_those_of_the_risks_that_one_sees(
        self, three, register, clean, risk_manager, staff_cleaning, staff_repair
    ):
        risk = make_risk(register, by=risk_manager, department=clean)
        link_control(risk, three[2], by=risk_manager)
        check(three[2], by=risk_manager)
        assert seen(staff_cleaning) == {"C-102", "C-103"}
        assert seen(staff_repair) == set()
        assert RiskControl.objects.visible_to(staff_cleaning).count() == 1
        assert ControlCheck.objects.visible_to(staff_cleaning).count() == 1
        assert ControlCheck.objects.visible_to(staff_repair).count() == 0

    def test_the_risks_of_others_are_neither_listed_nor_counted(
        self, three, risk, other_risk, risk_manager, head_cleaning, auditor
    ):
        for one in (risk, other_risk):
            link_control(one, three[0], by=risk_manager)
        for user, count in ((head_cleaning, 1), (auditor, 2)):
            assert RiskControl.objects.visible_to(user).count() == count
            assert Control.objects.with_risks(user).get(code="C-101").risk_count == count

    def test_a_closed_risk_is_not_counted(self, three, risk, risk_manager):
        link_control(risk, three[0], by=risk_manager)
        close_risk(risk, by=risk_manager, reason="停办")
        counts = Control.objects.with_risks(risk_manager).values_list("risk_count", flat=True)
        assert list(counts) == [0, 0, 0]

    def test_through_a_check_as_through_the_control(self, three, risk_manager, staff_cleaning):
        for control in three:
            check(control, by=risk_manager)
        codes = ControlCheck.objects.visible_to(staff_cleaning).values_list(
            "control__code", flat=True
        )
        assert list(codes) == ["C-102"]


class TestWords:
    @pytest.mark.parametrize("text", ["C-101", "c-101", "C101", "c-0101"])
    def test_a_code_however_it_is_written(self, control, text):
        assert Control.objects.coded(text).get() == control

    @pytest.mark.parametrize("text", ["101", "C-", "C-0", "R101", "C-101x", ""])
    def test_what_is_no_code(self, control, text):
        assert not Control.objects.coded(text).exists()

    def test_due_and_overdue(self, ops, risk_manager):
        for n in (-1, 0, 1):
            make_control(ops, by=risk_manager, title=str(n), next_check_on=days(n))
        make_control(ops, by=risk_manager, title="计划", state="draft", next_check_on=days(-9))
        rows = Control.objects.order_by("title")
        assert [one.title for one in rows.overdue(days(0))] == ["-1"]
        assert [one.title for one in rows.due_until(days(0))] == ["-1", "0"]
        assert {one.title: one.is_overdue for one in rows} == {
            "-1": True, "0": False, "1": False, "计划": False,
        }  # fmt: skip

    def test_the_last_check_counts(self, control, risk_manager):
        row = Control.objects.with_last_check().get()
        assert (row.last_done_on, row.last_result) == (None, None)
        check(control, 20, 9, by=risk_manager, done_on=days(-4))
        assert list(Control.objects.ineffective()) == [control]
        check(control, 20, 1, by=risk_manager)
        row = Control.objects.with_last_check().get()
        assert (row.last_done_on, row.last_result, row.last_sample, row.last_exceptions) == (
            days(0), "effective", 20, 1,
        )  # fmt: skip
        assert not Control.objects.ineffective().exists()

    def test_of_one_day_the_later_one_counts(self, control, risk_manager):
        check(control, 20, 9, by=risk_manager)
        check(control, 20, 0, by=risk_manager)
        assert not Control.objects.ineffective().exists()

    def test_a_retired_one_is_no_gap(self, control, risk_manager):
        check(control, 20, 9, by=risk_manager)
        retire_control(control, by=risk_manager, reason="停用")
        assert not Control.objects.ineffective().exists()
        assert not Control.objects.not_retired().exists()


def test_names_in_both_languages(control):
    assert str(control) == "C-101 完工试压"
    assert str(RiskControl(control=control)) == "C-101 完工试压"
    assert str(ControlCheck(control=control, due_on=days(0))).startswith("C-101 完工试压 ")
    assert Risk._meta.verbose_name != Control._meta.verbose_name
