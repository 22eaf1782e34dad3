"""Production mode: clean, refusing what is unsafe, and the same headers on every answer."""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.templatetags.static import static
from django.test import Client

from tests.builders import make_risk

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "RISKHUB_MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "riskhub.example",
    "DJANGO_SETTINGS_MODULE": "riskhub.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": None,  # the browser stories of this process set it
}
POLICY = {
    "default-src": "'none'", "style-src": "'self'", "img-src": "'self' data:",
    "font-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'",
    "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip


def python(*arguments, **environ):
    """A process in production mode; None takes a variable away."""
    environment = {**os.environ, **PRODUCTION, **environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_has_nothing_to_say():
    done = python("manage.py", "check", "--deploy", "--fail-level=INFO")
    assert (done.returncode, done.stdout, done.stderr) == (
        0, "System check identified no issues (0 silenced).\n", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"SECRET_KEY": None}, "Set SECRET_KEY"),
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "use 50 random characters or more."),
        ({"SECRET_KEY": "a" * 60}, "use 50 random characters or more."),
        ({"SECRET_KEY": f"django-insecure-{secrets.token_urlsafe(64)}"}, "make a random one."),
        ({"SECRET_KEY": "only-for-tests-" * 4}, "make a random one."),
        ({"DEBUG": "1"}, "DEBUG is refused in production mode"),
        ({"RISKHUB_DEMO": "1"}, "The demo is refused in production mode"),
        ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS to the host names of the site"),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS to the host names of the site"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS may not be *"),
        ({"RISKHUB_MODE": "staging"}, "'local' or 'production'"),
        ({"RISKHUB_MODE": None, "DEBUG": "1"}, "DEBUG is refused in production mode"),
    ],
)
def test_it_does_not_start_unsafely(environ, said):
    """The last line is the sentence, whatever stands above it."""
    done = python("-c", "import riskhub.settings", **environ)
    assert done.returncode != 0
    assert said in done.stderr.splitlines()[-1]


def test_with_what_it_needs_it_starts():
    assert python("-c", "import riskhub.settings").returncode == 0


def check_headers(headers, path):
    """What every answer bears, whatever it says."""
    assert headers["X-Content-Type-Options"] == "nosniff", path
    assert headers["X-Frame-Options"] == "DENY", path
    assert headers["Referrer-Policy"] == "same-origin", path
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
    assert headers["Cache-Control"] == "no-store", path
    assert "geolocation=()" in headers["Permissions-Policy"], path
    assert re.fullmatch(r"[0-9a-f-]{36}", headers["X-Request-ID"]), path
    parts = (part.split() for part in headers["Content-Security-Policy"].split(";"))
    directives = {name: " ".join(values) for name, *values in parts}
    assert re.fullmatch(r"('nonce-[\w+/=-]+')?", directives.pop("script-src")), path
    assert directives == POLICY, path


@pytest.fixture
def clients(risk_manager, register, auditor):
    make_risk(register, by=risk_manager)
    made = {"nobody": Client(), "risk.manager": Client(), "auditor": Client()}
    for name, user in (("risk.manager", risk_manager), ("auditor", auditor)):
        made[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


ASKED = [
    ("nobody", "get", "/", 302),
    ("nobody", "get", "/accounts/login/", 200),
    ("nobody", "get", "/healthz", 200),
    ("nobody", "get", "/accounts/signup/", 404),
    ("nobody", "get", "/readyz", 200),
    ("nobody", "get", "/risks", 301),
    ("nobody", "get", "/no/such/page/", 404),
    ("nobody", "get", "/api/v1/risks/", 401),
    ("nobody", "get", "/api/v1/no/", 404),
    ("nobody", "get", "/api/v1/docs/", 200),
    ("nobody", "get", "/api/v1/schema/", 200),
    ("nobody", "post", "/preferences/", 400),
    ("risk.manager", "get", "/risks/", 200),
    ("risk.manager", "get", "/risks/export/?format=csv", 200),
    ("risk.manager", "get", "/risks/R001/", 200),
    ("risk.manager", "delete", "/risks/R001/", 405),
    ("risk.manager", "post", "/risks/R001/close/", 422),
    ("risk.manager", "get", "/api/v1/risks/R001/", 200),
    ("risk.manager", "patch", "/api/v1/risks/R001/", 428),
    ("risk.manager", "post", "/api/v1/risks/R001/reopen/", 415),
    ("auditor", "get", "/risks/R001/edit/", 403),
    ("auditor", "delete", "/api/v1/risks/", 405),
]


@pytest.mark.parametrize(("who", "method", "path", "status"), ASKED)
def test_every_answer_bears_the_headers(clients, who, method, path, status):
    if path == "/risks/R001/close/":
        answer = clients[who].post(path, {"reason": ""})
    else:
        answer = getattr(clients[who], method)(path)
    assert answer.status_code == status
    check_headers(answer.headers, path)
    assert answer.getvalue() is not None


def test_a_part_of_a_page_and_a_report_too(clients):
    part = clients["risk.manager"].get(
        "/risks/", headers={"HX-Request": "true", "HX-Target": "risk-rows"}
    )
    assert (part.status_code, b"<html" in part.content) == (200, False)
    check_headers(part.headers, "part")
    for path in ("/risks/export/?format=xlsx", "/risks/export/?format=csv"):
        taken = clients["risk.manager"].get(path)
        assert taken.headers["Content-Disposition"].startswith("attachment; filename=")
        taken.getvalue()


def test_only_static_files_are_kept_by_browsers(client):
    answer = client.get(static("riskhub/app.js"))
    answer.getvalue()
    assert answer.status_code == 200
    found = {name: answer.headers[name] for name in STATIC}
    assert found == STATIC
    assert "Set-Cookie" not in answer.headers


STATIC = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "max-age=315360000, public, immutable",
}


def test_a_fault_of_ours_too(clients, monkeypatch):
    monkeypatch.setattr("registers.views.lists.RiskFilter", lambda *_args: 1 / 0)
    monkeypatch.setattr("registers.api.risks.RiskFilter", lambda *_args: 1 / 0)
    client = clients["risk.manager"]
    client.raise_request_exception = False
    for path in ("/risks/", "/api/v1/risks/"):
        answer = client.get(path)
        assert answer.status_code == 500
        check_headers(answer.headers, path)
        assert b"ZeroDivision" not in answer.content


def test_a_forged_form_and_a_strange_host(clients, settings):
    client = Client(enforce_csrf_checks=True)
    client.cookies = clients["risk.manager"].cookies
    answer = client.post("/risks/R001/close/", {"reason": "x"})
    assert answer.status_code == 403
    check_headers(answer.headers, "CSRF")
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    check_headers(answer.headers, "host")


SCRIPT = """
import json, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
found = []
for path in ("/accounts/login/", "/healthz", "/", "/no/", "/api/v1/risks/"):
    for is_secure in (True, False):
        answer = client.get(path, secure=is_secure, headers={"Host": "riskhub.example"})
        cookies = [morsel.OutputString() for morsel in answer.cookies.values()]
        found.append([path, is_secure, answer.status_code, dict(answer.headers), cookies])
print(json.dumps(found))
"""


@pytest.mark.django_db(transaction=True)
def test_in_production_only_over_https():
    done = python("-c", SCRIPT)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout.splitlines()[-1])
    for path, is_secure, status, headers, cookies in answers:
        check_headers(headers, path)
        if is_secure:
            assert headers["Strict-Transport-Security"] == (
                "max-age=31536000; includeSubDomains; preload"
            ), path
        elif path != "/healthz":  # the proxy's own question, inside
            assert (status, headers["Location"]) == (301, f"https://riskhub.example{path}")
        for cookie in cookies:
            assert cookie.startswith("__Host-"), cookie
            assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; ")), cookie
            assert "Domain" not in cookie
    assert [status for path, is_secure, status, *_ in answers if is_secure] == [
        200, 200, 302, 404, 401,
    ]  # fmt: skip
    assert any(cookies for *_rest, cookies in answers)
