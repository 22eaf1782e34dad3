import json
import re

import pytest
from django.db import connection
from django.test import Client

HX = {"HX-Request": "true", "HX-Target": "rows"}


@pytest.fixture
def browser(manager):
    client = Client(raise_request_exception=False)
    client.force_login(manager)
    return client


def words(answer):
    html = re.sub(r"<(script|template).*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("url", ["missing", "forbidden", "broken", "stale", "press"])
def test_a_page_says_what_to_do_and_has_the_number(browser, url):
    answer = browser.get(f"/web/{url}/")
    assert answer["X-Request-ID"] in words(answer)
    assert b"<h1>" in answer.content


def test_who_may_not_do_it_keeps_the_navigation(browser):
    assert '<nav class="rh-side"' in browser.get("/web/forbidden/").text
    assert '<nav class="rh-side"' not in browser.get("/web/missing/").text
    browser.logout()
    assert '<nav class="rh-side"' not in browser.get("/web/forbidden/").text


def test_missing_and_invisible_are_the_same(browser):
    missing, unknown = browser.get("/web/missing/"), browser.get("/nowhere/")
    plain = [
        re.sub(r'nonce="[^"]+"|value="[^"]+"|data-path="[^"]+"', "", a.content.decode()).replace(
            a["X-Request-ID"], ""
        )
        for a in (missing, unknown)
    ]
    assert plain[0] == plain[1]
    assert "secret" not in plain[0]


@pytest.mark.parametrize("url", ["missing", "forbidden", "broken", "stale"])
def test_a_part_gets_a_note_and_the_page_stays(browser, url):
    answer = browser.get(f"/web/{url}/", headers=HX)
    assert answer.status_code in {403, 404, 409, 500}
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#notes", "innerHTML")
    assert answer.content.strip().startswith(b'<div class="rh-note rh-note-alert" role="alert">')
    assert answer["X-Request-ID"] in words(answer)


@pytest.mark.parametrize(("url", "status"), [("/api/v1/nothing/", 404)])
def test_the_api_gets_json(browser, url, status):
    answer = browser.get(url)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    problem = json.loads(answer.content)
    assert problem["code"] == "not_found"
    assert problem["request"] == answer["X-Request-ID"]


def test_a_broken_page_asks_neither_user_nor_database(browser, monkeypatch):
    def refused(*_args, **_kwargs):
        raise RuntimeError("no database")

    browser.logout()
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refused)
        answer = browser.get("/web/broken/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in words(answer)
    assert b"<script" not in answer.content


def test_a_405_keeps_its_allow_header(browser):
    answer = browser.get("/web/press/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert browser.head("/web/press/").content == b""


def test_too_large_is_413(browser, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert browser.post("/web/thing/", {"display_name": "x" * 100}).status_code == 413


TYPED = {
    "display_name": "写了很久的一段说明文字",
    "password": "not-for-showing",
    "old_pass": "not-for-showing",
    "phone": "021",
    "next": "/web/parts/somewhere/",
    "strategy": "mitigate",
    "action-0-due_on": "2026-11-23",
    "at": "2026-11-23T12:30",
    "client_uuid": "7f9d8c8e-8f9d-4f0e-9b1a-1c6d2a3b4c5d",
    "content_hash": "77c2370854896e9fb7ed5138b3aca301b15fce9792ce686a71b714a2d2aca467",
}


def test_who_was_too_late_sees_what_they_wrote_and_nothing_that_the_form_wrote(browser):
    data = TYPED | {"name": "Lift", "address": "https://example.com/leaks?year=2026"}
    html = browser.post("/web/stale/", data).content.decode()
    assert re.findall(r"<textarea[^>]*readonly[^>]*>([^<]*)", html) == [
        "写了很久的一段说明文字", "https://example.com/leaks?year=2026",
    ]  # fmt: skip


def test_a_note_about_a_conflict_leads_to_how_it_is_now_beside_the_form(browser):
    page = {"Referer": "http://testserver/web/thing/"}
    late = browser.post("/web/stale/", TYPED, headers=HX | page).content.decode()
    assert '<a href="/web/thing/" target="_blank">' in late
    other = browser.post("/web/forbidden/", TYPED, headers=HX | page).content.decode()
    assert "_blank" not in other


def test_without_a_token_the_typed_text_is_shown_for_copying(manager):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)
    answer = client.post("/web/thing/", TYPED, headers={"Referer": "http://testserver/web/thing/"})
    assert answer.status_code == 403
    html = answer.content.decode()
    assert re.findall(r"<textarea[^>]*readonly[^>]*>([^<]*)", html) == ["写了很久的一段说明文字"]
    assert "not-for-showing" not in html
    assert 'href="/web/thing/"' in html


def test_what_the_form_wrote_is_not_shown_as_typed(manager):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)
    sent = {"text": "地面有油", "photos_kept": ".eJxVkEFO:1vMabc", "api_token": "Abc.Def.Ghi.Jkl"}
    html = client.post("/web/thing/", sent).content.decode()
    assert re.findall(r"<textarea[^>]*readonly[^>]*>([^<]*)", html) == ["地面有油"]


def test_without_a_token_a_part_gets_a_fresh_one(manager):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)
    data = {"display_name": "陈小静", "row_version": 2}
    refused = client.post("/web/thing/", data, headers=HX)
    assert refused.status_code == 403
    assert refused["HX-Retarget"] == "#notes"
    data["csrfmiddlewaretoken"] = refused["X-CSRF-Token"]
    assert client.post("/web/thing/", data, headers=HX).status_code == 204


def test_too_many_attempts(client, db, settings):
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        answer = client.post("/accounts/login/", {"login": "somebody", "password": "wrong"})
    assert answer.status_code == 429
    assert answer["X-Request-ID"] in words(answer)
