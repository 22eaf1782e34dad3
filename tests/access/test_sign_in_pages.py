"""The pages of allauth that the product uses: to whom they answer what, and that nothing is changed."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.access.database import fingerprint
from tests.access.table import BY_MAIL, SIGN_IN
from tests.cast import PASSWORD, make_user
from tests.routes import routes

SIGN_IN_ROUTES = [route for route in routes() if route.pattern.startswith("accounts/")]


def test_every_address_has_a_line_and_every_line_an_address():
    assert {route.key for route in SIGN_IN_ROUTES} == {*SIGN_IN, *BY_MAIL}


NOT_OURS = [
    "", "signup/", "email/", "confirm-email/", "confirm-email/x/", "reauthenticate/", "password/set/",
    "login/code/confirm/", "3rdparty/", "social/signup/", "2fa/", "sessions/", "signup/passkey/",
]  # fmt: skip


def answers(route, user):
    """The statuses of GET and of POST."""
    path = "/" + route.pattern.replace("^", "").replace("$", "").replace(
        "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)", "1-abc"
    )
    for method in ("get", "post"):
        cache.clear()  # allauth counts attempts in it
        client = Client()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        yield getattr(client, method)(path, {"sent": "1"}).status_code


@pytest.mark.django_db
@pytest.mark.parametrize("has_mail", [True, False], ids=["mail", "no-mail"])
@pytest.mark.parametrize("route", SIGN_IN_ROUTES, ids=lambda route: route.key)
def test_the_answer_is_the_one_in_the_table(route, has_mail, settings):
    settings.HAS_MAIL = has_mail
    person = make_user("somebody", "某人", "auditor", password=PASSWORD)
    before = fingerprint()
    found = tuple(tuple(answers(route, user)) for user in (None, person))
    if route.key in SIGN_IN:
        assert found == SIGN_IN[route.key]
    else:
        assert found == (BY_MAIL[route.key] if has_mail else ((404, 404), (404, 404)))
    assert fingerprint() == before


@pytest.mark.django_db
@pytest.mark.parametrize("path", NOT_OURS)
def test_what_the_product_does_not_have_is_not_there(client, path):
    answer = client.get(f"/accounts/{path}", follow=True)
    assert (answer.status_code, "Nothing is here" in answer.content.decode()) == (404, False)
    assert "这里没有内容" in answer.content.decode()
