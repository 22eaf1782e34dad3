"""The whole product as real processes: gunicorn, Celery worker and beat, PostgreSQL, Valkey, Chromium."""

import os
import socket
import time
import urllib.request
from contextlib import contextmanager, suppress

import pytest
from django.conf import settings
from django.test import Client

from riskhub.local.programs import programs
from riskhub.web.preferences import _cookie_name
from tests.riskhub.web.browser import DESKTOP, PHONE, shot


@pytest.fixture(scope="package")
def product(django_db_setup, tmp_path_factory):
    """The address of the running product, for all stories of this package."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # With mail there are the pages about forgotten passwords, too; nobody here has an address.
    mail = {"EMAIL_URL": "smtp://127.0.0.1:9"}
    environment = {**os.environ, **mail, "DJANGO_SETTINGS_MODULE": "riskhub.settings"}
    running = programs(environment, ("127.0.0.1", port), tmp_path_factory.mktemp("run"))
    for program in running:
        program.start()
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz")
        yield address
    finally:
        for program in running:
            program.ask_to_stop()
        for program in running:
            program.see_off(grace=5)


@pytest.fixture
def stack(product, transactional_db):
    """The product on this test's own database: it is exchanged under the running programs."""
    return product


def wait_for(address, patience=30):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - loopback
            if answer.status == 200:
                return
        time.sleep(0.1)
    pytest.fail(f"{address} did not answer within {patience} s")


@pytest.fixture
def enter(chromium, stack):
    """`enter(user)` opens a page for a signed-in user and gives it with what it complains of."""
    boxes = []

    def opened(user=None, *, phone=False, language="", **context):
        size = PHONE if phone else DESKTOP
        facts = {"accept_downloads": True, "reduced_motion": "reduce", "service_workers": "block"}
        box = chromium.new_context(base_url=stack, viewport=size, **facts | context)
        boxes.append(box)
        cookies = {_cookie_name("language"): language} if language else {}
        if user:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[
                settings.SESSION_COOKIE_NAME
            ].value
        box.add_cookies([{"name": n, "value": v, "url": stack} for n, v in cookies.items()])
        page = box.new_page()
        page.set_default_timeout(15_000)
        return page, listen_to(page)

    yield opened
    for box in boxes:
        box.close()


def listen_to(page):
    """Errors and violations of the CSP as the console names them, exceptions, dialogs."""
    heard = []

    def refuse(dialog):
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda m: heard.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", refuse)
    return heard


@pytest.fixture
def visit(enter):
    """The same as a context manager that fails on anything the page complained of."""

    @contextmanager
    def opened(user=None, **facts):
        page, heard = enter(user, **facts)
        try:
            yield page
        except BaseException:
            shot(page, "failed")
            raise
        finally:
            page.context.close()
        assert [text for text in heard if "status of 4" not in text] == []

    return opened
