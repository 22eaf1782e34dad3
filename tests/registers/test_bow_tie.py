"""What stands between the causes of a risk and its consequences, in words."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from registers.bow_tie import bow_tie_of, overview_card, parts
from registers.models import Control, Risk
from registers.services import close_risk, edit_risk, link_control, retire_control
from tests.builders import assess, check, make_control


@pytest.fixture
def tie(risk, risk_manager):
    def of(**fields):
        if fields:
            edit_risk(risk, by=risk_manager, version=None, **fields)
        return bow_tie_of(risk_manager, Risk.objects.get(pk=risk.pk))

    return of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []), (" ", []), ("一", ["一"]), ("一；二;三\n四", ["一", "二", "三", "四"]),
        ("；一；；", ["一"]), ("一，二、三", ["一，二、三"]),
    ],
)  # fmt: skip
def test_several_causes_are_several_boxes(text, expected):
    assert parts(text) == expected


def test_what_is_not_written_down(tie):
    found = tie()
    assert (found.causes, found.consequences, found.event) == ([], [], "维修后漏水")
    assert (found.gap_count, found.gap_before, found.gap_after) == (0, "", "")


def test_by_type_and_number_whatever_the_order_of_linking(tie, risk, ops, risk_manager):
    for kind in ("emergency", "preventive", "mitigating", "preventive"):
        control = make_control(ops, by=risk_manager, title=f"{kind}{timezone.now()}", type=kind)
        link_control(risk, control, by=risk_manager)
    found = tie()
    assert [one.code for one in found.before] == ["C-102", "C-104"]
    assert [one.code for one in found.after] == ["C-103", "C-101"]


def test_how_each_stands_in_words(tie, risk, ops, risk_manager):
    names = ("never", "good", "bad", "late", "planned", "retired")
    made = {
        name: make_control(
            ops, by=risk_manager, title=name, state="draft" if name == "planned" else "active"
        )
        for name in names
    }
    for control in made.values():
        link_control(risk, control, by=risk_manager)
    check(made["good"], 20, 0, by=risk_manager)
    check(made["bad"], 20, 12, by=risk_manager)
    late = timezone.localdate() - timedelta(days=1)
    Control.objects.filter(title="late").update(next_check_on=late)
    retire_control(made["retired"], by=risk_manager, reason="停用")
    with override("en"):
        found = tie()
        facts = {
            one.name: (one.fact.split(" ")[-1], one.is_weak, one.is_planned) for one in found.before
        }
        weak = list(found.weak)
    assert facts == {
        "never": ("checked", False, False), "good": ("effective", False, False),
        "bad": ("ineffective", True, False), "late": (facts["late"][0], True, False),
        "planned": ("Planned", False, True),
    }  # fmt: skip
    assert weak == ["C-103 bad: last check: ineffective", "C-104 late: check overdue"]
    assert found.gap_count == 2


def test_a_planned_control_closes_no_gap(tie, risk, ops, risk_manager, second_manager):
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    planned = make_control(ops, by=risk_manager, state="draft")
    link_control(risk, planned, by=risk_manager)
    found = tie()
    assert [gap.key for gap in found.gaps] == ["no_preventive"]
    assert (str(found.gap_before), found.gap_after) == ("没有预防性措施", "")


def test_a_closed_risk_has_no_gap(tie, risk, risk_manager, second_manager):
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    close_risk(risk, by=risk_manager, reason="停办")
    assert tie().gap_count == 0


def test_the_short_form_on_the_overview(risk, control, manager, risk_manager):
    link_control(risk, control, by=risk_manager)
    html = overview_card(risk_manager, Risk.objects.get(pk=risk.pk))
    assert "C-101" in html
    assert "/risks/R001/controls/" in html
    assert html in manager.get("/risks/R001/").content.decode()


def test_the_language_of_foreign_texts(tie, risk, control, risk_manager):
    link_control(risk, control, by=risk_manager)
    with override("en"):
        found = tie()
        assert (found.language, found.before[0].language) == ("zh-Hans", "zh-Hans")
    assert tie().language == ""
