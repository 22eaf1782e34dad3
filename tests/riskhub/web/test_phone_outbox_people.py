"""One phone and several people: nothing is shown to another, sent as another's, or left behind unasked."""

import pytest
from django.conf import settings
from django.test import Client

from incidents.models import Incident

pytestmark = pytest.mark.browser
FORM = "/m/incident"
SEND = ".rh-act button[type=submit]"
PANEL = "[data-outbox-panel]"
NO_NETWORK = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_FAILED",
    "htmx:",
    "Response Status Error",
    "of 401",
    "of 403",
)


def session(page, user):
    """Who is signed in on this phone from now on; None for nobody."""
    page.context.clear_cookies()
    if user:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.url}]
        )


def leave_one(page, text="老人起夜时滑倒"):
    """Written and sent without network, so that it waits."""
    page.goto(FORM)
    page.fill("[name=text]", text)
    page.route(f"**{FORM}", lambda route: route.abort())
    page.click(SEND)
    page.locator(PANEL).wait_for()
    page.unroute(f"**{FORM}")


@pytest.fixture
def phone(window, staff_cleaning, risk_manager):
    return lambda: window(staff_cleaning, phone=True, allowed=NO_NETWORK)


def test_another_person_neither_sees_nor_sends_it(phone, staff_cleaning, staff_repair):
    with phone() as page:
        leave_one(page)
        session(page, staff_repair)
        page.evaluate("outbox.start(true)")
        page.goto("/m/outbox")
        page.get_by_text("还有别人的 1 条").wait_for()
        page.evaluate("outbox.start(true)")
        assert (page.locator("#things li").count(), Incident.objects.count()) == (0, 0)
        page.goto(FORM)
        assert page.input_value("[name=text]") == ""
        session(page, staff_cleaning)
        page.goto("/m/outbox")
        page.locator("#things [data-done]").wait_for()
    assert Incident.objects.get().reporter == staff_cleaning


def test_a_page_left_open_does_not_send_as_whoever_signed_in_since(phone, staff_repair):
    with phone() as page:
        page.goto(FORM)
        page.fill("[name=text]", "老人起夜时滑倒")
        session(page, staff_repair)
        page.click(SEND)
        page.get_by_text("这是别人在您登录之前写的").first.wait_for()
        assert page.input_value("[name=text]") == "老人起夜时滑倒"
    assert Incident.objects.count() == 0


def test_signed_out_meanwhile_it_waits_for_the_sign_in(phone, staff_cleaning):
    with phone() as page:
        page.goto(FORM)
        page.fill("[name=text]", "老人起夜时滑倒")
        session(page, None)
        page.click(SEND)
        page.locator(PANEL).get_by_text("您已退出登录").wait_for()
        page.evaluate("outbox.start(true)")
        assert Incident.objects.count() == 0
        session(page, staff_cleaning)
        page.evaluate("outbox.start(true)")
        page.locator("[data-receipt]").wait_for()
    assert Incident.objects.get().reporter == staff_cleaning


def test_signing_out_asks_first_what_becomes_of_it(phone):
    with phone() as page:
        leave_one(page)
        page.route(f"**{FORM}", lambda route: route.abort())
        page.goto("/m/outbox")
        page.locator("#things li").wait_for()
        assert not page.locator("#leaving").is_visible()
        page.goto("/")
        page.locator(".rh-avatar").click()
        page.get_by_role("button", name="退出").click()
        page.wait_for_url("**/m/outbox#leaving")
        page.get_by_role("button", name="仍然退出").click()
        page.wait_for_url("**/accounts/login/**")
        waits = "() => indexedDB.databases().then((all) => all.map((one) => one.name))"
        assert page.evaluate(waits) == ["riskhub-phone"]
    assert Incident.objects.count() == 0


def test_signing_out_with_nothing_waiting_is_not_asked_about(phone):
    with phone() as page:
        page.goto("/")
        page.locator(".rh-avatar").click()
        page.get_by_role("button", name="退出").click()
        page.wait_for_url("**/accounts/login/**")
