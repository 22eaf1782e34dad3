"""Wrong passwords: strict for one account, wide for an address, which an office shares."""

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from riskhub.accounts.links import link_path
from riskhub.accounts.models import User
from riskhub.accounts.services import make_sign_in_link
from riskhub.audit.models import AuditEvent
from tests.cast import PASSWORD, make_user

URL = "/accounts/login/"
NEW = "Anders-genug-7"


@pytest.fixture(autouse=True)
def people(db):
    cache.clear()  # attempts are counted in it
    for name in ("chen", "wang"):
        make_user(name, name, "staff", password=PASSWORD)
    yield
    cache.clear()


def attempt(client, name, password="wrong"):  # noqa: S107 - no password at all
    return client.post(URL, {"login": name, "password": password})


def test_who_mistypes_locks_nobody_else_out(client):
    answers = [attempt(client, "chen").status_code for _n in range(40)]
    assert (answers[0], answers[-1]) == (200, 429)
    assert attempt(client, "chen", PASSWORD).status_code == 429
    assert attempt(client, "wang", PASSWORD).status_code == 302


def test_a_sentence_says_when_to_try_again(client):
    client.cookies["language"] = "en"
    for _n in range(6):
        answer = attempt(client, "chen")
    assert answer.status_code == 429
    assert "Wait 15 minutes, then try again." in answer.content.decode()


def test_one_account_from_many_addresses(client):
    for number in range(5):
        client.post(URL, {"login": "chen", "password": "x"}, REMOTE_ADDR=f"10.0.0.{number}")
    answer = client.post(URL, {"login": "chen", "password": PASSWORD}, REMOTE_ADDR="10.0.0.99")
    assert answer.status_code == 429


def test_an_address_that_tries_many_accounts(client):
    answers = [attempt(client, f"nobody{number}").status_code for number in range(101)]
    assert (answers[99], answers[100]) == (200, 429)


def test_a_name_with_a_zero_byte(client):
    answer = client.post(URL, {"login": "a\0b", "password": "x"}, HTTP_COOKIE="language=en")
    assert answer.status_code == 200
    assert answer.context["form"].errors == {
        "login": ["Take out the characters that cannot be read."]
    }


def choose_anew(name, admin):
    """By a link that the administrator handed over, in a browser of one's own."""
    path = link_path(make_sign_in_link(User.objects.get(username=name), by=admin))
    theirs = Client()
    form = theirs.get(path, follow=True).redirect_chain[-1][0]
    answer = theirs.post(form, {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302


def test_a_new_password_ends_the_lock_at_once(client, admin):
    for _n in range(6):
        answer = attempt(client, "Chen")
    assert answer.status_code == 429
    choose_anew("chen", admin)
    assert attempt(client, "chen", NEW).status_code == 302
    event = AuditEvent.objects.filter(action="user.password_set").get()
    assert event.actor_name == event.object_label == "chen"


def test_a_new_password_ends_the_lock_of_many_wrong_ones(client, admin):
    AccessAttempt.objects.create(
        username="chen", ip_address="127.0.0.1", failures_since_start=10,
        user_agent="", http_accept="", path_info="", attempt_time=timezone.now(),
    )  # fmt: skip
    assert attempt(client, "chen", PASSWORD).status_code == 429
    choose_anew("chen", admin)
    assert attempt(client, "chen", NEW).status_code == 302


def test_others_stay_locked_and_so_does_the_address(client, admin):
    for _n in range(6):
        attempt(client, "wang")
    for number in range(95):
        attempt(client, f"nobody{number}")
    choose_anew("chen", admin)
    assert attempt(client, "wang", PASSWORD).status_code == 429
    assert attempt(client, "chen", NEW).status_code == 429
