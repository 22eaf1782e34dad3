"""Every page of the product in a browser, in both languages, at both widths, in both themes."""

import csv
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from tests.flows.demo import ASKING, DECIDED, speak, tell_demo
from tests.flows.language import KEY, READ, foreign_to
from tests.flows.looks import faults
from tests.flows.markup import MARKUP, SEEN
from tests.flows.pages import NO_PAGES, all_pages
from tests.routes import routes

pytestmark = pytest.mark.browser
LOGS = {
    "oversight:event_list",
    "oversight:event_detail",
    "oversight:request_detail",
    "oversight:work_list",
}
"""Where programs' names may stand."""


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_every_page(enter, monkeypatch, locale):
    """axe-core finds nothing, the console is quiet, nothing overflows, each speaks its language."""
    people = tell_demo(monkeypatch)
    stops = list(all_pages())
    expected = {route.name for route in routes() if not route.name.startswith("api:")}
    assert {stop.name for stop in stops} | NO_PAGES == expected

    speak(people, locale)
    wrong = list(walk(enter, people, stops, locale))
    assert not wrong, "\n".join(wrong)
    page, _heard = enter(people["risk.manager"])
    for rows in (as_csv(page), as_workbook(page)):
        assert [row.count(MARKUP) for row in rows] == [0, 6, 6]  # texts, owner, register


def as_csv(page):
    text = page.request.get("/risks/export/?register=MARKUP&format=csv").text()
    return list(csv.reader(StringIO(text)))


def as_workbook(page):
    content = page.request.get("/risks/export/?register=MARKUP&format=xlsx").body()
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def walk(enter, people, stops, locale):
    """Sentences. The light theme is looked at on the first walk, the dark one on the second."""
    foreign, windows = foreign_to(locale, ASKING, DECIDED, MARKUP[:37], MARKUP[:40]), {}
    for stop in stops:
        if stop.who not in windows:
            windows[stop.who] = enter(people.get(stop.who), language=locale)
        page, heard = windows[stop.who]
        led = stop.ready(page) if stop.ready else None
        answer = led if stop.stays else page.goto(stop.path)
        found = [] if answer.status == stop.status else [f"answers {answer.status}"]
        found += faults(page, dark=locale == "en")
        found += spoken(page, locale, foreign, keys=stop.name in LOGS)
        if page.evaluate(SEEN):
            found.append("typed markup became an element")
        found += [f"console: {text}" for text in heard if not is_meant(stop, text)]
        heard.clear()
        if stop.stays:  # it asks before it is left, as something refused stands in it
            windows.pop(stop.who)[0].close()
        yield from (f"{locale} {stop}: {fault}" for fault in found)


def is_meant(stop, text):
    """The console names every page that answers a refusal."""
    return "status of 40" in text or f"status of {stop.status} " in text


def spoken(page, locale, foreign, *, keys):
    """What is not in the page's language; `keys` where programs' names may stand."""
    lang = "en" if locale == "en" else "zh-Hans"
    for language, text in page.evaluate(READ):
        if language == lang and foreign(text) and not (keys and KEY.fullmatch(text)):
            yield f"{foreign(text)!r} in {text!r}"
