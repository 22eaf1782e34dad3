"""The page that describes the API, in a real browser under the strict policy."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_operation_is_shown_and_tried(window, register, risk_manager):
    with window(risk_manager) as page:
        page.goto("/api/v1/docs/")
        operation = page.locator("#operations-registers-register_list")
        page.locator(".opblock").first.wait_for()
        page.mouse.move(700, 450)
        for _turn in range(60):  # only what is near the window is there
            if operation.count():
                break
            page.mouse.wheel(0, 600)
            page.wait_for_timeout(100)
        operation.locator("button").first.click()
        operation.get_by_role("button", name="Try it out").click()
        operation.get_by_role("button", name="Execute").click()
        operation.locator(".live-responses-table .response-col_status").get_by_text(
            "200"
        ).wait_for()
        assert '"code": "SVC"' in operation.locator(".live-responses-table").inner_text()
