from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import Risk
from registers.services import link_control
from tests.builders import assess, check, make_control, make_risk
from tests.registers.pages import codes_of, control_codes, links_of

URL = "/controls/gaps/"


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def gaps(register, ops, tech, clean, risk_manager, second_manager):
    """R001 OPS High, R002 TECH Critical, R003 OPS Low; C-101 OPS overdue, C-102 TECH ineffective."""
    for title, department, cell in (
        ("高", ops, (4, 3)), ("严重", tech, (5, 5)), ("低", ops, (2, 2)),
    ):  # fmt: skip
        made = make_risk(register, by=risk_manager, department=department, title=title)
        assess(made, cell, cell, by=risk_manager, confirmed_by=second_manager)
    make_control(ops, by=risk_manager, title="迟", next_check_on=days(-1))
    bad = make_control(tech, by=risk_manager, title="无效")
    check(bad, 20, 12, by=risk_manager)


def codes(page):
    return [*codes_of(page), *control_codes(page)]


@pytest.mark.parametrize(
    ("gap", "found"),
    [
        ("no_preventive", ["R002", "R001"]), ("no_emergency", ["R002"]), ("ineffective", ["C-102"]),
        ("overdue", ["C-101"]), ("", ["R002", "R001"]),
    ],
)  # fmt: skip
def test_each_gap_with_its_rows(gaps, manager, gap, found):
    assert codes(manager.get(f"{URL}?gap={gap}")) == found


def test_numbers_are_those_of_the_lists(gaps, sign_in, manager, head_cleaning, auditor):
    for client in (manager, sign_in(head_cleaning), sign_in(auditor)):
        for view in client.get(URL).context["views"]:
            assert len(codes(client.get(view.url))) == view.count


def test_others_see_theirs(gaps, sign_in, head_cleaning, staff_cleaning):
    counts = [view.count for view in sign_in(head_cleaning).get(URL).context["views"]]
    assert counts == [1, 0, 0, 1]
    body = sign_in(head_cleaning).get(URL).content.decode()
    assert "R002" not in body
    assert [view.count for view in sign_in(staff_cleaning).get(URL).context["views"]] == [
        0,
        0,
        0,
        0,
    ]


def test_a_gap_is_closed_by_a_control_in_use(gaps, ops, manager, risk_manager):
    high = Risk.objects.get(number=1)
    planned = make_control(ops, by=risk_manager, title="计划", state="draft")
    link_control(high, planned, by=risk_manager)
    assert codes(manager.get(f"{URL}?gap=no_preventive")) == ["R002", "R001"]
    manager.post(f"/controls/{planned.code}/activate/")
    assert codes(manager.get(f"{URL}?gap=no_preventive")) == ["R002"]


def test_the_first_gap_that_there_is(ops, manager, risk_manager):
    make_control(ops, by=risk_manager, title="迟", next_check_on=days(-1))
    assert manager.get(URL).context["key"] == "overdue"


def test_the_way_out_beside_each_row(gaps, sign_in, manager, auditor, head_cleaning):
    assert "/risks/R001/controls/add/" in links_of(manager.get(URL))
    assert "/controls/C-101/check/" in links_of(manager.get(f"{URL}?gap=overdue"))
    for gap in ("no_preventive", "overdue"):
        links = links_of(sign_in(auditor).get(f"{URL}?gap={gap}"))
        assert not [link for link in links if link.endswith(("/add/", "/check/"))]


def test_none_is_said(db, manager):
    assert manager.get(URL).context["page"].count == 0


def test_a_gap_that_does_not_exist(db, manager):
    assert manager.get(f"{URL}?gap=x").status_code == 404


def test_the_part_and_only_that(gaps, manager, part):
    body = part(manager, f"{URL}?gap=overdue", "gap-rows").content.decode()
    assert body.strip().startswith('<div id="gap-rows"')
    assert "<html" not in body


@pytest.mark.parametrize("gap", ["no_preventive", "overdue"])
def test_as_many_queries_for_many_rows_as_for_one(
    gaps, ops, register, manager, queries, risk_manager, second_manager, gap
):
    one = queries(manager, f"{URL}?gap={gap}")
    for n in range(3):
        made = make_risk(register, by=risk_manager, title=f"{n}")
        assess(made, (5, 5), (4, 3), by=risk_manager, confirmed_by=second_manager)
        make_control(ops, by=risk_manager, title=f"{n}", next_check_on=days(-1))
    assert queries(manager, f"{URL}?gap={gap}") == one


def test_wrong_method(db, manager):
    assert manager.post(URL).status_code == 405
