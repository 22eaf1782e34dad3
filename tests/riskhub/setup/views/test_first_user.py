"""The first account is made by whoever holds the key that the start prints; then the door is shut."""

import pytest

from riskhub.accounts.models import User
from riskhub.setup.first_key import first_path

pytestmark = pytest.mark.django_db
FIELDS = {"display_name": "李娜", "username": "li.na", "password": "a long password 1"}


def test_made_signed_in_and_sent_on(client):
    assert client.get(first_path()).status_code == 200
    response = client.post(first_path(), FIELDS)
    assert (response.status_code, response["Location"]) == (302, "/setup/")
    assert User.objects.get().username == "li.na"
    assert client.get("/setup/")["Location"] == "/setup/company/"
    assert client.get(first_path()).status_code == 404
    assert client.post(first_path(), FIELDS | {"username": "second"}).status_code == 404


@pytest.mark.parametrize("key", ["x", "0" * 32])
def test_not_without_the_key(client, key):
    assert client.get(f"/setup/first/{key}/").status_code == 404
    assert client.post(f"/setup/first/{key}/", FIELDS).status_code == 404
    assert not User.objects.get_queryset().exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"password": "1234"}, "password"), ({"username": "li na"}, "username"),
     ({"display_name": ""}, "display_name")],
)  # fmt: skip
def test_a_refusal_keeps_what_was_typed(client, changed, field):
    response = client.post(first_path(), FIELDS | changed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not User.objects.get_queryset().exists()


def test_all_faults_are_said_at_once(client):
    page = client.post(first_path(), FIELDS | {"username": "li na!", "password": "1234"})
    assert list(page.context["form"].errors) == ["username", "password"]


def test_nine_characters_are_too_few(client):
    page = client.post(first_path(), FIELDS | {"password": "Kurz-9-xy"})
    assert page.context["form"].errors["password"] == ["密码太短：至少 10 个字符。"]


def test_only_shown_and_sent(client):
    assert client.put(first_path()).status_code == 405
