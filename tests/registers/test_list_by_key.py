"""The list of risks by key, in a real browser."""

import pytest

from registers.models import LibraryRisk
from registers.services import adopt_risks
from tests.riskhub.web.browser import settle, shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOCUS = "document.activeElement.closest('tr')?.dataset.code || document.activeElement.id"
OPEN = "document.getElementById('risk-panel').dataset.open || ''"
CHOSEN = (
    "[...document.querySelectorAll('tr[aria-selected=true]')].map(row => row.dataset.code).join()"
)


@pytest.fixture
def twelve(register, risk_manager):
    adopt_risks(LibraryRisk.objects.all()[:12], by=risk_manager, register=register)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(120)  # a row is fetched when the keys rest
    settle(page)


def test_rows_are_walked_opened_and_closed(twelve, window, risk_manager):
    with window(risk_manager) as page:
        page.goto("/risks/?sort=code")
        press(page, "j")
        assert page.evaluate(FOCUS) == "R001"
        press(page, "j", "j", "k")
        assert page.evaluate(FOCUS) == "R002"
        assert page.evaluate(OPEN) == ""
        press(page, "Enter")
        assert page.evaluate(FOCUS) == "panel-title"
        assert (page.evaluate(OPEN), page.evaluate(CHOSEN)) == ("R002", "R002")
        assert "open=R002" in page.url
        assert violations(page) == []
        shot(page, "list-panel")
        press(page, "j")
        assert (page.evaluate(OPEN), page.evaluate(FOCUS)) == ("R003", "R003")
        assert "R003" in page.locator("#live").text_content()
        page.go_back()
        settle(page)
        assert page.evaluate(OPEN) == ""
        page.locator("tr[data-code=R004] .rh-name").click()
        settle(page)
        assert page.evaluate(OPEN) == "R004"
        press(page, "Escape")
        assert (page.evaluate(OPEN), page.evaluate(FOCUS)) == ("", "R004")
        assert page.url.endswith("/risks/?sort=code")
        press(page, "a")
        page.wait_for_url("**/risks/R004/assess/")


def test_all_keys_are_shown_and_can_be_switched_off(twelve, window, risk_manager):
    with window(risk_manager) as page:
        page.goto("/risks/?sort=code")
        press(page, "?")
        dialog = page.locator("#keys")
        assert dialog.is_visible()
        assert violations(page) == []
        keys = dialog.locator("kbd").all_text_contents()
        assert {"j k", "e", "a", "p", "c", "?", "Esc", "g"} <= set(keys)
        press(page, "Escape")
        assert dialog.is_hidden()
        press(page, "g", "c")  # a chord that leads nowhere: the second key is not one of its own
        assert page.url.endswith("/risks/?sort=code")
        cookie = {"name": "keys", "value": "off", "url": page.url}
        page.context.add_cookies([cookie])
        page.reload()
        press(page, "?", "j", "c")
        assert dialog.is_hidden()
        assert page.evaluate(FOCUS) == ""
        page.locator(".rh-top .rh-menu summary").last.click()
        page.locator("[popovertarget=keys]").first.click()
        assert dialog.is_visible()


def test_on_a_phone_a_row_opens_its_page(twelve, window, risk_manager):
    with window(risk_manager, phone=True) as page:
        page.goto("/risks/?sort=code")
        page.locator("tr[data-code=R002] .rh-name").click()
        page.wait_for_url("**/risks/R002/")
        page.goto("/risks/?open=R003")
        page.wait_for_url("**/risks/R003/")


def test_where_there_is_no_room_the_panel_slides_over(twelve, window, risk_manager):
    with window(risk_manager, viewport={"width": 900, "height": 700}) as page:
        page.goto("/risks/?open=R003")
        box = page.locator("#risk-panel").bounding_box()
        assert (box["x"] + box["width"], box["y"]) == (900, 0)
        page.locator("[data-panel-close]").click()
        assert page.locator("#risk-panel").is_hidden()


def test_without_script_the_panel_is_there_and_closes(twelve, window, risk_manager):
    with window(risk_manager, java_script_enabled=False) as page:
        page.goto("/risks/?level=none&open=R003")
        assert page.locator("#risk-panel h2").is_visible()
        page.locator("[data-panel-close]").click()
        page.wait_for_url("**/risks/?level=none")
        page.locator("tr[data-code=R002] .rh-name").click()
        page.wait_for_url("**/risks/R002/")
