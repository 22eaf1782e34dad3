from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import Control
from registers.services import link_control, retire_control
from tests.builders import check, make_control, make_risk
from tests.registers.pages import control_codes, links_of, main_of

URL = "/controls/"


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def listed(ops, clean, tech, risk_manager, head_cleaning, register):
    """C-101 OPS overdue, C-102 CLEAN mitigating ineffective, C-103 TECH planned."""
    first = make_control(
        ops, by=risk_manager, title="高处作业许可", owner=head_cleaning, next_check_on=days(-2)
    )
    second = make_control(
        clean, by=risk_manager, title="备勤人员", title_alt="Standby staff", type="mitigating"
    )
    check(second, 20, 9, by=risk_manager)
    make_control(tech, by=risk_manager, title="断电验电", state="draft", evidence="工单照片")
    risk = make_risk(register, by=risk_manager)
    link_control(risk, first, by=risk_manager)
    return first


def test_all_that_are_not_retired_by_number(listed, manager, risk_manager):
    page = manager.get(URL)
    assert control_codes(page) == ["C-101", "C-102", "C-103"]
    words = main_of(page)
    for expected in ("高处作业许可", "周立", "无效", "计划中"):
        assert expected in words
    retire_control(listed, by=risk_manager, reason="停用")
    assert control_codes(manager.get(URL)) == ["C-102", "C-103"]
    assert control_codes(manager.get(f"{URL}?state=all")) == ["C-101", "C-102", "C-103"]
    assert control_codes(manager.get(f"{URL}?state=retired")) == ["C-101"]


def test_what_others_see(
    listed, sign_in, head_cleaning, staff_cleaning, staff_repair, auditor, outsider
):
    for user, codes in (
        (head_cleaning, ["C-101", "C-102"]),
        (staff_cleaning, ["C-102"]),
        (staff_repair, []),
        (auditor, ["C-101", "C-102", "C-103"]),
        (outsider, []),
    ):
        page = sign_in(user).get(URL)
        assert control_codes(page) == codes
        assert page.context["views"][0].count == len(codes)


def test_another_departments_names_are_nowhere_on_the_page(listed, sign_in, staff_cleaning):
    body = sign_in(staff_cleaning).get(URL).content.decode()
    for hidden in ("断电验电", "高处作业许可", "TECH", "技术与安装部"):
        assert hidden not in body


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("type=mitigating", ["C-102"]), ("type=preventive&type=mitigating", ["C-101", "C-102", "C-103"]),
        ("department=OPS", ["C-101", "C-102"]), ("department=TECH", ["C-103"]),
        ("owner=周", ["C-101"]), ("owner=head.cleaning", ["C-101"]), ("due=overdue", ["C-101"]),
        ("due=week", ["C-101"]), ("due=quarter", ["C-101", "C-102"]), ("state=draft", ["C-103"]),
        ("result=ineffective", ["C-102"]), ("result=never", ["C-101", "C-103"]),
        ("result=never&result=ineffective", ["C-101", "C-102", "C-103"]),
        ("q=作业", ["C-101"]), ("q=standby", ["C-102"]), ("q=工单 断电", ["C-103"]),
        ("q=c-102", ["C-102"]), ("q=nothing", []), ("view=overdue", ["C-101"]),
        ("view=ineffective", ["C-102"]), ("view=due", ["C-101"]), ("view=mine", []),
        ("view=loose", ["C-102", "C-103"]), ("sort=-code", ["C-103", "C-102", "C-101"]),
        ("sort=name", ["C-102", "C-103", "C-101"]), ("sort=check", ["C-101", "C-102", "C-103"]),
        ("sort=department", ["C-101", "C-102", "C-103"]),
        ("q=&type=&due=&page=1", ["C-101", "C-102", "C-103"]),
    ],
)  # fmt: skip
def test_filters(listed, manager, query, codes):
    page = manager.get(f"{URL}?{query}")
    assert page.status_code == 200
    assert sorted(control_codes(page)) == sorted(codes)
    if "sort" in query and query != "sort=name":
        assert control_codes(page) == codes


@pytest.mark.parametrize(
    "query", ["type=x", "department=NOPE", "due=x", "state=x", "result=x", "view=x", "sort=x"]
)
def test_a_forged_address_finds_nothing_and_says_so(listed, manager, query):
    page = manager.get(f"{URL}?{query}")
    assert control_codes(page) == []
    assert page.context["filtered"].complaint != ""


def test_a_department_that_one_does_not_cover_is_no_filter(listed, sign_in, head_cleaning):
    page = sign_in(head_cleaning).get(f"{URL}?department=TECH")
    assert page.context["filtered"].is_forged is True


def test_a_text_that_is_too_long(listed, manager):
    page = manager.get(URL, {"q": "x" * 201})
    assert "200" in page.context["filtered"].complaint


def test_signs_alone_are_told_that_words_are_searched_for(listed, manager):
    page = manager.get(URL, {"q": "😀"})
    assert (control_codes(page), "只搜索文字和数字" in page.context["filtered"].complaint) == (
        [],
        True,
    )


def test_views_count_what_they_lead_to(listed, manager):
    for query in ("", "?department=OPS", "?q=作业", "?state=all"):
        for view in manager.get(URL + query).context["views"]:
            assert len(control_codes(manager.get(URL + view.url))) == view.count


def test_loose_is_what_acts_on_no_risk_that_one_sees(
    listed, ops, register, tech, risk_manager, sign_in, head_cleaning
):
    other = make_control(ops, by=risk_manager, title="只在别处")
    link_control(make_risk(register, by=risk_manager, department=tech), other, by=risk_manager)
    page = sign_in(head_cleaning).get(f"{URL}?view=loose")
    assert control_codes(page) == ["C-102", "C-104"]


def test_links_are_short_and_keep_the_rest(listed, manager):
    page = manager.get(f"{URL}?type=preventive")
    assert "?type=preventive&view=overdue" in links_of(page, "?")
    assert "?type=preventive&sort=-code" in links_of(page, "?")
    assert "?type=preventive&state=all" in links_of(page, "?")


def test_the_part_and_only_that(listed, manager, part):
    body = part(manager, f"{URL}?type=mitigating", "control-rows").content.decode()
    assert body.strip().startswith('<div id="control-rows"')
    assert "<html" not in body
    assert part(manager, URL, "forged").content.decode().startswith("<!doctype html>")


def test_as_many_queries_for_many_rows_as_for_one(
    listed, manager, queries, sign_in, head_cleaning, ops, risk_manager
):
    Control.objects.exclude(pk=listed.pk).update(
        state="retired", retired_reason="x", next_check_on=None
    )
    one = queries(manager, URL), queries(sign_in(head_cleaning), URL)
    for n in range(3):
        check(make_control(ops, by=risk_manager, title=f"{n}"), by=risk_manager)
    assert (queries(manager, URL), queries(sign_in(head_cleaning), URL)) == one
    assert max(one) <= 12


def test_who_is_offered_to_add_one(listed, sign_in, manager, staff_cleaning, auditor):
    assert "/controls/new/" in links_of(manager.get(URL))
    for user in (staff_cleaning, auditor):
        links = links_of(sign_in(user).get(URL))
        assert "/controls/new/" not in links
        assert "/controls/library/" not in links


class TestEmpty:
    def test_for_who_keeps_them(self, manager):
        assert "/controls/library/" in links_of(manager.get(URL))

    def test_for_who_reads(self, sign_in, auditor):
        assert "/controls/library/" not in links_of(sign_in(auditor).get(URL))

    def test_filtered_to_nothing(self, listed, manager):
        assert URL in links_of(manager.get(f"{URL}?q=nothing"))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_wrong_method(db, manager, method):
    assert getattr(manager, method)(URL).status_code == 405


def test_nobody_signed_in(db, sign_in):
    assert sign_in().get(URL).status_code == 302
