"""`manage.py create_token USERNAME --name N [--days D]`: the key is printed once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from riskhub.accounts.models import Token
from riskhub.audit.models import AuditEvent


def create(*arguments):
    out = StringIO()
    call_command("create_token", *arguments, stdout=out)
    return out.getvalue().strip()


def test_a_key_that_works(auditor):
    key = create("auditor", "--name", "报表程序")
    token = Token.objects.get()
    assert (token.user, token.name, token.expires_at) == (auditor, "报表程序", None)
    assert key not in (token.token_hash, str(token))
    answer = Client().get("/api/v1/risks/", headers={"Authorization": f"Token {key}"})
    assert answer.status_code == 200
    event = AuditEvent.objects.about(token).get()
    assert (event.action, event.actor_name, event.after["token_hash"]) == (
        "token.created", "system", "***",
    )  # fmt: skip
    assert event.request_id


def test_it_expires_after_so_many_days(auditor):
    create("auditor", "--name", "x", "--days", "30")
    left = Token.objects.get().expires_at - timezone.now()
    assert timedelta(days=29) < left <= timedelta(days=30)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody", "--name", "x"), "Nobody active signs in as nobody."),
        (("auditor", "--name", "x", "--days", "0"), "from 1 to 36500"),
        (("auditor", "--name", "x", "--days", "99999999"), "from 1 to 36500"),
        (("auditor", "--name", ""), "--name says what the key is for"),
        (("auditor", "--name", "x" * 101), "100"),
        (("auditor",), "--name"),
    ],
)
def test_what_is_refused(auditor, arguments, said):
    with pytest.raises(CommandError, match=said):
        create(*arguments)
    assert Token.objects.count() == 0


def test_who_has_left_gets_no_key(auditor):
    auditor.is_active = False
    auditor.save()
    with pytest.raises(CommandError, match="Nobody active"):
        create("auditor", "--name", "x")


def test_without_a_name_in_the_language_of_the_commands(risk_manager):
    with override("zh-hans"), pytest.raises(CommandError) as refused:
        call_command("create_token", risk_manager.username, "--name", "")
    assert str(refused.value) == "--name says what the key is for: 1 to 100 characters."
