"""The pages of allauth that the product uses: to whom they answer what, and that nothing is changed."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.access.database import fingerprint
from tests.access.table import SIGN_IN
from tests.cast import PASSWORD, make_user
from tests.routes import routes

SIGN_IN_ROUTES = [route for route in routes() if route.pattern.startswith("accounts/")]


def test_every_address_has_a_line_and_every_line_an_address():
    assert {route.key for route in SIGN_IN_ROUTES} == set(SIGN_IN)


@pytest.mark.django_db
@pytest.mark.parametrize("route", SIGN_IN_ROUTES, ids=lambda route: route.key)
def test_the_answer_is_the_one_in_the_table(route):
    person = make_user("somebody", "某人", "auditor", password=PASSWORD)
    path = "/" + route.pattern.replace("^", "").replace("$", "").replace(
        "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)", "1-abc"
    )
    before, found = fingerprint(), []
    for user in (None, person):
        answers = []
        for method in ("get", "post"):
            cache.clear()  # allauth counts attempts in it
            client = Client()
            if user:
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            answers.append(getattr(client, method)(path, {"sent": "1"}).status_code)
        found.append(tuple(answers))
    assert tuple(found) == SIGN_IN[route.key]
    assert fingerprint() == before
