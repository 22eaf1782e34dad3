"""A page that is swapped in begins as a page that is loaded."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_new_page_begins_at_its_top(window, manager):
    with window(manager) as page:
        page.set_viewport_size({"width": 800, "height": 300})
        page.goto("/web/thing/")
        page.locator("#press [name=to]").evaluate("e => e.value = '/web/parts/'")
        page.locator("#pressing").scroll_into_view_if_needed()
        assert page.evaluate("scrollY") > 0
        page.locator("#pressing").click()
        page.wait_for_url("**/web/parts/")
        page.wait_for_function("() => document.activeElement.id === 'main'")
        assert page.evaluate("scrollY") == 0
