"""Told once: two weeks before a drill, and once it is overdue."""

import pytest
from django.utils.translation import override

from assessments.models import Drill
from assessments.services import edit_contingency_plan, miss_drill, put_in_force
from assessments.services.drill_reminders import derive_drill_reminders, remind_of_drill
from riskhub.notices.models import Notice
from riskhub.work.models import Work
from riskhub.work.services import sweep_work
from tests.contingency import content, days, make_contingency, put_on

KINDS = ("drill_due", "drill_overdue")


@pytest.fixture
def waiting(risk_manager, head_cleaning, head_repair, ops):
    make_contingency(ops, by=risk_manager)
    return Drill.objects.get()


def told():
    notices = Notice.objects.filter(kind__in=KINDS)
    return {(one.user.username, one.kind) for one in notices}


@pytest.mark.parametrize(
    ("ahead", "kinds"),
    [(15, set()), (14, {"drill_due"}), (0, {"drill_due"}), (-1, {"drill_overdue"})],
)
def test_whoever_answers_for_it(waiting, ahead, kinds):
    put_on(waiting, days(ahead))
    sweep_work()
    assert told() == {(who, kind) for kind in kinds for who in ("risk.manager", "head.cleaning")}


def test_once_however_often_it_is_derived(waiting):
    put_on(waiting, days(-1))
    for _sweep in range(3):
        sweep_work()
    assert Notice.objects.filter(kind="drill_overdue").count() == 2
    assert Work.objects.filter(kind="drill.remind").count() == 1


def test_before_and_after(waiting):
    put_on(waiting, days(3))
    sweep_work()
    put_on(waiting, days(-3))
    sweep_work()
    assert {kind for _who, kind in told()} == {*KINDS}


def test_the_named_deputy_hears_of_it(waiting, risk_manager, staff_cleaning, ops):
    said = content(ops, deputy=staff_cleaning)
    edit_contingency_plan(waiting.plan, said, by=risk_manager, version=None)
    put_in_force(waiting.plan, by=risk_manager)
    put_on(waiting, days(-1))
    sweep_work()
    assert ("staff.cleaning", "drill_overdue") in told()


def test_held_or_moved_meanwhile(waiting, risk_manager):
    put_on(waiting, days(-1))
    derive_drill_reminders()
    remind_of_drill(waiting, "soon")
    miss_drill(waiting, by=risk_manager, reason="台风", next_on=days(9))
    waiting.refresh_from_db()
    remind_of_drill(waiting, "late")
    assert told() == set()


def test_in_both_languages(waiting):
    put_on(waiting, days(-1))
    sweep_work()
    notice = Notice.objects.filter(kind="drill_overdue").first()
    assert notice.url == waiting.get_absolute_url()
    with override("en"):
        assert notice.title.startswith("The drill of CP-101 Injury is overdue since ")
    with override("zh-hans"):
        assert notice.title.startswith("CP-101 人身伤害预案 的演练已逾期")
