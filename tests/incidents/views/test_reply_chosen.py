"""A template goes behind what was typed, by a press or by its key, and without script into a new page."""

import pytest

from tests.incidents.complaining import make_complaint
from tests.incidents.views.stepping import url_of

pytestmark = pytest.mark.browser


def test_it_goes_behind_what_was_typed(window, service):
    complaint = make_complaint()
    with window(service) as page:
        page.goto(url_of(complaint, "contact"))
        page.fill("#id_text", "陈女士您好。")
        page.locator("h1").click()
        page.keyboard.press(";")
        page.locator("#replies a").first.click()
        typed = page.input_value("#id_text")
        assert typed.startswith(f"陈女士您好。\n您好，您的投诉 {complaint.code}")
        assert page.evaluate("document.activeElement.id") == "id_text"
        assert page.locator("#replies").get_attribute("open") is None


def test_without_script_the_page_opens_with_it(window, service):
    complaint = make_complaint()
    with window(service, java_script_enabled=False) as page:
        page.goto(url_of(complaint, "contact"))
        page.locator("#replies summary").click()
        page.locator("#replies a").first.click()
        assert complaint.code in page.input_value("#id_text")
