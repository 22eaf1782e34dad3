"""Lists at 375 px: every chip says what it is, and what is typed has room."""

import pytest

from registers.models import Risk
from riskhub.accounts.services import set_language, set_theme
from tests.assessments.views.heat_map_page import rated, risks
from tests.builders import assess, make_plan, make_risk
from tests.riskhub.web.browser import shot, violations

__all__ = ["rated", "risks"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DECISIONS = ("confirm", "reject")
LONG = "老旧小区高层外墙空调外机拆装时安全绳固定点失效"


@pytest.fixture
def waiting(register, risk_manager, second_manager):
    """R001 and R002 for the second manager to confirm, R003 their own."""
    for by in (risk_manager, risk_manager, second_manager):
        other = second_manager if by == risk_manager else risk_manager
        risk = make_risk(register, by=by, title=LONG)
        assess(risk, (5, 5), (3, 5), by=by, confirmed_by=other)
        assess(risk, (5, 5), (4, 4), by=by)


def speaking(user, locale, theme="light"):
    set_language(user, by=user, locale=locale)
    set_theme(user, by=user, theme=theme)
    return user


@pytest.mark.parametrize(("locale", "theme"), [("zh-hans", "light"), ("en", "dark")])
def test_what_waits_to_be_confirmed(waiting, second_manager, window, locale, theme):
    with window(speaking(second_manager, locale, theme), phone=True) as tab:
        tab.goto("/assessments/waiting/")
        shot(tab, f"waiting-phone-{locale}-{theme}")
        words = {"zh-hans": ["固有", "剩余"], "en": ["Inherent", "Residual"]}[locale]
        for row in tab.locator("tbody tr").all():
            chips = row.locator("td:has(.rh-level)")
            assert [chip.split()[0] for chip in chips.all_inner_texts()] == words
        first, own = tab.locator("tbody tr").first, tab.locator("tbody tr").last
        assert left_of(own.locator("td:has(.rh-level)").first) == left_of(own.locator("a").first)
        tick, name = first.locator("input").bounding_box(), first.locator(".rh-name").bounding_box()
        assert tick["x"] + tick["width"] < name["x"]
        assert abs(tick["y"] - name["y"]) < 10
        reason = tab.locator("#id_reason").bounding_box()
        confirm, back = (tab.locator(f"[value={name}]").bounding_box() for name in DECISIONS)
        assert reason["width"] > 200
        assert reason["y"] + reason["height"] <= min(confirm["y"], back["y"])
        assert abs(confirm["y"] - back["y"]) < 5
        assert tab.locator(".rh-foot-sticky").bounding_box()["height"] < 120
        chip, before = first.locator("td:has(.rh-level)").nth(1).locator(".rh-level").all()
        assert before.bounding_box()["y"] >= lower_end_of(chip) + 2
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_the_risks_of_a_cell(risks, risk_manager, window, locale):
    Risk.objects.filter(number=1).update(title=LONG)
    make_plan(Risk.objects.get(number=1), by=risk_manager, submitted=True)
    with window(speaking(risk_manager, locale), phone=True) as tab:
        tab.goto("/matrix/?probability=4&impact=3")
        shot(tab, f"cell-phone-{locale}")
        for item in tab.locator("#cell-risks .rh-work > li").all():
            name = item.locator("div").first.bounding_box()
            state = item.locator(".rh-state").bounding_box()
            assert name["width"] > 260
            assert state["y"] >= name["y"] + name["height"] - 1
            assert state["x"] == name["x"]
        assert violations(tab) == []


def test_on_a_desk_both_decisions_stand_in_one_line(waiting, second_manager, window):
    with window(second_manager) as tab:
        tab.goto("/assessments/waiting/")
        shot(tab, "waiting-desk")
        confirm, back = (tab.locator(f"[value={name}]").bounding_box() for name in DECISIONS)
        assert confirm["y"] == back["y"]


def lower_end_of(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


def left_of(locator):
    return locator.bounding_box()["x"]
