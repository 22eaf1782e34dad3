"""Pages in Debian's chromium: signed in by cookie, every console error and CSP violation kept."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 375, "height": 812}
PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
SETTLED = """() => !document.querySelector(
    ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added, [data-hx-trigger=load]"
) && document.getAnimations().every(
    one => one.playState !== "running" || one.effect.getTiming().iterations === Infinity
)"""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Only the violations come back: all that passed would be megabytes for each page.
AXE = """async options => {
    const found = (await axe.run(document, options)).violations;
    return found.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 240)}`));
}"""


@pytest.fixture(scope="session")
def chromium():
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is missing: browser stories must run in CI.")
        pytest.skip(f"{CHROMIUM} is missing: apt install chromium")
    # The sync API of Playwright leaves a running loop in this thread; the ORM is used beside it.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def window(chromium, live_server, settings):
    """A context manager that opens a page for a user and fails on what its console complained of.

    pytest-django's server finds static files in their folders, by their names without the hash.
    """
    settings.STORAGES = settings.STORAGES | {"staticfiles": PLAIN_FILES}

    @contextmanager
    def opened(user=None, *, phone=False, allowed=(), **context):
        # A worker asks for pages by itself, also when the test is over: who tries it lets it in.
        facts = {
            "viewport": PHONE if phone else DESKTOP, "reduced_motion": "reduce",
            "service_workers": "block", **context,
        }  # fmt: skip
        box = chromium.new_context(base_url=live_server.url, **facts)
        if user:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            value = client.cookies[name].value
            box.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = box.new_page()
        page.set_default_timeout(15_000)
        complaints = []
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            yield page
        finally:
            box.close()
        known = ("status of 409", "status of 422", *allowed)  # chromium reports each refusal
        unexpected = [c for c in complaints if not any(word in c for word in known)]
        if unexpected:
            pytest.fail("\n".join(["The browser complained:", *unexpected]))

    return opened


def settle(page):
    """Wait until htmx has nothing under way and nothing moves: what fades has another contrast."""
    page.wait_for_function(SETTLED)


def read_first(page, part):
    """Whether this part has the focus and begins where it is seen, above the bar of the phone."""
    settle(page)
    return page.locator(part).evaluate(
        "e => document.activeElement === e && e.getBoundingClientRect().top >= 0"
        " && Math.min(e.getBoundingClientRect().bottom, 200) <= innerHeight - 64"
    )


def violations(page):
    """axe-core's findings, one line each."""
    settle(page)
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE, RULES)


def violations_left(page, *, phone):
    """What is left to ask where tests/flows/test_every_page.py opens the same page in the same state.

    It asks for everything in Chinese, light and wide, and for colours in English, dark and narrow.
    """
    settle(page)
    if not phone:
        return []
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE, RULES | {"rules": {"color-contrast": {"enabled": False}}})


def shot(page, name):
    """Kept only where RISKHUB_SHOTS names a folder."""
    if folder := os.environ.get("RISKHUB_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
