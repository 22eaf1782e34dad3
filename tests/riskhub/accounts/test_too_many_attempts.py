"""Wrong passwords: strict for one account, wide for an address, which an office shares."""

import pytest
from django.core.cache import cache

from tests.cast import PASSWORD, make_user

URL = "/accounts/login/"


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
