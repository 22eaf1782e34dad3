"""The whole product as real processes: gunicorn, Celery worker and beat, PostgreSQL, Valkey, Chromium."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress

import pytest
from django.conf import settings
from django.test import Client

from riskhub.local.folder import PROJECT
from riskhub.local.programs import programs
from tests.riskhub.web.browser import DESKTOP, PHONE, chromium

__all__ = ["chromium"]


@pytest.fixture(scope="session")
def static_root(tmp_path_factory):
    """The static files as an operator would collect them, once."""
    root = tmp_path_factory.mktemp("static")
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0", "--skip-checks"]
    environment = {**os.environ, "STATIC_ROOT": str(root)}
    subprocess.run(command, cwd=PROJECT, env=environment, check=True)
    return root


@pytest.fixture
def stack(transactional_db, static_root, tmp_path):
    """The address of the running product on this test's own database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "riskhub.settings",
        "STATIC_ROOT": str(static_root),
    }
    running = programs(environment, ("127.0.0.1", port), tmp_path)
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


def wait_for(address, patience=30):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - loopback
            if answer.status == 200:
                return
        time.sleep(0.1)
    pytest.fail(f"{address} did not answer within {patience} s")


@pytest.fixture
def visit(chromium, stack):
    """A page of a signed-in user, as a context manager; its console is quiet to the end."""

    @contextmanager
    def opened(user=None, *, phone=False, **context):
        box = chromium.new_context(
            base_url=stack, viewport=PHONE if phone else DESKTOP, accept_downloads=True, **context
        )
        if user:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            name = settings.SESSION_COOKIE_NAME
            box.add_cookies([{"name": name, "value": client.cookies[name].value, "url": stack}])
        page = box.new_page()
        page.set_default_timeout(15_000)
        complaints = []
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            yield page
        finally:
            box.close()
        unexpected = [text for text in complaints if "status of 4" not in text]
        assert unexpected == []

    return opened
