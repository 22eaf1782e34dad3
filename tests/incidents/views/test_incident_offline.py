"""A report written without network: it stays on the phone, and arrives once."""

import re
import time

import pytest

from incidents.models import Incident
from riskhub.files.models import Attachment
from tests.photos import picture
from tests.riskhub.web.browser import violations

pytestmark = pytest.mark.browser
URL = "/m/incident"
SEND = ".rh-act button[type=submit]"
PANEL = "[data-outbox-panel]"
NO_NETWORK = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_FAILED",
    "ERR_CONNECTION",
    "htmx:",
    "Response Status Error",
)
PHOTO = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(400, 300))}
THINGS = "() => phoneStore.things().then((all) => all.map((one) => [one.state, one.tries]))"


@pytest.fixture
def phone(window, staff_cleaning, risk_manager):
    def opened(user=staff_cleaning, **facts):
        return window(user, phone=True, **{"allowed": NO_NETWORK} | facts)

    return opened


def write(page, text="老人起夜时滑倒", **ticks):
    page.fill("[name=text]", text)
    for name, value in ticks.items():
        page.check(f"[name={name}][value={value}]")


def until(page, expected):
    """The states of what the phone keeps, with the number of vain tries."""
    end = time.monotonic() + 10
    while page.evaluate(THINGS) != expected:
        assert time.monotonic() < end, page.evaluate(THINGS)
        page.wait_for_timeout(50)


def test_written_without_network_it_arrives_once_when_the_network_is_back(phone, staff_cleaning):
    with phone() as page:
        page.goto(URL)
        write(page, hurt="staff")
        page.set_input_files("#id_photos_1", [PHOTO])
        page.locator(".rh-thumbs-live img").wait_for()
        page.context.set_offline(True)
        page.click(SEND)
        page.locator(PANEL).wait_for()
        assert page.locator(f"{PANEL} h1").inner_text() == "在这部手机上，还没有发送"
        assert page.locator(f"{PANEL} a[href='tel:120']").is_visible()
        assert Incident.objects.count() == 0
        assert violations(page) == []
        page.context.set_offline(False)
        page.locator("[data-receipt]").wait_for()
        incident = Incident.objects.get()
        assert page.locator("[data-receipt]").get_attribute("href") == (
            f"/m/incident/sent/{incident.code}"
        )
        page.reload()
        until(page, [["sent", 0]])
    assert (incident.reporter, incident.text) == (staff_cleaning, "老人起夜时滑倒")
    assert [*incident.injured.values_list("role", flat=True)] == ["staff"]
    assert Attachment.objects.of_all([incident]).count() == 1
    assert Incident.objects.count() == 1


def test_an_answer_that_got_lost_makes_no_second_report(phone):
    """The server had it, the phone never heard so: it sends it again, and hears the same number."""
    with phone() as page:
        page.goto(URL)
        write(page)
        page.route(URL, lambda route: (route.fetch(max_redirects=0), route.abort())[1])
        page.click(SEND)
        page.locator(PANEL).wait_for()
        page.unroute(URL)
        assert Incident.objects.count() == 1
        page.evaluate("outbox.start(true)")
        page.locator("[data-receipt]").wait_for()
    assert Incident.objects.count() == 1


def test_what_is_being_written_is_there_after_closing_the_page(phone):
    with phone() as page:
        page.goto(URL)
        write(page, "灯坏了", kind="near_miss")
        page.set_input_files("#id_photos_1", [PHOTO])
        page.locator(".rh-thumbs-live img").wait_for()
        page.get_by_text("草稿在这部手机上。").wait_for()
        page.goto("about:blank")
        page.goto(URL)
        page.locator(".rh-thumbs-live img").wait_for()
        assert page.input_value("[name=text]") == "灯坏了"
        assert page.is_checked("[name=kind][value=near_miss]")
        page.click(SEND)
        page.wait_for_url(re.compile("/m/incident/sent/"))
        page.goto(URL)
        page.wait_for_function("() => document.querySelector('[data-outbox]').dataset.awake === ''")
        page.wait_for_timeout(200)
        assert page.input_value("[name=text]") == ""
    assert Incident.objects.get().text == "灯坏了"
    assert Attachment.objects.of_all([Incident.objects.get()]).count() == 1


def test_a_busy_server_is_asked_again_later(phone):
    with phone(allowed=(*NO_NETWORK, "status of 503")) as page:
        page.goto(URL)
        write(page)
        page.route(URL, lambda route: route.fulfill(status=503, body="busy"))
        page.click(SEND)
        page.locator(PANEL).get_by_text("服务器没有正常回应，会自动再试。").wait_for()
        page.evaluate("outbox.start(true)")
        until(page, [["waiting", 1]])
        page.unroute(URL)
        page.evaluate("outbox.start()")
        page.wait_for_timeout(300)
        assert Incident.objects.count() == 0
        page.evaluate("outbox.start(true)")
        page.locator("[data-receipt]").wait_for()
    assert Incident.objects.count() == 1


def test_what_the_server_refuses_stands_on_the_page_again(phone):
    with phone() as page:
        page.goto(URL)
        write(page)
        page.fill("[name=occurred_at]", "2100-01-01T10:00")
        page.click(SEND)
        page.locator(".rh-summary").wait_for()
        assert page.input_value("[name=text]") == "老人起夜时滑倒"
        until(page, [])


def test_refused_later_it_opens_again_with_the_sentence(phone):
    """It was sent to come, by a clock that was wrong: the list says so, and nothing is lost."""
    with phone() as page:
        page.goto(URL)
        write(page)
        page.fill("[name=occurred_at]", "2100-01-01T10:00")
        page.context.set_offline(True)
        page.click(SEND)
        page.locator(PANEL).wait_for()
        page.context.set_offline(False)
        page.locator(PANEL).get_by_text("1990").wait_for()
        page.locator(f"{PANEL} a.btn").click()
        page.locator("#things [data-open]").wait_for()
        assert "1990" in page.locator("#things [data-reason]").inner_text()
        assert violations(page) == []
        page.click("#things [data-open]")
        page.wait_for_function("() => document.querySelector('[name=text]').value !== ''")
        page.fill("[name=occurred_at]", "2026-01-01T10:00")
        page.click(SEND)
        page.wait_for_url(re.compile("/m/incident/sent/"))
        until(page, [])
    assert Incident.objects.get().text == "老人起夜时滑倒"


def test_it_is_thrown_away_only_after_a_question(phone):
    with phone() as page:
        page.goto(URL)
        write(page)
        page.context.set_offline(True)
        page.click(SEND)
        page.locator(PANEL).wait_for()
        page.route(URL, lambda route: route.abort())
        page.context.set_offline(False)
        page.goto("/m/outbox")
        page.locator("#things li").wait_for()
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.click("#things [data-drop]")
        page.wait_for_timeout(100)
        assert page.locator("#things li").count() == 1
        page.once("dialog", lambda dialog: dialog.accept())
        page.click("#things [data-drop]")
        page.locator("#things-none").wait_for()
    assert Incident.objects.count() == 0


def test_a_browser_that_keeps_nothing_sends_as_before(phone):
    gone = "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('private'); } })"
    with phone() as page:
        page.add_init_script(gone)
        page.goto(URL)
        write(page)
        page.click(SEND)
        page.wait_for_url(re.compile("/m/incident/sent/"))
    assert Incident.objects.count() == 1
