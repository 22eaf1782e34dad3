"""`Authorization: Token <key>`: what its user may do, until it expires, is revoked, or they leave."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from riskhub.accounts.models import Token
from riskhub.accounts.services import create_token, hash_token, revoke_token
from riskhub.audit.models import AuditEvent
from tests.api_client import refusal

TOMORROW = timedelta(days=1)
FORM = "Send the token as “Authorization: Token <key>”."
WRONG = "This token is wrong, expired or revoked. Make a new one."


@pytest.fixture
def key(auditor):
    return create_token(auditor, by=auditor, name="x", expires_at=timezone.now() + TOMORROW)


def ask(authorization, path="/api/v1/taxonomy/"):
    return Client().get(path, headers={"Authorization": authorization, "Accept-Language": "en"})


@pytest.mark.parametrize("scheme", ["Token", "token", "TOKEN"])
def test_it_opens_the_door(key, scheme):
    assert ask(f"{scheme} {key}").status_code == 200


@pytest.mark.parametrize(
    ("authorization", "words"),
    [
        ("Token ", FORM),
        ("Token", FORM),
        ("Bearer {key}", FORM),
        ("{key}", FORM),
        ("Token {key}x", WRONG),
        ("Token {hash}", WRONG),
        ("Token \xff\x00", WRONG),
    ],
)
def test_anything_else_does_not(key, authorization, words):
    answer = ask(authorization.format(key=key, hash=hash_token(key)))
    assert refusal(answer)[:2] == (401, "authentication_failed")
    assert answer.json()["detail"] == words
    assert answer["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("authorization", ["", "Basic dXNlcjpwYXNz"])
@pytest.mark.django_db
def test_who_sends_none_is_told_so(authorization):
    answer = ask(authorization)
    assert refusal(answer)[:2] == (401, "not_authenticated")


def test_not_after_it_expired(key):
    with time_machine.travel(timezone.now() + TOMORROW, tick=False):
        assert refusal(ask(f"Token {key}"))[:2] == (401, "authentication_failed")


def test_not_after_it_was_revoked(key, auditor, admin):
    revoke_token(Token.objects.get(), by=admin)
    assert refusal(ask(f"Token {key}"))[:2] == (401, "authentication_failed")
    event = AuditEvent.objects.about(Token.objects.get()).first()
    assert (event.action, event.actor_name) == ("token.revoked", "钱程")
    assert list(event.after) == ["revoked_at"]


def test_not_after_its_user_left(key, auditor):
    auditor.is_active = False
    auditor.save()
    assert refusal(ask(f"Token {key}"))[:2] == (401, "authentication_failed")


def test_using_it_writes_nothing(key, django_assert_num_queries):
    with connection.execute_wrapper(_refuse_writes):
        assert ask(f"Token {key}").status_code == 200


def _refuse_writes(execute, sql, params, many, context):
    assert sql.lstrip().upper().startswith("SELECT"), sql
    return execute(sql, params, many, context)


def test_it_is_no_session(key, auditor):
    """The pages ask for a sign-in, and nothing of the key ends up in a cookie."""
    page = ask(f"Token {key}", "/audit/")
    assert (page.status_code, page["Location"]) == (302, "/accounts/login/?next=/audit/")
    assert not ask(f"Token {key}").cookies


def test_in_words(key, auditor):
    assert str(Token.objects.get()) == "孙悦 x"
