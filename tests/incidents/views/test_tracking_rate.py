"""How satisfied the customer is, once it is closed."""

import pytest

from tests.incidents.complaining import make_at, make_closed
from tests.incidents.views.following import STATUS, follow

pytestmark = pytest.mark.django_db
URL = "/track/rate"


@pytest.fixture
def closed(service, risk):
    return make_closed(service, risk)


def test_the_last_word_counts(client, closed):
    follow(client, closed)
    assert [client.post(URL, {"stars": stars}).status_code for stars in (5, 2)] == [302, 302]
    closed.refresh_from_db()
    assert closed.satisfaction == 2
    assert client.get(STATUS).context["rating"]["stars"].value() == 2


@pytest.mark.parametrize("stars", ["", "0", "6", "x"])
def test_nothing_beyond_the_scale(client, closed, stars):
    page = follow(client, closed).post(URL, {"stars": stars})
    assert (page.status_code, [*page.context["rating"].errors]) == (422, ["stars"])


def test_not_before_it_is_closed(client, service):
    complaint = make_at("offered", service)
    page = follow(client, complaint).post(URL, {"stars": 5})
    assert page.status_code == 409
    complaint.refresh_from_db()
    assert complaint.satisfaction is None


def test_without_an_open_page_nothing_happens(client, closed):
    assert client.post(URL, {"stars": 5}).status_code == 403
