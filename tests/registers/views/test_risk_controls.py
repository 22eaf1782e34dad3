import pytest

from registers.models import LibraryRisk, Risk
from registers.services import (
    adopt_risks,
    close_risk,
    edit_risk,
    link_control,
    retire_control,
)
from tests.builders import assess, check, make_control
from tests.controls import controls_of
from tests.registers.pages import links_of, main_of

URL = "/risks/R001/controls/"


@pytest.fixture
def high(risk, risk_manager, second_manager):
    assess(risk, (4, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    return risk


def test_the_bow_tie_and_its_table(high, control, ops, manager, risk_manager):
    edit_risk(high, by=risk_manager, version=None, cause="阀门老化；没有试压", consequence="赔偿")
    insurance = make_control(ops, by=risk_manager, title="保险", type="mitigating")
    link_control(high, control, by=risk_manager, strength=2, note="只在白天")
    link_control(high, insurance, by=risk_manager)
    check(control, 20, 3, by=risk_manager)
    page = manager.get(URL)
    tie = page.context["tie"]
    assert list(tie.causes) == ["阀门老化", "没有试压"]
    assert ([b.code for b in tie.before], [b.code for b in tie.after]) == (["C-101"], ["C-102"])
    assert tie.gap_count == 0
    words = main_of(page)
    for expected in (
        "发生概率降 2 级",
        "影响程度降 1 级",
        "只在白天",
        "15%",
        "5.6% 至 31.4%",
        "从未检查",
    ):
        assert expected in words


def test_the_gap_in_words(high, manager):
    words = main_of(manager.get(URL))
    assert "没有预防性措施" in words
    assert "缺口" in words


def test_a_critical_risk_lacks_both(risk, manager, risk_manager, second_manager):
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    words = main_of(manager.get(URL))
    assert "没有预防性措施" in words
    assert "没有应急响应措施或应急预案" in words


def test_a_control_that_may_not_hold(high, control, manager, risk_manager):
    link_control(high, control, by=risk_manager)
    check(control, 20, 12, by=risk_manager)
    words = main_of(manager.get(URL))
    assert "C-101 完工试压：上次检查：无效" in words


def test_its_tab_counts_them(high, control, ops, manager, risk_manager):
    link_control(high, control, by=risk_manager)
    old = make_control(ops, by=risk_manager, title="旧的")
    link_control(high, old, by=risk_manager)
    retire_control(old, by=risk_manager, reason="停用")
    page = manager.get(URL)
    (tab,) = [tab for tab in page.context["head"]["tabs"] if tab.is_current]
    assert (tab.key, tab.count) == ("controls", 1)
    assert [link.control.code for link in page.context["links"]] == ["C-101"]


class TestTheLibrarysOffers:
    @pytest.fixture
    def fall(self, register, risk_manager):
        entry = LibraryRisk.objects.get(code="LIB-001")
        (made,) = adopt_risks([entry], by=risk_manager, register=register)
        return Risk.objects.get(pk=made.pk)

    def test_what_it_names_and_is_not_linked(self, fall, manager, risk_manager):
        page = manager.get(URL)
        assert [entry.code for entry in page.context["offers"]] == [
            "C-01", "C-03", "C-07", "C-20", "C-50",
        ]  # fmt: skip
        manager.post(f"{URL}adopt/", {"entry": "C-03"})
        assert "C-03" not in [e.code for e in manager.get(URL).context["offers"]]

    def test_not_to_who_only_reads(self, fall, sign_in, auditor):
        page = sign_in(auditor).get(URL)
        assert page.context["offers"] == []
        assert controls_of(page) == []


def test_another_departments_risk(other_risk, sign_in, head_cleaning):
    assert sign_in(head_cleaning).get("/risks/R002/controls/").status_code == 404


def test_a_control_of_another_department_is_read_here(
    other_risk, control, risk_manager, sign_in, staff_repair, head_repair
):
    link_control(other_risk, control, by=risk_manager)
    page = sign_in(head_repair).get("/risks/R002/controls/")
    assert "/controls/C-101/" in links_of(page)


def test_a_closed_risk_shows_what_it_had(high, control, manager, risk_manager):
    link_control(high, control, by=risk_manager)
    close_risk(high, by=risk_manager, reason="停办")
    page = manager.get(URL)
    assert [link.control.code for link in page.context["links"]] == ["C-101"]
    assert f"{URL}add/" not in links_of(page)
    assert page.context["tie"].gap_count == 0


def test_as_many_queries_however_many_controls(high, control, ops, manager, queries, risk_manager):
    link_control(high, control, by=risk_manager)
    one = queries(manager, URL)
    for n in range(3):
        other = make_control(ops, by=risk_manager, title=f"{n}")
        link_control(high, other, by=risk_manager)
        check(other, by=risk_manager)
    assert queries(manager, URL) == one


def test_wrong_method(risk, manager):
    assert manager.post(URL).status_code == 405
