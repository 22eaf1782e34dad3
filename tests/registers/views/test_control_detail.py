from datetime import timedelta

import pytest
from django.utils import timezone

from registers.services import (
    activate_control,
    close_risk,
    edit_control,
    link_control,
    retire_control,
)
from tests.builders import assess, check, make_control, make_risk
from tests.controls import controls_of
from tests.photos import made_attachment
from tests.registers.pages import links_of, main_of

URL = "/controls/C-101/"


def days(n):
    return timezone.localdate() + timedelta(days=n)


def test_facts_risks_and_checks(
    control, risk, manager, risk_manager, second_manager, head_cleaning
):
    edit_control(
        control, by=risk_manager, version=None, owner=head_cleaning, yearly_cost=1200,
        description="试压 10 分钟", evidence="照片",
    )  # fmt: skip
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    link_control(risk, control, by=risk_manager, note="只在白天")
    check(control, 20, 3, by=risk_manager, evidence="抽查表")
    check(
        control,
        20,
        3,
        by=risk_manager,
        effectiveness="ineffective",
        note="都在夜班",
        done_on=days(-9),
    )
    words = main_of(manager.get(URL))
    for expected in (
        "完工试压", "周立", "1,200 元", "试压 10 分钟", "R001", "只在白天", "发生概率降 1 级", "4,3",
        "20 份中 3 份", "15%", "5.6% 至 31.4%", "抽查表", "都在夜班", "规则建议：部分有效", "每 30 天",
    ):  # fmt: skip
        assert expected in words


def test_the_picture_of_the_shares_needs_two(control, manager, risk_manager):
    for count in (1, 2):
        check(control, 20, count, by=risk_manager)
        body = manager.get(URL).content.decode()
        assert ("rh-trend-picture" in body) is (count == 2)


def test_a_code_however_it_is_written(control, manager):
    assert manager.get("/controls/c101/").status_code == 200
    assert manager.get("/controls/C-999/").status_code == 404
    assert manager.get("/controls/x/").status_code == 404


def test_the_risks_of_others_are_not_on_it(
    control, risk, other_risk, risk_manager, sign_in, head_cleaning
):
    for one in (risk, other_risk):
        link_control(one, control, by=risk_manager)
    body = sign_in(head_cleaning).get(URL).content.decode()
    assert "R001" in body
    assert "R002" not in body
    assert "外包师傅违规" not in body


def test_another_department_reads_it_through_its_risk(
    control, risk, other_risk, risk_manager, sign_in, head_repair
):
    client = sign_in(head_repair)
    assert client.get(URL).status_code == 404
    link_control(risk, control, by=risk_manager)
    link_control(other_risk, control, by=risk_manager)
    page = client.get(URL)
    assert page.status_code == 200
    assert "R001" not in page.content.decode()
    assert f"{URL}edit/" not in links_of(page)


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("risk_manager", {"edit/", "retire/", "check/", "link/"}),
        ("head_cleaning", {"edit/", "retire/", "check/", "link/"}),
        ("approver", set()), ("auditor", set()), ("admin", set()),
    ],
)  # fmt: skip
def test_what_is_offered_to_whom(control, risk, sign_in, request, who, offered):
    page = sign_in(request.getfixturevalue(who)).get(URL)
    found = {link.removeprefix(URL) for link in links_of(page, URL)} - {""}
    assert found == offered
    if not offered:
        assert controls_of(page) == []


def test_the_owner_is_offered_the_check_alone(
    control, clean, sign_in, staff_cleaning, risk_manager
):
    edit_control(
        control, by=risk_manager, version=None, owner=staff_cleaning, owner_department=clean
    )
    found = links_of(sign_in(staff_cleaning).get(URL), URL)
    assert found == [f"{URL}check/"]


def test_a_planned_or_retired_one_is_taken_into_use_here(control, manager, risk_manager):
    retire_control(control, by=risk_manager, reason="设备换了")
    page = manager.get(URL)
    assert "设备换了" in main_of(page)
    assert f"{URL}activate/" in page.content.decode()
    assert f"{URL}check/" not in links_of(page)
    assert f"{URL}edit/" not in links_of(page)
    control.refresh_from_db()
    activate_control(control, by=risk_manager)
    assert f"{URL}check/" in links_of(manager.get(URL))


def test_a_closed_risk_comes_last_and_keeps_its_link(
    control, risk, register, manager, risk_manager
):
    second = make_risk(register, by=risk_manager, title="另一项")
    for one in (risk, second):
        link_control(one, control, by=risk_manager)
    close_risk(risk, by=risk_manager, reason="停办")
    page = manager.get(URL)
    assert [link.risk.code for link, _may in page.context["links"]] == ["R002", "R001"]
    assert [may for _link, may in page.context["links"]] == [True, False]


def test_the_part_of_the_checks(control, manager, part, risk_manager):
    check(control, by=risk_manager)
    body = part(manager, URL, "check-rows").content.decode()
    assert body.strip().startswith('<section class="rh-card" id="check-rows"')
    assert "<html" not in body


def test_as_many_queries_however_much_there_is(
    control, risk, register, manager, queries, risk_manager
):
    link_control(risk, control, by=risk_manager)
    check(control, by=risk_manager)
    one = queries(manager, URL)
    for n in range(3):
        other = make_risk(register, by=risk_manager, title=f"第{n}项")
        link_control(other, control, by=risk_manager)
        check(control, by=risk_manager)
    assert queries(manager, URL) == one


class TestProof:
    def test_the_owner_and_who_answers_may_add_files(
        self, control, clean, manager, sign_in, auditor, staff_cleaning, risk_manager
    ):
        edit_control(
            control, by=risk_manager, version=None, owner=staff_cleaning, owner_department=clean
        )
        for client, may in (
            (manager, True), (sign_in(staff_cleaning), True), (sign_in(auditor), False),
        ):  # fmt: skip
            assert ('id="attachment-form"' in client.get(URL).content.decode()) is may
        made_attachment(control, by=risk_manager)
        assert len(links_of(sign_in(auditor).get(URL), "/files/")) == 2  # picture and name

    def test_files_of_many_checks_cost_one_query(self, control, manager, queries, risk_manager):
        made_attachment(check(control, by=risk_manager), by=risk_manager)
        one = queries(manager, URL)
        for colour in ("red", "green"):
            made_attachment(check(control, by=risk_manager), by=risk_manager, colour=colour)
        assert queries(manager, URL) == one


def test_the_day_that_has_passed(ops, manager, risk_manager):
    make_control(ops, by=risk_manager, next_check_on=days(-1))
    assert "rh-tag-alert" in manager.get(URL).content.decode()


def test_wrong_method(control, manager):
    assert manager.post(URL).status_code == 405
