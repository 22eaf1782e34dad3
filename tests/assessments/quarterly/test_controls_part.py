"""Controls, their checks, and the severe risks that nothing keeps small, against what the database holds."""

from datetime import timedelta

import pytest

from assessments.quarterly.controls_part import controls_part
from assessments.quarterly.frame import Frame
from registers.models import Control
from registers.services import activate_control, link_control, retire_control
from tests.builders import assess, check, make_control, make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def last(frame):
    return Frame(frame.quarter.previous, frame.as_of, frame.zone)


def test_nothing_is_zero(frame):
    assert controls_part(frame) == {
        "in_use": 0, "checked": 0,
        "results": {"effective": 0, "partly": 0, "ineffective": 0, "not_tested": 0},
        "sample": 0, "exceptions": 0, "in_use_now": 0, "overdue": 0,
        "severe": 0, "without_control": 0, "without_effective": 0,
    }  # fmt: skip


def test_checks_of_the_quarter_are_counted_and_summed(frame, last, ops, risk_manager):
    first, second = (make_control(ops, by=risk_manager, title=name) for name in ("一", "二"))
    make_control(ops, by=risk_manager, title="草稿", state="draft")
    check(second, 40, 9, by=risk_manager, done_on=last.quarter.ends_on)
    check(first, 20, 3, by=risk_manager)
    check(first, 10, 0, by=risk_manager)
    check(second, 5, 0, by=risk_manager)
    Control.objects.filter(pk=second.pk).update(next_check_on=frame.today - timedelta(days=1))

    part = controls_part(frame)

    assert (part["in_use"], part["in_use_now"], part["overdue"]) == (2, 2, 1)
    assert (part["checked"], part["sample"], part["exceptions"]) == (2, 35, 3)
    assert part["results"] == {"effective": 2, "partly": 1, "ineffective": 0, "not_tested": 0}
    assert controls_part(last)["checked"] == 1
    assert (controls_part(last)["sample"], controls_part(last)["exceptions"]) == (40, 9)


def test_in_use_is_what_was_so_at_the_quarters_end(frame, last, ops, risk_manager):
    """What was retired, planned or made since does not change the quarter that is over."""
    stayed, retired, begun = (
        make_control(ops, by=risk_manager, title=name, state=state)
        for name, state in (("一", "active"), ("二", "active"), ("三", "draft"))
    )
    Control.objects.update(created_at=last.start)
    make_control(ops, by=risk_manager, title="新")
    retire_control(retired, by=risk_manager, reason="设备停用")
    activate_control(begun, by=risk_manager)
    retire_control(Control.objects.get(pk=begun.pk), by=risk_manager, reason="又停用")

    assert stayed.is_in_use
    assert (controls_part(last)["in_use"], controls_part(last)["in_use_now"]) == (2, 2)
    assert controls_part(frame)["in_use"] == 2


def test_severe_risks_without_a_control_or_without_an_effective_one(
    frame, register, ops, risk_manager, approver
):
    names = ("没有", "停用", "没查", "无效", "曾有效", "有效", "中等")
    risks = {name: make_risk(register, by=risk_manager, title=name) for name in names}
    for name, risk in risks.items():
        cells = ((3, 3), (3, 3)) if name == "中等" else ((3, 5), (3, 5))
        assess(risk, *cells, by=risk_manager, confirmed_by=approver)
    controls = {
        name: make_control(ops, by=risk_manager, title=name) for name in names if name != "没有"
    }
    for name, control in controls.items():
        link_control(risks[name], control, by=risk_manager, acts_on="impact", strength=1)
    check(controls["停用"], by=risk_manager)
    retire_control(controls["停用"], by=risk_manager, reason="停用")
    check(controls["无效"], 10, 9, by=risk_manager)
    check(controls["曾有效"], by=risk_manager, done_on=frame.today - timedelta(days=1))
    check(controls["曾有效"], 10, 9, by=risk_manager)
    check(controls["有效"], 10, 9, by=risk_manager, done_on=frame.today - timedelta(days=1))
    check(controls["有效"], by=risk_manager)

    part = controls_part(frame)

    assert (part["severe"], part["without_control"], part["without_effective"]) == (6, 2, 5)


def test_as_many_queries_for_three_as_for_one(frame, ops, risk_manager, django_assert_num_queries):
    for number in range(3):
        check(make_control(ops, by=risk_manager, title=f"第{number}"), by=risk_manager)
        with django_assert_num_queries(6):
            controls_part(frame)
