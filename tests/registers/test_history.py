"""The trail of a risk in words: never a key, a code or JSON."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from registers import history, related
from registers.history import trail_of
from registers.models import LibraryRisk, Risk, RiskOrigin, RiskSource, ServiceLine
from registers.related import Related, register_related
from registers.services import (
    adopt_risks,
    close_risk,
    edit_risk,
    link_control,
    reopen_risk,
    unlink_control,
)
from riskhub.accounts.models import Department
from riskhub.audit.context import acting
from tests.builders import assess, check, make_risk


def words(risk, number=1):
    """[(action, actor, reason, [(field, before, after)])] as English readers see it."""
    with override("en"):
        return [
            (
                entry.action,
                entry.actor,
                entry.reason,
                [(c.name, c.before, c.after) for told in entry.changes for c in told.changes],
            )
            for entry in trail_of(risk, number).entries
        ]


def test_each_field_before_and_after_by_its_name(risk, risk_manager, second_manager, tech):
    line = ServiceLine.objects.get(code="eldercare")
    edit_risk(
        risk, by=risk_manager, version=1, title="水管爆裂", owner=second_manager,
        owner_department=tech, velocity="instant", business_importance=5, service_lines=[line],
        sources=[RiskSource.objects.get(code="audit")],
    )  # fmt: skip
    (action, actor, reason, changes), _created = words(risk)
    assert (action, actor, reason) == ("Edited", "陈静", "")
    assert changes == [
        ("Name", "客户家中漏水", "水管爆裂"),
        ("Responsible department", "Service operations", "Technical and installation"),
        ("Owner", "", "李强"),
        ("Business importance", "3", "5"),
        ("How fast", "Within days", "At once"),
        ("All sources", "", "Audit"),
        ("Service lines", "", "Elder care at home"),
    ]


def test_what_was_taken_away_is_still_told(risk, risk_manager, second_manager):
    audit, survey = (RiskSource.objects.get(code=c) for c in ("audit", "survey"))
    edit_risk(risk, by=risk_manager, version=1, sources=[audit])
    edit_risk(risk, by=second_manager, version=2, sources=[survey])
    newest, before, _created = words(risk)
    assert newest[3] == [
        ("All sources", "Audit", ""),
        ("All sources", "", "Satisfaction survey"),
    ]
    assert before[3] == [("All sources", "", "Audit")]


def test_closing_tells_its_reason_once(risk, risk_manager):
    close_risk(risk, by=risk_manager, reason="业务已停")
    action, _actor, reason, changes = words(risk)[0]
    assert (action, reason) == ("Closed", "业务已停")
    assert changes == [("State", "Identified", "Closed")]


def test_opening_again_tells_what_stood_there(risk, risk_manager):
    close_risk(risk, by=risk_manager, reason="业务已停")
    reopen_risk(risk, by=risk_manager, reason="业务恢复")
    action, _actor, reason, changes = words(risk)[0]
    assert (action, reason) == ("Opened again", "业务恢复")
    assert changes[0] == ("State", "Closed", "Identified")
    told = {name: (before, after) for name, before, after in changes[1:]}
    assert told["Reason for closing"] == ("业务已停", "")
    assert told["Closed on"][1] == ""
    assert re.fullmatch(r"\d{1,2} \w{3}, \d\d:\d\d", told["Closed on"][0])
    assert told.keys() == {"Reason for closing", "Closed on", "Next review"}


def test_a_cell_that_changed_is_one_fact(risk, risk_manager, second_manager):
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    changes = {name: (before, after) for name, before, after in words(risk)[0][3]}
    assert changes["Inherent"] == ("", "Critical 4, 4")
    assert changes["Residual"] == ("", "High 4, 3")
    assert changes["State"] == ("Identified", "Assessed")


def test_what_an_act_shows_on_the_risk_belongs_to_the_act(risk, risk_manager):
    with acting(risk_manager, "assessment.confirmed"):
        Risk.objects.filter(pk=risk.pk).update(velocity="weeks")
        with acting(risk_manager, "risk.assessed"):
            Risk.objects.filter(pk=risk.pk).update(velocity="hours")
    with acting(None, "risk.assessed"):
        Risk.objects.filter(pk=risk.pk).update(velocity="days")
    alone, together, _created = trail_of(risk).entries
    assert [told.event.action for told in together.changes] == [
        "assessment.confirmed",
        "risk.assessed",
    ]
    assert (alone.actor, len(alone.changes)) == ("system", 1)


def test_what_a_file_said_is_told_by_name(risk):
    RiskOrigin.objects.create(
        risk=risk,
        kind="import",
        ref_id="f:1",
        label="台账.xlsx",
        details={"number": "7", "Neu": "x"},
    )
    assert words(risk)[0][3] == [
        ("Origin", "", "Imported file"),
        ("Name", "", "台账.xlsx"),
        ("Number in the file", "", "7"),
        ("Neu", "", "x"),
    ]
    assert str(RiskOrigin.objects.get()).endswith("台账.xlsx")


def test_half_a_cell_is_told_as_it_is(risk, risk_manager, second_manager):
    assess(risk, (4, 4), (4, 4), by=risk_manager, confirmed_by=second_manager)
    with acting(None, "risk.edited"):
        Risk.objects.filter(pk=risk.pk).update(residual_probability=5)
    names = [name for name, _before, _after in words(risk)[0][3]]
    assert names == ["Residual probability"]
    Risk.objects.filter(pk=risk.pk).update(residual_probability=4)  # the database wants it true


def test_a_new_risk_is_long_and_so_is_a_great_change(register, risk_manager):
    (risk,) = adopt_risks(LibraryRisk.objects.all()[:1], by=risk_manager, register=register)
    edit_risk(risk, by=risk_manager, version=1, title="短")
    newest, created = trail_of(risk).entries
    assert (newest.is_long, newest.size) == (False, 1)
    assert created.is_long is True
    with acting(None, "risk.edited"):
        for number in range(16):
            Risk.objects.filter(pk=risk.pk).update(title=f"第 {number} 个")
    newest = trail_of(risk).entries[0]
    assert (newest.is_long, newest.size) == (True, 16)


def test_what_others_wrote_is_not_told(risk, other_risk, risk_manager):
    edit_risk(other_risk, by=risk_manager, version=1, title="别人的")
    assert [action for action, *_rest in words(risk)] == ["Put into the register"]


def test_changes_past_the_services_are_told_too(risk):
    Risk.objects.filter(pk=risk.pk).update(title="绕过")
    action, actor, _reason, changes = words(risk)[0]
    assert action == "Changed"
    assert actor.startswith("database role ")
    assert changes == [("Name", "客户家中漏水", "绕过")]


def test_page_after_page_to_the_beginning(risk, risk_manager, monkeypatch):
    monkeypatch.setattr(history, "PER_PAGE", 4)
    for version in range(1, 6):
        edit_risk(risk, by=risk_manager, version=version, title=f"第 {version} 版")
    first, last = trail_of(risk, 1), trail_of(risk, 2)
    assert (first.number, first.later, first.earlier) == (1, None, 2)
    assert (last.number, last.later, last.earlier) == (2, 1, None)
    assert trail_of(risk, 0) == first
    assert trail_of(risk, 9).entries == []
    titles = [
        change.after
        for trail in (first, last)
        for entry in trail.entries
        for told in reversed(entry.changes)
        for change in told.changes
        if change.field == "title"
    ]
    assert titles == ["第 5 版", "第 4 版", "第 3 版", "第 2 版", "第 1 版", "客户家中漏水"]


def test_the_queries_do_not_grow_with_the_trail(risk, risk_manager, second_manager, tech, ops):
    def count():
        with CaptureQueriesContext(connection) as queries:
            trail_of(risk)
        return len(queries)

    edit_risk(risk, by=risk_manager, version=1, owner=second_manager, owner_department=tech)
    few = count()
    for version in range(2, 12):
        department = ops if version % 2 else Department.objects.get(code="CARE")
        edit_risk(risk, by=risk_manager, version=version, owner_department=department)
    assert count() == few


def test_related_rows_are_those_of_the_registry(risk, risk_manager, monkeypatch):
    monkeypatch.setattr(related, "_related", dict(related._related))
    assert RiskOrigin in related._related
    register_related(Related(Department, "risks"))
    Department.objects.filter(pk=risk.owner_department_id).update(name_en="Field services")
    (action, _actor, _reason, changes), *_others = words(risk)
    assert (action, changes) == (
        "Changed",
        [("Name in English", "Service operations", "Field services")],
    )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_key_or_json_is_shown(risk, risk_manager, head_cleaning, language, register):
    edit_risk(risk, by=risk_manager, version=1, owner=head_cleaning)
    RiskOrigin.objects.create(risk=risk, kind="import", ref_id="f:1", details={"number": "7"})
    make_risk(register, by=risk_manager)
    with override(language):
        shown = [
            text
            for entry in trail_of(risk).entries
            for told in entry.changes
            for change in told.changes
            for text in (change.name, change.before, change.after)
        ]
    assert not [text for text in shown if "{" in text or text.endswith("_id") or "#" in text]


def test_controls_of_the_risk_come_go_and_are_checked(risk, control, risk_manager):
    link = link_control(risk, control, by=risk_manager, note="只在白天")
    check(control, 20, 3, by=risk_manager)
    unlink_control(link, by=risk_manager)
    link_control(risk, control, by=risk_manager)
    effect = [("Lowers", "", "Probability"), ("By how many steps", "", "1")]
    back, gone, checked, put, *_created = words(risk)
    assert [one[0] for one in (back, gone, checked, put)] == [
        "Control linked to the risk", "Control taken off the risk", "Control checked",
        "Control linked to the risk",
    ]  # fmt: skip
    assert (back[3][-2:], put[3][-1]) == (effect, ("Note", "", "只在白天"))
    assert ("Control", "C-101 完工试压", "") in gone[3]
    assert [change for change in checked[3] if change[0] in {"Exceptions", "As the rule says"}] == [
        ("Exceptions", "", "3"),
        ("As the rule says", "", "Partly effective"),
    ]
