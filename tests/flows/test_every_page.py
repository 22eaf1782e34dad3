"""Every page of the product in a browser: axe-core finds nothing, the console is quiet, nothing overflows."""

import pytest

from tests.flows.demo import speak, tell_demo
from tests.flows.looks import faults
from tests.flows.pages import NO_PAGES, all_pages
from tests.routes import routes

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_every_page(enter, monkeypatch, locale):
    people = tell_demo(monkeypatch)
    speak(people, locale)
    stops = list(all_pages())
    expected = {route.name for route in routes() if not route.name.startswith("api:")}
    assert {stop.name for stop in stops} | NO_PAGES == expected

    wrong, windows = [], {}
    for stop in stops:
        if stop.who not in windows:
            windows[stop.who] = enter(people.get(stop.who), language=locale)
        page, heard = windows[stop.who]
        answer = page.goto(stop.path)
        assert (answer.status, page.locator("html").get_attribute("lang")) == (
            stop.status, "en" if locale == "en" else "zh-Hans"
        ), stop  # fmt: skip
        wrong += [f"{stop}: {fault}" for fault in faults(page)]
        wrong += [f"{stop}: console: {text}" for text in heard if "status of 40" not in text]
        heard.clear()
    assert wrong == []
