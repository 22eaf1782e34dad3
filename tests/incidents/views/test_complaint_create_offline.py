"""A complaint that is written down for a customer without network, and what happens when sending fails."""

import re

import pytest

from incidents.models import Complaint, Incident
from tests.riskhub.web.browser import violations

pytestmark = pytest.mark.browser
URL = "/m/complaint"
REPORT = "/m/incident"
SEND = ".rh-act button[type=submit]"
PANEL = "[data-outbox-panel]"
LINE = "[data-outbox-line]"
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:", "Response Status Error")
STATES = "() => phoneStore.things().then((all) => all.map((one) => [one.state, one.tries]))"
FULL = """IDBObjectStore.prototype.put = () => {
    throw new DOMException("full", "QuotaExceededError");
};"""


@pytest.fixture
def phone(window, staff_cleaning, risk_manager):
    def opened(**facts):
        return window(staff_cleaning, phone=True, **{"allowed": NO_NETWORK} | facts)

    return opened


def write(page, text="热水器装好后漏水"):
    page.fill("[name=text]", text)


def until(page, expected):
    for _try in range(200):
        if page.evaluate(STATES) == expected:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{page.evaluate(STATES)} is not {expected}")


def test_written_down_without_network_it_arrives_once_with_its_moment(phone, staff_cleaning):
    with phone() as page:
        page.goto(URL)
        write(page)
        page.fill("[name=received_at]", "2026-09-01T09:10")
        page.fill("[name=phone]", "138 1234 5678")
        page.context.set_offline(True)
        page.click(SEND)
        page.locator(PANEL).wait_for()
        assert violations(page) == []
        page.context.set_offline(False)
        page.locator("[data-receipt]").click()
        page.wait_for_url(re.compile("/m/complaint/sent/"))
        until(page, [["sent", 0]]) if page.locator("#outbox").count() else None
    complaint = Complaint.objects.get()
    assert complaint.received_at.isoformat() == "2026-09-01T01:10:00+00:00"
    assert complaint.contact_phone == "138 1234 5678"


def test_a_phone_without_room_says_so_and_the_words_stay_on_the_page(phone):
    with phone() as page:
        page.add_init_script(FULL)
        page.goto(REPORT)
        write(page, "灯坏了")
        page.context.set_offline(True)
        page.click(SEND)
        page.locator(LINE).get_by_text("存不下了").wait_for()
        assert page.input_value("[name=text]") == "灯坏了"
        page.context.set_offline(False)
        page.click(SEND)
        page.wait_for_url(re.compile("/m/incident/sent/"))
    assert Incident.objects.get().text == "灯坏了"


@pytest.mark.parametrize("status", [413, 400])
def test_what_the_server_never_takes_waits_for_its_author_and_is_not_tried_on(phone, status):
    tries = []

    def refuse(route):
        tries.append(1)
        route.fulfill(status=status, body="no")

    with phone(allowed=(*NO_NETWORK, f"status of {status}")) as page:
        page.goto(REPORT)
        write(page, "灯坏了")
        page.context.set_offline(True)
        page.click(SEND)
        page.locator(PANEL).wait_for()
        page.route(REPORT, refuse)
        page.context.set_offline(False)
        until(page, [["held", 0]])
        assert page.locator("[data-why]").inner_text() == "服务器没有接受。"
        page.evaluate("outbox.start(true)")
        page.wait_for_timeout(300)
        assert len(tries) == 1
        page.unroute(REPORT)
        page.locator(f"{PANEL} a.btn").click()
        page.click("#things [data-open]")
        page.wait_for_function("() => document.querySelector('[name=text]')?.value === '灯坏了'")


def test_a_server_that_asks_to_wait_is_asked_later_and_then_takes_it(phone):
    with phone(allowed=(*NO_NETWORK, "status of 429")) as page:
        page.goto(REPORT)
        write(page, "灯坏了")
        page.route(REPORT, lambda route: route.fulfill(status=429, body="later"))
        page.click(SEND)
        page.locator(PANEL).get_by_text("会自动再试").wait_for()
        page.evaluate("outbox.start(true)")
        until(page, [["waiting", 1]])
        page.unroute(REPORT)
        page.evaluate("outbox.start(true)")
        page.locator("[data-receipt]").wait_for()
    assert Incident.objects.count() == 1


def test_on_a_slow_network_the_button_says_what_goes_on_and_one_press_is_enough(phone):
    under_way = []

    def hold(route):
        under_way.append(route)

    with phone() as page:
        page.goto(REPORT)
        write(page, "灯坏了")
        page.route(REPORT, hold)
        page.click(SEND, no_wait_after=True)
        page.locator(f"{SEND}[aria-disabled=true]").get_by_text("正在提交").wait_for()
        page.click(SEND, force=True, no_wait_after=True)
        page.wait_for_timeout(300)
        assert len(under_way) == 1
        under_way[0].continue_()
        page.wait_for_url(re.compile("/m/incident/sent/"))
    assert Incident.objects.count() == 1


def test_of_two_tabs_one_sends_it_and_both_say_so(phone):
    posts = []
    with phone() as page:
        page.goto(REPORT)
        write(page, "灯坏了")
        other = page.context.new_page()
        other.goto("/m/outbox")
        page.context.set_offline(True)
        page.click(SEND)
        page.locator(PANEL).wait_for()
        page.context.on("request", lambda sent: posts.append(sent) if sent.method == "POST" else 0)
        page.context.set_offline(False)  # both hear it at once
        other.evaluate("void outbox.start(true)")
        until(page, [["sent", 0]])
        page.evaluate("void outbox.start(true)")
        page.locator("[data-receipt]").wait_for()
    assert (Incident.objects.count(), len(posts)) == (1, 1)
