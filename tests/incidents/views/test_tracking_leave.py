import pytest

from tests.incidents.complaining import make_complaint
from tests.incidents.views.following import STATUS, follow

pytestmark = pytest.mark.django_db


def test_whoever_comes_next_has_to_know_the_secret(client):
    follow(client, make_complaint())
    answer = client.post("/track/leave")
    assert (answer.status_code, answer["Location"]) == (302, "/track")
    assert client.get(STATUS)["Location"] == "/track"
    assert client.get("/track/leave").status_code == 405
