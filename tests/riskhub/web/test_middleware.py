import json
import re
from uuid import UUID

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.test import Client

from riskhub.audit import context
from riskhub.web.middleware import request_id

HX = {"HX-Request": "true"}
EVERY_ANSWER = [
    ("/web/parts/", 200),
    ("/web/missing/", 404),
    ("/web/forbidden/", 403),
    ("/web/broken/", 500),
    ("/web/stale/", 409),
    ("/web/press/", 405),
    ("/nowhere/", 404),
    ("/healthz", 200),
]


@pytest.fixture
def browser(manager):
    client = Client(raise_request_exception=False)
    client.force_login(manager)
    return client


@pytest.mark.parametrize(("url", "status"), EVERY_ANSWER)
def test_every_answer_carries_the_headers(browser, url, status):
    answer = browser.get(url)
    assert answer.status_code == status
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "microphone=()" in answer["Permissions-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert UUID(answer["X-Request-ID"])
    assert {"HX-Request", "HX-Target"} <= set(answer["Vary"].split(", ")) or status == 400


def test_a_wrong_host_is_refused_with_the_headers(db):
    answer = Client(raise_request_exception=False).get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_each_page_has_its_own_nonce_and_no_inline_code(browser):
    nonces = set()
    for _ in range(2):
        answer = browser.get("/web/parts/")
        html = answer.content.decode()
        (nonce,) = set(re.findall(r'nonce="([^"]+)"', html))
        assert f"script-src 'nonce-{nonce}'" in answer["Content-Security-Policy"]
        assert re.findall(r"<script(?![^>]*nonce=)|\son\w+=|style=|<style|javascript:", html) == []
        nonces.add(nonce)
    assert len(nonces) == 2


def test_the_request_has_one_id_for_audit_and_answer(rf, db):
    seen = []

    def view(request):
        seen.append((context._request.get().id, context._request.get().ip_prefix))
        return HttpResponse()

    answer = request_id(view)(rf.get("/", REMOTE_ADDR="192.0.2.77"))
    assert seen == [(UUID(answer["X-Request-ID"]), "192.0.2.0/24")]
    assert context._request.get() is None


def test_static_files_may_be_kept(rf):
    url = staticfiles_storage.url("riskhub/app.js")
    assert "Cache-Control" not in request_id(lambda _request: HttpResponse())(rf.get(url))


def press(browser, to, at="/web/thing/"):
    headers = HX | {"HX-Current-URL": f"http://testserver{at}"}
    return browser.post("/web/press/", {"to": to}, headers=headers)


def test_a_redirect_is_swapped_into_the_page(browser):
    answer = press(browser, "/web/things/?page=2")
    assert answer.status_code == 204
    assert "Location" not in answer
    assert json.loads(answer["HX-Location"]) == {
        "path": "/web/things/?page=2",
        "target": "#page",
        "select": "#page",
        "swap": "outerHTML show:window:top",
    }


def test_a_redirect_to_the_same_page_neither_jumps_nor_adds_history(browser):
    spec = json.loads(press(browser, "/web/thing/")["HX-Location"])
    assert (spec["swap"], spec["push"]) == ("outerHTML", "false")
    spec = json.loads(press(browser, "/web/thing/?tab=2")["HX-Location"])
    assert (spec["swap"], spec.get("push")) == ("outerHTML", None)


@pytest.mark.parametrize("to", ["https://elsewhere.example/x", "/accounts/login/?next=/"])
def test_other_sites_and_signing_in_leave_the_page(browser, to):
    answer = press(browser, to)
    assert answer["HX-Redirect"] == to
    assert "HX-Location" not in answer


def test_a_redirect_stays_one_without_htmx(browser):
    answer = browser.post("/web/press/", {"to": "/web/things/"})
    assert (answer.status_code, answer["Location"]) == (302, "/web/things/")


def test_messages_wait_for_the_page_after_a_redirect(browser):
    press(browser, "/web/thing/")
    page = browser.get("/web/thing/", headers=HX | {"HX-Target": "page"})
    assert page.content.decode().count("马文斌 9月25日前决定") == 1
    assert "马文斌" not in browser.get("/web/thing/").content.decode()


def test_messages_come_along_with_a_part_and_only_once(browser):
    part = browser.get("/web/warn/", headers=HX).content.decode()
    assert part.startswith("<tr><td>部分</td></tr>")
    notes, toasts = part.split('data-hx-swap-oob="beforeend:#toasts"')
    assert "逾期 6 天" in notes
    assert "&lt;b&gt;知道&lt;/b&gt;" in toasts
    assert "逾期" not in browser.get("/web/thing/").content.decode()


def test_messages_stay_for_the_page_where_the_answer_is_no_page(browser):
    assert browser.get("/web/warn/").content.decode() == "<tr><td>部分</td></tr>"
    assert "逾期 6 天" in browser.get("/web/thing/").content.decode()


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "zh-Hans"),
        ({"X-Page-Language": "en"}, "zh-Hans"),
        (HX, "zh-Hans"),
        (HX | {"X-Page-Language": "en"}, "en"),
        (HX | {"X-Page-Language": "zh-Hans"}, "zh-Hans"),
        (HX | {"X-Page-Language": "fr"}, "zh-Hans"),
    ],
)
def test_a_part_comes_in_the_language_of_its_page(browser, headers, language):
    assert browser.get("/web/things/", headers=headers)["Content-Language"] == language
