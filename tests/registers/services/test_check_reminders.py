from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from registers.models import Control
from registers.services import edit_control, retire_control
from registers.services.check_reminders import derive_reminders, remind_of_check
from riskhub.notices.models import Notice
from riskhub.work.models import Work
from riskhub.work.services import sweep_work
from tests.builders import check, make_control


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def late(clean, risk_manager, staff_cleaning):
    def make(n, **fields):
        values = {"owner": staff_cleaning, "title_alt": "Pressure test"} | fields
        return make_control(clean, by=risk_manager, next_check_on=days(-n), **values)

    return make


def told():
    return {(one.user.username, one.params["control"]) for one in reminders()}


def reminders():
    return Notice.objects.filter(kind="check_overdue")


def owed():
    return Work.objects.filter(kind="control.remind").count()


def test_the_owner_is_told_the_day_after(late, staff_cleaning):
    late(0, title="今天")
    late(1)
    sweep_work()
    assert told() == {("staff.cleaning", "C-102")}
    notice = reminders().get()
    assert notice.url == "/controls/C-102/check/"
    with override("zh-hans"):
        assert notice.title.startswith("C-102 完工试压")
    with override("en"):
        assert notice.title.startswith("The check of C-102 Pressure test is overdue since ")


def test_once_however_often_it_is_derived(late):
    late(1)
    for _n in range(3):
        sweep_work()
    assert (owed(), reminders().count()) == (1, 1)


def test_after_a_week_those_who_answer_for_it_too(
    late, risk_manager, head_cleaning, head_repair, ops_manager, auditor
):
    late(7, title="一周")
    sweep_work()
    assert told() == {("staff.cleaning", "C-101")}
    late(8, title="八天")
    sweep_work()
    assert {name for name, code in told() if code == "C-102"} == {
        "staff.cleaning", "risk.manager", "head.cleaning", "ops.manager",
    }  # fmt: skip


@pytest.mark.parametrize("who", [None, "auditor", "gone"])
def test_without_an_owner_who_may_act_those_who_answer_for_it(
    late, request, risk_manager, head_cleaning, auditor, staff_cleaning, who
):
    control = late(1)
    owner = {None: None, "auditor": auditor, "gone": staff_cleaning}[who]
    if who == "gone":
        staff_cleaning.is_active = False
        staff_cleaning.save()
    Control.objects.filter(pk=control.pk).update(owner=owner)
    sweep_work()
    assert {name for name, _code in told()} == {"risk.manager", "head.cleaning"}


@pytest.mark.parametrize("what", ["done", "moved", "retired"])
def test_nothing_where_it_is_no_longer_so(late, risk_manager, what):
    control = late(1)
    derive_reminders()
    if what == "done":
        check(control, by=risk_manager)
    elif what == "moved":
        edit_control(control, by=risk_manager, version=None, next_check_on=days(5))
    else:
        retire_control(control, by=risk_manager, reason="停用")
    sweep_work()
    assert reminders().count() == 0


def test_late_again_told_again(late, risk_manager):
    control = late(40)
    sweep_work()
    check(control, by=risk_manager, done_on=days(-39))
    before = reminders().filter(user__username="staff.cleaning").count()
    sweep_work()
    assert reminders().filter(user__username="staff.cleaning").count() == before + 1


def test_a_sweep_with_nothing_new_asks_twice(late, django_assert_num_queries):
    for n in range(1, 4):
        late(n, title=f"{n}")
    derive_reminders()
    with django_assert_num_queries(7):  # the zone, the controls, the work, and the transaction
        derive_reminders()
    assert owed() == 3


def test_told_by_hand_it_is_the_same_notice(late):
    control = late(1)
    for _n in range(2):
        remind_of_check(Control.objects.get(pk=control.pk), control.next_check_on, "owner")
    assert reminders().count() == 1
