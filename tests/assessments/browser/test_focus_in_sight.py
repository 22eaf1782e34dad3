"""Whoever goes through a long form by the keyboard sees where they are: no bar covers it."""

import pytest

from tests.builders import cover
from tests.riskhub.web.browser import settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_STOPS = 90
COVERED = """() => {
    const here = document.activeElement;
    const shown = here.closest("label") ?? here.labels?.[0]?.closest(".rh-choice, .rh-pick") ?? here;
    const box = shown.getBoundingClientRect();
    const bars = [...document.querySelectorAll(".rh-foot-sticky, .rh-bottom")];
    const isUnder = bars.some(bar => {
        const { top, bottom, left, right } = bar.getBoundingClientRect();
        const fits = box.height < top;  // a region higher than the window shows its beginning
        return !bar.contains(here) && fits && box.bottom > top + 1 && box.top < bottom - 1
            && box.right > left && box.left < right;
    });
    return isUnder ? `${here.name || here.textContent.trim()} ${box.top} to ${box.bottom}` : "";
}"""
IS_DONE = "() => document.querySelector('.rh-foot-sticky').contains(document.activeElement)"
SIZES = {"desk": (1280, 720), "phone": (375, 667)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["plans/RP-001/edit", "risks/R001/assess"])
def test_what_has_the_focus_lies_above_the_bar(
    changed_plan, risk_manager, window, in_english, path, size
):
    cover(changed_plan.risk, (5, 5), (2, 2), by=risk_manager)
    width, height = SIZES[size]
    with window(risk_manager, viewport={"width": width, "height": height}) as tab:
        tab.goto(f"/{path}/")
        settle(tab)
        tab.evaluate(
            "document.querySelector('h1').tabIndex = -1; document.querySelector('h1').focus()"
        )
        covered, stops = [], 0
        while not tab.evaluate(IS_DONE) and stops < MOST_STOPS:
            tab.keyboard.press("Tab")
            stops += 1
            covered += [what for what in [tab.evaluate(COVERED)] if what]
        assert 10 < stops < MOST_STOPS
        assert covered == []
