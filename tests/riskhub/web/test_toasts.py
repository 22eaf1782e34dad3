"""A toast that takes back what it tells: without script, in a part, and with its seconds counting."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from riskhub.entry.undo import UNDO_FOR, TooLate, in_time
from tests.riskhub.web.browser import settle, shot, violations

HX = {"HX-Request": "true"}
UNDO = re.compile(r'data-seconds="(\d+)".*?<form method="post" action="([^"]+)"', re.DOTALL)


@pytest.fixture
def browser(manager):
    client = Client()
    client.force_login(manager)
    return client


@pytest.mark.parametrize(
    ("ago", "is_in_time"), [(0, True), (30, True), (34, True), (36, False), (3600, False)]
)
def test_thirty_seconds_and_what_the_network_takes(ago, is_in_time):
    assert in_time(timezone.now() - timedelta(seconds=ago)) is is_in_time
    assert UNDO_FOR.seconds == 30


def test_what_was_never_done_is_not_taken_back():
    assert in_time(None) is False


def test_who_is_too_late_hears_the_limit_and_what_to_do_instead():
    with override("en"):
        assert str(TooLate()) == "Only the first 30 seconds count for an undo."
        assert str(TooLate("Close it.")) == "Only the first 30 seconds count for an undo. Close it."


@pytest.mark.django_db
class TestWithoutScript:
    def test_the_next_page_holds_a_form_with_the_seconds(self, browser):
        page = browser.post("/web/do/", follow=True).content.decode()
        ((seconds, url),) = UNDO.findall(page)
        assert (29 <= int(seconds) <= 30, url) == (True, "/web/take-back/")
        assert "R012 已关闭。" in page

    def test_once(self, browser):
        browser.post("/web/do/", follow=True)
        assert UNDO.findall(browser.get("/web/keys/").content.decode()) == []

    def test_a_part_brings_it_along_with_a_token_of_its_own(self, manager):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(manager)
        browser.get("/web/keys/")
        token = browser.cookies["csrftoken"].value
        headers = HX | {"X-CSRFToken": token}
        page = browser.post("/web/do/", {"part": "1"}, headers=headers).content.decode()
        assert "<template>" in page
        ((_seconds, url),) = UNDO.findall(page)
        (sent,) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert browser.post(url).status_code == 403
        assert browser.post(url, {"csrfmiddlewaretoken": sent}).status_code == 302

    def test_a_page_that_comes_too_late_offers_nothing(self, browser, monkeypatch):
        browser.post("/web/do/")
        monkeypatch.setattr("riskhub.web.toasts.time", lambda: 4_000_000_000)
        page = browser.get("/web/keys/").content.decode()
        assert "R012 已关闭。" in page
        assert UNDO.findall(page) == []

    def test_what_is_said_twice_stands_there_once(self, browser):
        for path in ("/web/press/", "/web/press/", "/web/do/", "/web/do/", "/web/do/?n=13"):
            browser.post(path)
        page = browser.get("/web/keys/").content.decode()
        assert page.count("data-toast") == 3
        assert [url for _seconds, url in UNDO.findall(page)] == ["/web/take-back/"] * 2

    def test_other_messages_offer_nothing(self, browser):
        page = browser.post("/web/press/", follow=True).content.decode()
        assert "data-toast>" in page
        assert UNDO.findall(page) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInTheBrowser:
    def test_it_counts_and_leaves(self, window, manager):
        with window(manager) as page:
            page.clock.install()
            page.goto("/web/keys/")
            page.get_by_role("button", name="关闭", exact=True).first.click()
            toast = page.locator("[data-toast]")
            toast.wait_for()
            settle(page)
            assert violations(page) == []
            shot(page, "undo")
            page.clock.run_for(20_000)
            left = int(toast.locator("[data-countdown]").inner_text())
            assert 8 <= left <= 11
            page.clock.run_for(12_000)
            assert toast.count() == 0

    def test_it_is_pressed_by_its_key_and_outlives_the_page_that_made_it(self, window, manager):
        with window(manager) as page:
            page.goto("/web/keys/")
            page.keyboard.press("a")
            page.locator("[data-toast]").wait_for()
            form = page.locator("#doing")
            form.evaluate(
                "f => { f.setAttribute('data-hx-post', '/web/do/?n=13'); htmx.process(f); }"
            )
            page.keyboard.press("a")
            page.wait_for_function("() => document.querySelectorAll('[data-toast]').length === 2")
            page.keyboard.press("u")
            page.get_by_text("已撤销。").first.wait_for()
            assert page.locator("[data-toast] form").count() == 1

    def test_said_twice_it_stands_there_once(self, window, manager):
        with window(manager) as page:
            page.goto("/web/keys/")
            for _time in range(2):
                with page.expect_response(lambda one: one.url.endswith("/web/keys/")):
                    page.keyboard.press("a")
                page.wait_for_function(
                    "() => !document.querySelector('.htmx-request, .htmx-settling')"
                )
                page.locator("[data-toast][data-watched]").first.wait_for()
            assert page.locator("[data-toast] > span").all_inner_texts() == ["R012 已关闭。"]
            assert page.locator("[data-toast] form").count() == 1

    def test_with_a_part_and_refused(self, window, manager):
        with window(manager) as page:
            page.goto("/web/keys/")
            page.locator("#doing-part button").click()
            page.locator("[data-toast]").wait_for()
            assert page.locator("#rows").inner_text() == "部分"
            form = page.locator("[data-toast] form")
            form.evaluate("f => f.setAttribute('data-hx-post', '/web/take-back/?refuse=1')")
            page.evaluate("htmx.process(document.querySelector('[data-toast] form'))")
            page.keyboard.press("u")
            page.get_by_text("来不及了。").wait_for()
            assert form.count() == 1

    def test_on_a_phone_what_is_only_said_lets_a_tap_through(self, window, manager):
        """Above the bar it lies over a button for eight seconds; an undo takes the tap itself."""
        hit = """e => { const {x, y, width, height} = e.getBoundingClientRect();
            return e.contains(document.elementFromPoint(x + width / 2, y + height / 2)); }"""
        with window(manager, phone=True) as page:
            page.goto("/web/thing/")
            page.locator("#pressing").click()
            toast = page.locator("[data-toast]")
            toast.wait_for()
            settle(page)
            assert [toast.evaluate(hit), toast.locator("button").evaluate(hit)] == [False, True]
            page.goto("/web/keys/")
            page.keyboard.press("a")
            toast.wait_for()
            settle(page)
            assert [toast.evaluate(hit), toast.locator("button").first.evaluate(hit)] == [True] * 2
