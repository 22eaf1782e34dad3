from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import make_control
from tests.registers.pages import links_of, main_of

URL = "/my/checks/"


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def due(clean, ops, tech, risk_manager, staff_cleaning, staff_repair):
    """Of the staff of CLEAN: late 6, today, in 7 and in 8 days; and others that are late."""
    for title, n in (("迟六天", -6), ("今天", 0), ("七天后", 7), ("八天后", 8)):
        make_control(
            clean, by=risk_manager, title=title, owner=staff_cleaning, next_check_on=days(n)
        )
    make_control(clean, by=risk_manager, title="没人管", next_check_on=days(-1))
    make_control(tech, by=risk_manager, title="别部门", next_check_on=days(-3))
    make_control(clean, by=risk_manager, title="计划", state="draft", owner=staff_cleaning)


def titles(page):
    return [control.title for control in page.context["page"]]


def test_mine_that_are_due_the_latest_first(due, sign_in, staff_cleaning):
    page = sign_in(staff_cleaning).get(URL)
    assert titles(page) == ["迟六天", "今天", "七天后"]
    words = main_of(page)
    assert "逾期 6 天" in words
    assert "今天到期" in words
    assert links_of(page, "/controls/C-101/check/") == ["/controls/C-101/check/"]


def test_a_missed_check_is_overdue_the_next_day(ops, risk_manager, manager):
    control = make_control(ops, by=risk_manager, owner=risk_manager, next_check_on=days(0))
    assert "逾期" not in main_of(manager.get(URL)).split("完工试压")[1]
    control.next_check_on = days(-1)
    control.save()
    assert "逾期 1 天" in main_of(manager.get(URL))


def test_all_of_mine(due, sign_in, staff_cleaning):
    page = sign_in(staff_cleaning).get(f"{URL}?view=mine")
    assert titles(page) == ["迟六天", "今天", "七天后", "八天后"]


def test_what_others_are_late_with(due, sign_in, head_cleaning, manager, staff_cleaning):
    assert titles(sign_in(head_cleaning).get(f"{URL}?view=others")) == ["迟六天", "没人管"]
    assert titles(manager.get(f"{URL}?view=others")) == ["迟六天", "别部门", "没人管"]
    assert sign_in(staff_cleaning).get(f"{URL}?view=others").status_code == 404


def test_nobody_elses(due, sign_in, staff_repair, auditor, outsider):
    for user in (staff_repair, auditor, outsider):
        page = sign_in(user).get(URL)
        assert titles(page) == []
        assert "迟六天" not in page.content.decode()


def test_an_owner_who_became_an_auditor_has_none(control, sign_in, auditor):
    control.owner, control.next_check_on = auditor, days(-1)
    control.save()
    assert titles(sign_in(auditor).get(URL)) == []


@pytest.mark.parametrize("view", ["due", "mine", "others"])
def test_nothing_to_do_is_said(db, manager, view):
    assert "没有" in main_of(manager.get(f"{URL}?view={view}"))


def test_a_view_that_does_not_exist(db, manager):
    assert manager.get(f"{URL}?view=x").status_code == 404


def test_the_part_and_only_that(due, sign_in, staff_cleaning, part):
    body = part(sign_in(staff_cleaning), URL, "check-rows").content.decode()
    assert body.strip().startswith('<section class="rh-card" id="check-rows"')
    assert "<html" not in body


def test_as_many_queries_for_three_rows_as_for_one(
    clean, risk_manager, sign_in, staff_cleaning, queries
):
    client = sign_in(staff_cleaning)
    make_control(clean, by=risk_manager, owner=staff_cleaning, next_check_on=days(0))
    one = queries(client, URL)
    for n in range(3):
        make_control(
            clean, by=risk_manager, title=f"{n}", owner=staff_cleaning, next_check_on=days(0)
        )
    assert queries(client, URL) == one


def test_wrong_method(db, manager):
    assert manager.post(URL).status_code == 405
