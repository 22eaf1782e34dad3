import pytest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from registers import tabs
from registers.choices import RiskState
from registers.models import Risk
from registers.services import close_risk
from registers.tabs import (
    Action,
    Tab,
    WayIn,
    actions_for,
    fill_slot,
    register_actions,
    register_slot,
    register_step_facts,
    register_tab,
    register_way_in,
    risk_head,
    step_facts,
    tabs_of,
    ways_in,
)


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """Whatever the packages have registered."""
    monkeypatch.setattr(tabs, "_tabs", {})
    monkeypatch.setattr(tabs, "_ways_in", {})
    monkeypatch.setattr(tabs, "_actions", [])
    monkeypatch.setattr(tabs, "_facts", [])
    monkeypatch.setattr(tabs, "_slots", {name: [] for name in tabs.SLOTS})


@pytest.fixture
def stored(risk):
    return Risk.objects.get(pk=risk.pk)


def test_tabs_in_their_order_with_what_the_user_may_see(stored, risk_manager, auditor):
    register_tab(Tab("b", "二", 20, "registers:risk_history", count=lambda risk: risk.number + 6))
    register_tab(Tab("a", "一", 10, "registers:risk_detail"))
    register_tab(
        Tab("c", "三", 5, "registers:risk_edit", allowed=lambda user, _r: user == risk_manager)
    )
    register_tab(Tab("a", "一新", 10, "registers:risk_detail"))
    shown = tabs_of(auditor, stored, "b")
    assert [(t.key, t.label, t.url, t.is_current, t.count) for t in shown] == [
        ("a", "一新", "/risks/R001/", False, None),
        ("b", "二", "/risks/R001/history/", True, 7),
    ]
    assert [t.key for t in tabs_of(risk_manager, stored, "")] == ["c", "a", "b"]


def test_one_action_is_the_next_step(stored, risk_manager):
    first = Action("评估", "/1", is_primary=True, hint="还没有评估")
    second = Action("写方案", "/2", is_primary=True)
    rare = Action("关闭", "/3", is_rare=True)

    def provider(_user, _risk):
        return [rare, Action("修改", "/4")]

    register_actions(provider)
    register_actions(provider)
    register_actions(lambda _user, _risk: [first, second])
    actions = actions_for(risk_manager, stored)
    assert actions.next == first
    assert actions.others == [Action("修改", "/4"), second]
    assert actions.rare == [rare]


def test_nothing_to_do(stored, auditor):
    actions = actions_for(auditor, stored)
    assert (actions.next, actions.others, actions.rare) == (None, [], [])


def test_slots_leave_out_what_is_empty(stored, risk_manager):
    def chart(_user, risk):
        return format_html("<svg>{}</svg>", risk.code)

    register_slot("standing", chart)
    register_slot("standing", chart)
    register_slot("standing", lambda _user, _risk: SafeString())
    assert fill_slot("standing", risk_manager, stored) == ["<svg>R001</svg>"]
    assert fill_slot("overview", risk_manager, stored) == []
    with pytest.raises(KeyError):
        register_slot("elsewhere", chart)


def test_ways_in(risk_manager, auditor):
    register_way_in(WayIn("风险库", "registers:library_list", lambda user: user == risk_manager))
    assert ways_in(risk_manager) == [("/library/", "风险库")]
    assert ways_in(auditor) == []


class TestHead:
    def test_the_steps_of_an_open_risk(self, stored, risk_manager):
        def facts(_risk):
            return {RiskState.ASSESSED: "第 2 次"}

        register_step_facts(facts)
        register_step_facts(facts)
        Risk.objects.update(state="responding", reported_on="2020-03-04", next_review_on=None)
        stored.refresh_from_db()
        head = risk_head(risk_manager, stored, "overview")
        assert [(s.fact, s.place) for s in head["steps"]] == [
            ("2020年3月4日", "done"),
            ("第 2 次", "done"),
            ("", "now"),
            ("", ""),
        ]
        assert (head["risk"], head["flags"]) == (stored, [])
        assert step_facts(stored) == {"assessed": "第 2 次"}

    def test_a_step_that_was_passed_over_is_not_done(self, stored, risk_manager):
        Risk.objects.update(
            state="monitored", reported_on="2020-03-04", assessed_on="2020-04-05",
            next_review_on="2020-06-07",
        )  # fmt: skip
        stored.refresh_from_db()
        head = risk_head(risk_manager, stored, "overview")
        assert [s.place for s in head["steps"]] == ["done", "done", "", "now"]
        assert "2020年6月7日" in head["steps"][3].fact
        assert [flag.is_alert for flag in head["flags"]] == [True]
        Risk.objects.update(assessed_on=None)  # the database wants it true at the end

    def test_a_closed_risk_ends_in_a_fifth_step(self, stored, risk_manager):
        Risk.objects.update(next_review_on="2020-06-07")
        close_risk(stored, by=risk_manager, reason="停办")
        head = risk_head(risk_manager, stored, "overview")
        assert [s.place for s in head["steps"]] == ["done", "", "", "", "now"]
        assert head["steps"][4].fact != ""
        assert [flag.is_alert for flag in head["flags"]] == [False]
