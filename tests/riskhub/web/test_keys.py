"""Single keys: they press, lead into forms, walk through rows, and rest while one writes."""

import pytest

from tests.riskhub.web.browser import settle, shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def focused(page):
    return page.evaluate("document.activeElement.id")


@pytest.fixture
def page(window, manager):
    with window(manager) as opened:
        opened.goto("/web/keys/")
        yield opened


def test_rows_are_walked_from_the_chosen_one_and_end_at_both_ends(page):
    page.keyboard.press("j")
    assert (focused(page), page.url[-2:]) == ("row-3", "#3")
    page.keyboard.press("j")
    assert focused(page) == "row-3"
    page.keyboard.type("kkk")
    assert (focused(page), page.url[-2:]) == ("row-1", "#1")


def test_the_key_of_a_row_is_that_of_the_one_with_the_focus_also_out_of_its_closed_menu(page):
    page.keyboard.press("l")  # several rows, and none has the focus
    assert "call" not in page.url
    page.locator("#item-2").focus()
    page.keyboard.press("l")
    assert page.url.endswith("#call-2")


def test_a_form_opens_at_its_first_empty_field_and_closes_again(page):
    page.keyboard.press("d")
    assert focused(page) == "why"
    page.keyboard.type("jam")  # keys rest while one writes
    assert page.locator("#why").input_value() == "jam"
    assert page.locator("[data-toast]").count() == 0
    page.keyboard.press("Escape")
    assert page.locator("#decline").get_attribute("open") is None
    page.keyboard.press("d")
    assert focused(page) == "declining"


def test_a_press_on_a_decision_goes_to_what_nobody_has_chosen(page):
    page.locator("#choosing > summary").click()
    page.wait_for_function("() => document.activeElement.id === 'kind-1'")
    page.locator("#choosing > summary").click()
    page.locator("#decline > summary").click()
    assert focused(page) != "why"


def test_a_text_is_sent_by_ctrl_enter(page):
    page.keyboard.press("d")
    page.keyboard.type("x")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/web/things/")


def test_a_key_may_only_lead_to_its_button(page):
    page.keyboard.press("m")
    assert focused(page) == "merging"


def test_held_with_another_key_they_are_the_browsers(page):
    for chord in ("Alt+m", "Shift+d", "Control+j"):
        page.keyboard.press(chord)
    assert focused(page) == ""


def test_all_keys_are_shown_and_put_away(page):
    page.keyboard.press("?")
    page.locator("#keys").get_by_text("上一条，下一条").wait_for()
    settle(page)
    assert violations(page) == []
    shot(page, "keys")
    page.keyboard.press("Escape")
    page.locator("#keys").wait_for(state="hidden")
    page.locator(".rh-menu summary[aria-label]").click()
    page.get_by_role("button", name="查看全部按键").click()
    page.locator("#keys").wait_for()


def test_turned_off_they_do_nothing(page):
    page.evaluate("document.body.dataset.keys = 'off'")
    for key in "jdm?u":
        page.keyboard.press(key)
    assert (focused(page), page.locator("#keys").is_visible()) == ("", False)
