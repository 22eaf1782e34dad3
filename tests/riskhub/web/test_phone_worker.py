"""The worker of the phone's forms: where it reaches, what it may do, and that forms open without network."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings

from incidents.models import Incident

URL = "/m/worker.js"
FORM = "/m/incident"
SEND = ".rh-act button[type=submit]"
READY = """() => navigator.serviceWorker.ready.then(() => caches.open('riskhub-phone')).then(
    (shelf) => Promise.all(['/m/incident', '/m/new', '/m/complaint', '/m/outbox'].map(
        (one) => shelf.match(one)))
).then((found) => found.every(Boolean) && navigator.serviceWorker.controller !== null)"""
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:")


def directives(response):
    parts = response["Content-Security-Policy"].split("; ")
    return {part.partition(" ")[0]: part.partition(" ")[2] for part in parts}


@pytest.mark.django_db
def test_it_is_a_script_that_reaches_the_phone_pages_alone(client):
    response = client.get(URL)
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert "Service-Worker-Allowed" not in response
    assert directives(response)["default-src"] == "'none'"
    assert directives(response)["connect-src"] == "'self'"
    assert response.content == (settings.BASE_DIR / "static/riskhub/worker.js").read_bytes()


@pytest.mark.django_db
def test_only_the_pages_of_the_phone_may_start_it(sign_in, staff_cleaning):
    staff = sign_in(staff_cleaning)
    for url in ("/m/incident", "/m/new", "/m/complaint", "/m/outbox"):
        assert directives(staff.get(url))["worker-src"] == "'self'"
    for url in ("/", "/m/mine/", "/complain"):
        assert "worker-src" not in directives(staff.get(url))


def until(page, expression):
    """Chromium's own waiting does not wait for promises."""
    for _try in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(expression)


@pytest.fixture
def phone(window, staff_cleaning, risk_manager):
    return lambda: window(
        staff_cleaning, phone=True, allowed=NO_NETWORK, service_workers="allow"
    )  # fmt: skip


@pytest.mark.browser
def test_in_airplane_mode_one_writes_closes_reopens_and_it_is_sent_once(phone):
    with phone() as page:
        page.goto(FORM)
        until(page, READY)
        first = page.input_value("[name=client_uuid]")
        page.context.set_offline(True)
        page.goto(FORM)
        assert page.locator("html").get_attribute("data-kept") == ""
        assert page.input_value("[name=client_uuid]") != first
        page.fill("[name=text]", "老人起夜时滑倒")
        page.check("[name=hurt][value=customer]")
        page.get_by_text("没有网络。照常点发送").wait_for()
        page.wait_for_timeout(2200)
        page.goto("about:blank")
        page.goto(FORM)
        page.locator("[name=hurt][value=customer]:checked").wait_for()
        assert page.input_value("[name=text]") == "老人起夜时滑倒"
        page.click(SEND)
        page.locator("[data-outbox-panel]").wait_for()
        page.goto("/m/outbox")
        page.locator("#things li").get_by_text("等待网络").wait_for()
        assert Incident.objects.count() == 0
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(FORM)
        until(page, "() => phoneStore.things().then((all) => all[0].state === 'sent')")
        assert page.locator("html").get_attribute("data-kept") is None
    incident = Incident.objects.get()
    assert (incident.text, incident.injured.count()) == ("老人起夜时滑倒", 1)


@pytest.mark.browser
def test_other_pages_are_none_of_its_business(phone):
    with phone() as page:
        page.goto(FORM)
        until(page, READY)
        page.goto("/m/mine/")
        kept = page.evaluate(
            "() => caches.open('riskhub-phone').then((shelf) => shelf.keys())"
            ".then((all) => all.map((one) => new URL(one.url).pathname))"
        )
    assert {path for path in kept if not path.startswith("/static/")} == {
        "/m/incident", "/m/new", "/m/complaint", "/m/outbox",
    }  # fmt: skip
    assert [path for path in kept if re.search("keys|list|command", path)] == [
        "/static/riskhub/outbox-list.js"
    ]


@pytest.mark.browser
def test_a_newer_worker_takes_over_and_what_is_typed_stays(phone, monkeypatch, tmp_path):
    newer = tmp_path / "static/riskhub/worker.js"
    newer.parent.mkdir(parents=True)
    newer.write_bytes((settings.BASE_DIR / "static/riskhub/worker.js").read_bytes() + b"// newer")
    with phone() as page:
        page.goto(FORM)
        until(page, READY)
        page.fill("[name=text]", "灯坏了")
        page.evaluate(
            "navigator.serviceWorker.addEventListener('controllerchange', () => { window.taken = 1; })"
        )
        monkeypatch.setattr("riskhub.web.views.settings", SimpleNamespace(BASE_DIR=tmp_path))
        page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
        until(page, "() => window.taken === 1")
        assert page.input_value("[name=text]") == "灯坏了"
        page.context.set_offline(True)
        page.click(SEND)
        page.locator("[data-outbox-panel]").wait_for()
        page.goto(FORM)
        assert page.locator("html").get_attribute("data-kept") == ""
