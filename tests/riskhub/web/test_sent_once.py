"""A form is sent once however fast it is pressed twice."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TWICE = {
    "clicks": "button => { button.click(); button.click(); }",
    "submits": "button => { for (const n of [1, 2]) button.form.requestSubmit(button); }",
}


@pytest.mark.parametrize("press", TWICE.values(), ids=TWICE)
@pytest.mark.parametrize("button", ["#send", "#pressing"])
def test_two_presses_in_one_breath(window, manager, button, press):
    """The second comes before the page has had time to do anything about the first."""
    sent = []
    with window(manager) as page:
        page.goto("/web/thing/")
        page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
        page.locator("#words").fill("一次")
        page.locator(button).evaluate(press)
        page.locator("[data-toast]").wait_for()
        page.wait_for_load_state("networkidle")
        assert len(sent) == 1
