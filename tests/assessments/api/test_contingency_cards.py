"""Who opens the card of a plan, by API."""

import pytest

from tests.api_client import ApiClient, refusal
from tests.contingency import make_contingency, stored
from tests.registers.audit import Trail

PATH = "contingency-plans/CP-101/card/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_shared_and_closed_again(plan, risk_manager, client):
    api, trail = ApiClient(risk_manager), Trail()
    closed = {"public": False, "address": "http://testserver/m/cp/CP-101"}
    assert api.get(PATH).json() == closed
    shared = api.put(PATH, {"public": True}).json()
    assert shared == {"public": True, "address": f"http://testserver/m/cp/{stored(plan).card_key}"}
    assert client.get(shared["address"]).status_code == 200
    assert api.put(PATH, {"public": True}).json() == shared
    assert api.put(PATH, {"public": False}).json() == closed
    assert client.get(shared["address"]).status_code == 404
    assert [action for action, *_rest in trail.events()] == [
        "contingency.card_shared", "contingency.card_closed",
    ]  # fmt: skip


@pytest.mark.parametrize("body", [{}, {"public": None}, {"public": "maybe"}, {"open": True}])
def test_what_says_neither_is_refused(plan, risk_manager, body):
    assert refusal(ApiClient(risk_manager).put(PATH, body))[0] == 400
    assert not stored(plan).card_public


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(plan, request, who, status):
    assert refusal(ApiClient(request.getfixturevalue(who)).put(PATH, {"public": True}))[0] == status
    assert not stored(plan).card_public
