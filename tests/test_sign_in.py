"""Sessions, tokens against forgery, guessing and addresses that lead away."""

import re
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from tests.access.table import TABLE
from tests.cast import PASSWORD, make_user
from tests.routes import routes

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
AWAY = ["https://evil.example/", "//evil.example/", r"/\evil.example/", r"\\evil.example",
        "https:evil.example", "javascript:alert(1)", "http:///evil.example", " //evil.example"]  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()  # allauth counts attempts in it


@pytest.fixture
def person():
    return make_user("somebody", "某人", "risk_manager", password=PASSWORD)


def sign_in(client, password=PASSWORD, name="somebody", **fields):
    return client.post(LOGIN, {"login": name, "password": password} | fields)


def test_a_session_that_was_planted_is_not_taken_over(client, person):
    client.get(LOGIN)
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert sign_in(client).status_code == 302
    assert client.session.session_key != session.session_key
    stolen = Client()
    stolen.cookies["sessionid"] = session.session_key
    assert stolen.get("/notices/").status_code == 302


def test_a_session_is_over_after_signing_out(client, person):
    sign_in(client)
    kept = client.session.session_key
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/notices/").status_code == 200  # asking alone signs nobody out
    client.post("/accounts/logout/")
    copy = Client()
    copy.cookies["sessionid"] = kept
    assert copy.get("/notices/").status_code == 302


def test_the_token_against_forgery_changes_on_signing_in(client, person):
    client.get(LOGIN)
    before = client.cookies["csrftoken"].value
    sign_in(client)
    assert client.cookies["csrftoken"].value != before


def test_how_long_and_for_whom_the_cookies_are(client, person):
    cookie = sign_in(client).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["domain"]) == (
        True, "Lax", 12 * 60 * 60, "",
    )  # fmt: skip


def test_guessing_ends_with_a_page_of_ours(client, person):
    """First one name is slowed down by allauth; then django-axes locks name and address."""
    statuses = [sign_in(client, f"guess {n}").status_code for n in range(31)]
    assert statuses[:4] == [200] * 4
    assert 429 in statuses
    answer = sign_in(client)
    assert answer.status_code == 429
    assert '<html lang="zh-Hans"' in answer.content.decode()
    assert "尝试次数太多" in answer.content.decode()
    assert client.get("/notices/").status_code == 302


def test_guessing_is_counted_across_processes(person, settings):
    """In the database: another web process, with an empty cache, knows it too."""
    settings.ACCOUNT_RATE_LIMITS = False
    for number in range(settings.AXES_FAILURE_LIMIT):
        cache.clear()
        sign_in(Client(), f"guess {number}")
    cache.clear()
    assert sign_in(Client()).status_code == 429
    cache.clear()
    other = make_user("other", "乙", "auditor", password=PASSWORD)
    assert sign_in(Client(), name=other.username).status_code == 302


def test_a_wrong_name_and_a_wrong_password_look_the_same(client, person):
    def text(name):
        page = sign_in(client, "wrong", name=name).content.decode()
        return re.sub(r'nonce="[^"]*"|value="[^"]*"|[0-9a-f-]{36}', "", page)

    assert text("somebody") == text("nobody")


@pytest.mark.parametrize("away", AWAY)
def test_nothing_leads_away(client, person, away):
    assert sign_in(client, next=away)["Location"] == "/"
    assert client.get(LOGIN, {"next": away})["Location"] == "/"
    kept = client.post("/preferences/", {"theme": "dark", "next": away}, headers={"Referer": away})
    assert (kept.status_code, kept["Location"]) == (302, "/")
    out = client.post("/accounts/logout/", {"next": away})
    assert "evil" not in out["Location"]
    assert "javascript" not in out["Location"]


@pytest.mark.parametrize("referrer", [*AWAY, "http://testserver//evil.example/"])
def test_no_way_back_leads_away(person, referrer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post("/risks/R001/close/", headers={"Referer": referrer})
    assert page.status_code == 403
    assert "evil" not in page.content.decode()


def test_inside_it_leads_where_one_wanted_to_go(client, person):
    asked = client.get("/risks/?level=high")
    assert asked["Location"] == f"{LOGIN}?next=/risks/%3Flevel%3Dhigh"
    assert sign_in(client, next="/risks/?level=high")["Location"] == "/risks/?level=high"


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example"]
)
def test_a_strange_host_is_refused(client, host):
    answer = client.get(LOGIN, headers={"Host": host})
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_a_forwarded_host_is_not_believed(client):
    answer = client.get("/", headers={"X-Forwarded-Host": "evil.example"})
    assert answer["Location"] == f"{LOGIN}?next=/"


CHANGING = [
    route for route in routes()
    if route.key.startswith("account_") or {"POST", "PUT", "PATCH"} & {*TABLE[route.key].answers}
]  # fmt: skip


@pytest.mark.parametrize("route", CHANGING, ids=lambda route: route.key)
def test_every_post_needs_the_token(route, person, settings):
    """Before anything is looked up or done: the addresses need not lead to a thing."""
    settings.HAS_MAIL = True
    client = Client(enforce_csrf_checks=True)
    if route.key not in {"account_login", "account_reset_password"}:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    pattern = re.sub(r"<uuid:[^>]*>", str(UUID(int=1)), route.pattern)
    path = "/" + re.sub(r"<[^>]*>", "1", pattern.replace("^", "").replace("$", ""))
    path = path.replace("(?P1[0-9A-Za-z]+)-(?P1.+)", "1-abc")
    methods = ["PATCH", "PUT"] if route.key in {"api:risk_detail", "api:plan_detail"} else ["POST"]
    for method in methods:
        answer = client.generic(method, path, b"{}", content_type="application/json")
        assert answer.status_code in ((403, 405) if len(methods) > 1 else (403,))
        if answer.status_code == 403:
            assert (
                "csrf" in answer.content.decode().lower()
                or "页面打开太久" in answer.content.decode()
            )
