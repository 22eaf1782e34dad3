"""A page that was left open: its token is of before, and one press sends it all the same."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_press_is_sent_twice_at_most(window, manager):
    """Where no token is taken, as in a browser without cookies, it is said."""
    sent = []

    def refuse(route):
        if route.request.method == "GET":
            return route.continue_()
        sent.append(route.request.post_data)
        return route.fulfill(status=403, headers={"X-CSRF-Token": f"fresh{len(sent)}" * 8})

    with window(manager, allowed=["403"]) as page:
        page.goto("/web/thing/")
        page.locator("#id_display_name").fill("没有 Cookie")
        page.route("**/web/thing/", refuse)
        page.locator("#save").click()
        page.locator("#notes .rh-note").wait_for()
        assert page.locator("[aria-busy]").count() == 0
        assert page.locator("#id_display_name").input_value() == "没有 Cookie"
    assert ["fresh1" in body for body in sent] == [False, True]
