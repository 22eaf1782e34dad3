import pytest

from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent

URL = "/preferences/"


def test_chinese_without_a_choice_whatever_the_browser_prefers(client, db):
    page = client.get("/accounts/login/", headers={"Accept-Language": "en"})
    assert page["Content-Language"] == "zh-Hans"
    assert b'<html lang="zh-Hans"' in page.content


def test_a_visitor_keeps_the_choice_in_the_browser(client, db):
    answer = client.post(URL, {"language": "en", "next": "/accounts/login/?next=/x/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/x/")
    cookie = answer.cookies["language"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert b'<html lang="en"' in client.get("/accounts/login/").content


def test_a_user_takes_the_choice_along(client, manager):
    client.force_login(manager)
    client.post(URL, {"language": "en", "next": "/web/parts/"})
    client.post(URL, {"theme": "dark", "next": "/web/parts/"})
    client.cookies.pop("language")
    assert b'lang="en" data-theme="dark" data-bs-theme="dark"' in client.get("/web/parts/").content
    manager = User.objects.get(pk=manager.pk)
    assert (manager.locale, manager.theme) == ("en", "dark")
    events = AuditEvent.objects.filter(actor_id=manager.pk)
    assert set(events.values_list("action", flat=True)) >= {
        "user.language_changed",
        "user.theme_changed",
    }


def test_the_users_language_wins_over_the_browsers(client, staff):
    client.cookies["language"] = "zh-hans"
    client.force_login(staff)
    assert client.get("/web/parts/")["Content-Language"] == "en"


def test_keys_can_be_turned_off(client, manager):
    client.force_login(manager)
    client.post(URL, {"keys": "off"})
    assert b'data-keys="off"' in client.get("/web/parts/").content


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:1", ""])
def test_back_is_only_into_this_site(client, db, back):
    assert client.post(URL, {"language": "en", "next": back})["Location"] == "/"


@pytest.mark.parametrize("data", [{}, {"language": "fr"}, {"theme": "dark", "keys": "x"}])
def test_an_unknown_choice_is_refused_and_nothing_kept(client, manager, data):
    client.force_login(manager)
    answer = client.post(URL, data)
    assert answer.status_code == 400
    assert not {"language", "theme", "keys"} & set(answer.cookies)
    assert User.objects.get(pk=manager.pk).theme == "auto"


def test_only_by_post(client, db):
    assert client.get(URL).status_code == 405


def test_a_forged_cookie_is_the_first_choice(client, db):
    client.cookies["language"] = "xx"
    client.cookies["theme"] = '"><script>'
    assert b'<html lang="zh-Hans" data-theme="auto"' in client.get("/accounts/login/").content


def test_in_production_the_cookie_is_bound_to_the_host(client, db, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = client.post(URL, {"language": "en"}).cookies["__Host-language"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
