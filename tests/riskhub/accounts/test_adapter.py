"""The language that somebody chooses on the sign-in page is theirs behind it, on every page."""

import pytest
from django.test import Client

from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent

SIGN_IN = "/accounts/login/"
PASSWORD = "Str0ng-enough!"
PAGES = ["/", "/risks/", "/plans/", "/notices/", "/nowhere/", "/settings/", "/oversight/work/"]


@pytest.fixture
def person(auditor):
    """Reads Chinese, as everybody does at first."""
    auditor.set_password(PASSWORD)
    auditor.save()
    return auditor


def choose(client, language):
    client.post("/preferences/", {"language": language, "next": SIGN_IN})


def sign_in(client, user):
    answer = client.post(SIGN_IN, {"login": user.username, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    return answer


def changes(user):
    events = AuditEvent.objects.filter(action="user.language_changed", actor_id=user.pk)
    return list(events.values_list("object_id", flat=True))


@pytest.mark.parametrize(("stored", "chosen"), [("zh-hans", "en"), ("en", "zh-hans")])
def test_a_choice_before_signing_in_is_kept_on_every_page(client, person, stored, chosen):
    User.objects.filter(pk=person.pk).update(locale=stored)
    choose(client, chosen)
    sign_in(client, person)
    shown = "zh-Hans" if chosen == "zh-hans" else "en"
    for url in PAGES:
        answer = client.get(url)
        assert (url, answer["Content-Language"]) == (url, shown)
        assert f'<html lang="{shown}"' in answer.content.decode()
    assert User.objects.get(pk=person.pk).locale == chosen
    assert changes(person) == [str(person.pk)]


def test_it_survives_a_wrong_password(client, person):
    choose(client, "en")
    wrong = client.post(SIGN_IN, {"login": person.username, "password": "wrong"})
    assert wrong["Content-Language"] == "en"
    assert User.objects.get(pk=person.pk).locale == "zh-hans"
    sign_in(client, person)
    assert client.get("/")["Content-Language"] == "en"


def test_the_last_choice_counts(client, person):
    for language in ("en", "zh-hans"):
        choose(client, language)
    sign_in(client, person)
    assert client.get("/")["Content-Language"] == "zh-Hans"
    assert changes(person) == []


def test_without_a_choice_the_users_language_stays(client, person):
    User.objects.filter(pk=person.pk).update(locale="en")
    assert client.get(SIGN_IN)["Content-Language"] == "zh-Hans"
    sign_in(client, person)
    assert client.get("/")["Content-Language"] == "en"
    assert changes(person) == []


def test_what_somebody_else_left_in_the_browser_is_not_taken_over(client, person, risk_manager):
    client.force_login(risk_manager)
    choose(client, "en")
    client.post("/accounts/logout/")
    assert client.get(SIGN_IN)["Content-Language"] == "en"
    sign_in(client, person)
    assert client.get("/")["Content-Language"] == "zh-Hans"


def test_one_choice_is_for_one_person(client, person, risk_manager):
    risk_manager.set_password(PASSWORD)
    risk_manager.save()
    choose(client, "en")
    sign_in(client, person)
    client.post("/accounts/logout/")
    sign_in(client, risk_manager)
    assert client.get("/")["Content-Language"] == "zh-Hans"


def test_it_comes_along_to_another_device(client, person):
    choose(client, "en")
    sign_in(client, person)
    elsewhere = Client()
    sign_in(elsewhere, person)
    assert elsewhere.get("/")["Content-Language"] == "en"


def test_a_forged_choice_changes_nothing(client, person):
    client.cookies["language-chosen"] = '"><script>'
    sign_in(client, person)
    assert User.objects.get(pk=person.pk).locale == "zh-hans"


def test_the_choice_is_out_of_reach_of_scripts_and_short(client, db):
    answer = client.post("/preferences/", {"language": "en"})
    cookie = answer.cookies["language-chosen"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 3600)


def test_in_production_it_is_bound_to_the_host(client, person, settings):
    settings.SESSION_COOKIE_SECURE = True
    answer = client.post("/preferences/", {"language": "en"})
    assert answer.cookies["__Host-language-chosen"]["secure"] is True
    gone = sign_in(client, person).cookies["__Host-language-chosen"]
    assert (gone["max-age"], gone["secure"], gone["path"]) == (0, True, "/")
    assert User.objects.get(pk=person.pk).locale == "en"
