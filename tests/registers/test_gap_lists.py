"""The rule of the gaps in the database says what the pure one says, risk by risk and control by control."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from registers import barriers
from registers.barriers import Barrier, Cover, covered, other_barriers, register_cover
from registers.bow_tie import bow_tie_of
from registers.gap_lists import gap_counts, gap_rows
from registers.gaps import gaps_of_control, gaps_of_risk
from registers.models import Control, Risk, RiskControl
from registers.services import close_risk, link_control
from tests.builders import assess, check, make_control, make_risk

KINDS = ("preventive", "mitigating", "emergency")
CELLS = {None: None, 0: (1, 1), 1: (3, 3), 2: (4, 3), 3: (5, 5)}


@pytest.fixture
def ready(ops, risk_manager):
    """{(type, state): control} in use and planned."""
    return {
        (kind, state): make_control(
            ops, by=risk_manager, title=kind + state, type=kind, state=state
        )
        for kind in KINDS
        for state in ("active", "draft")
    }


def test_risks_of_every_level_with_every_control(
    register, ready, risk_manager, second_manager, django_assert_num_queries
):
    for cell in CELLS.values():
        for held in [(), *ready]:
            risk = make_risk(register, by=risk_manager, title=f"{cell} {held}")
            if cell:
                assess(risk, cell, cell, by=risk_manager, confirmed_by=second_manager)
            if held:
                link_control(risk, ready[held], by=risk_manager)
    expected = {"no_preventive": set(), "no_emergency": set()}
    for risk in Risk.objects.all():
        links = RiskControl.objects.filter(risk=risk, control__state="active")
        for gap in gaps_of_risk(risk.residual_level, links.values_list("control__type", flat=True)):
            expected[gap.key].add(risk.pk)
    assert {len(keys) for keys in expected.values()} == {12, 6}
    for key, keys in expected.items():
        assert {row.pk for row in gap_rows(key, risk_manager)} == keys
    with django_assert_num_queries(2):
        counts = {one.key: one.count for one in gap_counts(risk_manager)}
    assert counts == {"no_preventive": 12, "no_emergency": 6, "ineffective": 0, "overdue": 0}


def test_controls_in_every_state_with_every_result(ops, risk_manager):
    today = timezone.localdate()
    for wrong in (None, 0, 3, 12):
        for late in (0, 1):
            control = make_control(ops, by=risk_manager, title=f"{wrong} {late}")
            if wrong is not None:
                check(control, 20, wrong, by=risk_manager)
            Control.objects.filter(pk=control.pk).update(next_check_on=today - timedelta(days=late))
    make_control(ops, by=risk_manager, title="x", state="draft", next_check_on=today - timedelta(9))
    for key in ("ineffective", "overdue"):
        expected = {
            one.pk
            for one in Control.objects.with_last_check()
            if key
            in {
                g.key
                for g in gaps_of_control(one.state, one.last_result, is_overdue=one.is_overdue)
            }
        }
        assert {row.pk for row in gap_rows(key, risk_manager)} == expected
        assert len(expected) == {"ineffective": 2, "overdue": 4}[key]


def test_a_closed_risk_lacks_nothing(risk, risk_manager, second_manager):
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    assert gap_rows("no_preventive", risk_manager).count() == 1
    close_risk(risk, by=risk_manager, reason="停办")
    assert gap_rows("no_preventive", risk_manager).count() == 0


class TestWhatElseAnswersAnEmergency:
    @pytest.fixture
    def critical(self, risk, risk_manager, second_manager):
        assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
        return risk

    @pytest.fixture
    def cover(self, monkeypatch):
        monkeypatch.setattr(barriers, "_covers", [])
        plan = Barrier("CP-01", "漏水预案", "/x/", "应急", "7月9日 演练")
        cover = Cover(covered=lambda: Q(title="客户家中漏水"), barriers=lambda _user, _risk: [plan])
        register_cover(cover)
        register_cover(cover)
        return plan

    def test_closes_the_gap_in_the_list(self, critical, risk_manager, cover, monkeypatch):
        assert len(covered()) == 1
        assert gap_rows("no_emergency", risk_manager).count() == 0
        assert gap_rows("no_preventive", risk_manager).count() == 1
        monkeypatch.setattr(barriers, "_covers", [])
        assert gap_rows("no_emergency", risk_manager).count() == 1

    def test_and_in_the_picture(self, critical, risk_manager, cover):
        tie = bow_tie_of(risk_manager, Risk.objects.get(pk=critical.pk))
        assert list(tie.after) == other_barriers(risk_manager, critical) == [cover]
        assert [gap.key for gap in tie.gaps] == ["no_preventive"]

    def test_a_planned_one_closes_nothing(self, critical, risk_manager, monkeypatch):
        planned = Barrier("CP-02", "草稿", "/x/", "应急", "计划中", is_planned=True)
        cover = Cover(covered=Q, barriers=lambda _user, _risk: [planned])
        monkeypatch.setattr(barriers, "_covers", [cover])
        tie = bow_tie_of(risk_manager, Risk.objects.get(pk=critical.pk))
        assert [gap.key for gap in tie.gaps] == ["no_preventive", "no_emergency"]
        assert tie.gap_after != ""
