"""The heat map in a real browser: arrows, Enter and t, pointer, phone, and without script."""

import pytest

from riskhub.accounts.services import set_theme
from tests.assessments.views.heat_map_page import (
    URL,
    rated,
    risks,
)
from tests.riskhub.web.browser import settle, shot, violations

__all__ = ["rated", "risks"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def focused(tab):
    return tab.evaluate("document.activeElement.dataset.cell || document.activeElement.id")


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_the_way_by_keyboard(locale, window, sign_in, risks, risk_manager):
    sign_in(risk_manager, locale)
    with window(risk_manager) as tab:
        tab.goto(URL)
        stops = tab.locator('svg.rh-matrix:visible [tabindex="0"]')
        assert stops.evaluate_all("all => all.map((one) => one.dataset.cell)") == ["1-5"]
        stops.focus()
        for key, place in (
            ("ArrowRight", "2-5"), ("ArrowDown", "2-4"), ("ArrowLeft", "1-4"), ("ArrowUp", "1-5"),
            ("ArrowUp", "1-5"), ("ArrowLeft", "1-5"),
        ):  # fmt: skip
            tab.keyboard.press(key)
            assert focused(tab) == place
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"):
            tab.keyboard.press(key)
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/matrix/?probability=4&impact=3")
        tab.locator('#cell-4-3[aria-current="true"]').wait_for()
        assert tab.locator("#cell-risks .rh-name").count() == 2
        assert focused(tab) == "4-3"
        tab.locator("#live:not(:empty)").wait_for(state="attached")
        tab.keyboard.press("ArrowDown")
        assert focused(tab) == "4-2"
        tab.keyboard.press("t")
        assert tab.locator("#heat-table table").is_visible()
        assert focused(tab) == ""  # the summary of the table
        tab.keyboard.press("t")
        assert not tab.locator("#heat-table table").is_visible()
        tab.go_back()
        tab.locator("#cell-risks:not(:has(.rh-name))").wait_for()
        assert tab.url.endswith("/matrix/")


def test_the_way_by_pointer(window, sign_in, risks, risk_manager):
    sign_in(risk_manager)
    with window(risk_manager) as tab:
        tab.goto(URL)
        tab.locator("#cell-4-3").click()
        tab.locator("#cell-risks .rh-name").first.wait_for()
        tab.locator("#filter-department summary").click()
        tab.locator("#department-REPAIR").check()
        tab.wait_for_url("**department=REPAIR**")
        assert "probability=4&impact=3" in tab.url
        assert tab.locator("#cell-risks .rh-name").count() == 0
        tab.locator("#kind-target").click()
        tab.wait_for_url("**kind=target**")
        assert "probability" not in tab.url


def test_applying_a_filter_closes_its_menu(window, sign_in, risks, risk_manager):
    sign_in(risk_manager)
    with window(risk_manager) as tab:
        tab.goto(URL)
        tab.locator("#filter-department summary").click()
        tab.locator("#department-REPAIR").check()
        tab.wait_for_url("**department=REPAIR**")
        settle(tab)
        assert tab.locator("#filter-department").get_attribute("open") is not None
        tab.locator("#filter-department button[type=submit]").click()
        settle(tab)
        assert tab.locator("#filter-department").get_attribute("open") is None
        assert tab.evaluate("document.activeElement.parentElement.id") == "filter-department"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_plain_link_works(javascript, window, sign_in, risks, risk_manager):
    sign_in(risk_manager)
    with window(risk_manager, phone=True, java_script_enabled=javascript) as tab:
        tab.goto(URL)
        tab.locator("#small-4-3").click()
        tab.wait_for_url("**/matrix/?probability=4&impact=3")
        tab.locator("#cell-risks .rh-name").first.wait_for()
        assert tab.locator("#cell-risks .rh-name").count() == 2


@pytest.mark.parametrize(
    ("locale", "theme", "phone"),
    [  # every pair of language, theme and width once
        ("zh-hans", "light", False), ("zh-hans", "dark", True), ("en", "dark", False),
        ("en", "light", True),
    ],
)  # fmt: skip
def test_looks(locale, theme, phone, window, sign_in, risks, risk_manager):
    sign_in(risk_manager, locale)
    set_theme(risk_manager, by=risk_manager, theme=theme)
    with window(risk_manager, phone=phone) as tab:
        tab.goto(f"{URL}?probability=1&impact=5")
        tab.locator("#heat-table summary").click()
        shot(tab, f"heat-map-{locale}-{theme}-{'phone' if phone else 'desktop'}")
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
