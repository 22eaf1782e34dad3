"""What the command bar finds of controls, and for whom."""

import pytest
from django.utils.translation import override

from registers.models import Control
from registers.services import link_control, retire_control
from tests.builders import make_control, make_risk
from tests.registers.test_hits import found_at_all, hits, names


@pytest.fixture
def controls(ops, repair, risk_manager):
    for title, alt, department in (
        ("完工试压", "Pressure test after work", ops),
        ("漏电保护测试", "Test of breakers", repair),
        ("试工", "", ops),
    ):
        make_control(
            department, by=risk_manager, title=title, title_alt=alt, type="preventive"
        )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["C-102", "c102", "Ｃ－102", "漏电", "测试", "BREAKERS", "test break"]
)
def test_by_number_and_by_words_in_either_language(controls, risk_manager, text):
    assert names(risk_manager, text, "controls") == ["漏电保护测试"]


def test_what_it_is_stands_beside_it(controls, risk_manager):
    with override("en"):
        (hit,) = hits(risk_manager, "breakers", "controls")
    assert (hit.code, hit.url, hit.name) == ("C-102", "/controls/C-102/", "Test of breakers")
    assert list(map(str, hit.meta)) == ["Preventive", "Repair"]


def test_retired_ones_come_last_and_are_named_so(controls, risk_manager):
    retire_control(Control.objects.get(number=101), by=risk_manager, reason="停用")
    with override("en"):
        found = hits(risk_manager, "试", "controls")
    assert [hit.code for hit in found] == ["C-102", "C-103", "C-101"]
    assert str(found[-1].meta[0]) == "Retired"


def test_another_department_finds_nothing(controls, head_cleaning, staff_cleaning):
    for text in ("C-102", "漏电", "breakers"):
        assert hits(head_cleaning, text, "controls") == []
        assert "漏电" not in found_at_all(staff_cleaning, text)


def test_but_one_that_protects_a_risk_of_its_own(
    controls, register, clean, risk_manager, head_cleaning
):
    risk = make_risk(register, by=risk_manager, department=clean)
    link_control(risk, Control.objects.get(number=102), by=risk_manager)
    assert names(head_cleaning, "漏电", "controls") == ["漏电保护测试"]


def test_the_pages_that_stand_in_no_menu(db, sign_in, risk_manager, auditor):
    pages = {hit.url for hit in hits(risk_manager, "控制", "pages")}
    assert {"/controls/new/", "/controls/library/", "/controls/gaps/"} <= pages
    client = sign_in(risk_manager)
    assert {client.get(url).status_code for url in pages} == {200}
    assert "/controls/new/" not in {hit.url for hit in hits(auditor, "控制", "pages")}
