"""A password is changed by its owner, or set anew through a letter; both are written down."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import translation

from riskhub.audit.models import AuditEvent
from tests.cast import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = "Anders-genug-7"
FORGOTTEN = "/accounts/password/reset/"
SUBJECTS = {"zh-hans": "重设 RiskHub 密码", "en": "Set a new password for RiskHub"}


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.HAS_MAIL = True
    cache.clear()  # allauth counts attempts in it


@pytest.fixture
def person():
    return make_user(
        "somebody", "某人", "auditor", password=PASSWORD, email="somebody@firm.example"
    )


def sign_in(password):
    client = Client()
    done = client.post("/accounts/login/", {"login": "somebody", "password": password})
    return client if done.status_code == 302 else None


def written(person):
    event = AuditEvent.objects.about(person).latest("pk")
    return event.action, event.actor_id, event.before, event.after


def test_changing_it_ends_the_sessions_elsewhere(person):
    here, elsewhere = sign_in(PASSWORD), sign_in(PASSWORD)
    key = here.session.session_key
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", fields).status_code == 302
    assert here.get("/notices/").status_code == 200
    assert here.session.session_key != key
    assert elsewhere.get("/notices/").status_code == 302
    assert (sign_in(PASSWORD), bool(sign_in(NEW))) == (None, True)
    assert written(person) == (
        "user.password_set", person.pk, {"password": "***"}, {"password": "***"},
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"oldpassword": "wrong", "password1": NEW, "password2": NEW},
        {"oldpassword": PASSWORD, "password1": NEW, "password2": "other"},
        {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"},
        {"oldpassword": PASSWORD, "password1": "somebody", "password2": "somebody"},
    ],
)
def test_a_change_that_is_refused(person, fields):
    assert sign_in(PASSWORD).post("/accounts/password/change/", fields).status_code == 200
    assert sign_in(PASSWORD)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "密码太短：至少 10 个字符。"),
     ("en", "The password is too short: it needs 10 characters or more.")],
)  # fmt: skip
def test_too_short_is_said_in_the_language_of_the_page(person, language, words):
    client, short = sign_in(PASSWORD), "Kurz-9-xy"
    person.locale = language
    person.save()
    fields = {"oldpassword": PASSWORD, "password1": short, "password2": short}
    page = client.post("/accounts/password/change/", fields).content.decode()
    assert words in page
    assert "at least" not in page


def test_who_has_no_password_here_has_none_to_change(client):
    client.force_login(
        make_user("other", "乙", "auditor"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get("/accounts/password/change/").status_code == 404


@pytest.mark.parametrize("language", SUBJECTS)
def test_a_letter_in_the_language_of_the_page(person, client, mailoutbox, language):
    elsewhere = sign_in(PASSWORD)
    headers = {"Accept-Language": language}
    client.post("/preferences/", {"language": language, "next": "/"})
    done = client.post(FORGOTTEN, {"email": person.email}, headers=headers)
    assert (done.status_code, done["Location"]) == (302, f"{FORGOTTEN}done/")
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == ([person.email], f"[testserver] {SUBJECTS[language]}")
    assert person.username in letter.body
    (link,) = re.findall(r"http://testserver(/\S+)", letter.body)
    form = client.get(link, follow=True)
    assert form.status_code == 200
    path = form.redirect_chain[-1][0]
    assert client.post(path, {"password1": NEW, "password2": NEW}).status_code == 302
    assert elsewhere.get("/notices/").status_code == 302
    assert written(person)[:2] == ("user.password_set", person.pk)
    assert (sign_in(PASSWORD), bool(sign_in(NEW))) == (None, True)
    with translation.override(language):
        again = Client().get(link, follow=True, headers=headers)
    assert b'type="password"' not in again.content


def test_an_unknown_address_looks_the_same_and_gets_nothing(person, client, mailoutbox):
    known = client.post(FORGOTTEN, {"email": person.email})
    unknown = client.post(FORGOTTEN, {"email": "nobody@firm.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mailoutbox] == [[person.email]]


def test_a_mail_server_that_is_down_tells_nothing(person, client, monkeypatch):
    def down(*_args):
        raise SMTPServerDisconnected("somebody@firm.example")

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    done = client.post(FORGOTTEN, {"email": person.email})
    assert (done.status_code, done["Location"]) == (302, f"{FORGOTTEN}done/")


def test_a_foreign_host_gets_no_link(person, client, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["riskhub.example"]
    done = client.post(FORGOTTEN, {"email": person.email}, headers={"Host": "evil.example"})
    assert (done.status_code, mailoutbox) == (400, [])


def test_the_sign_in_page_offers_it_only_with_mail(client, settings):
    assert f'href="{FORGOTTEN}"' in client.get("/accounts/login/").content.decode()
    settings.HAS_MAIL = False
    assert f'href="{FORGOTTEN}"' not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("has_mail", [True, False])
def test_changing_it_points_to_a_letter_only_where_letters_go_out(
    sign_in, staff_cleaning, settings, has_mail
):
    settings.HAS_MAIL = has_mail
    staff_cleaning.set_password("x")
    staff_cleaning.save()
    page = sign_in(staff_cleaning).get("/accounts/password/change/")
    assert page.status_code == 200
    assert (FORGOTTEN in page.content.decode()) == has_mail
