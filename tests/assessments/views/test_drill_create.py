from uuid import uuid4

import pytest

from assessments.models import Drill
from tests.contingency import days, lose_next, make_contingency
from tests.registers.audit import Trail

URL = "/contingency/CP-101/drills/new/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def values():
    return {"scheduled_on": days(20).isoformat(), "kind": "field", "client_uuid": str(uuid4())}


@pytest.fixture(autouse=True)
def _plan(risk_manager, ops):
    lose_next(make_contingency(ops, by=risk_manager))


def test_scheduled_and_twice_is_once(sign_in, risk_manager, values):
    client, trail = sign_in(risk_manager), Trail()
    for _click in range(2):
        response = client.post(URL, values)
        assert (response.status_code, response["Location"]) == (302, "/contingency/CP-101/")
    assert (Drill.objects.scheduled().get().scheduled_on) == days(20)
    assert [action for action, *_rest in trail.events()] == ["drill.scheduled"]
    response = client.post(URL, values | {"client_uuid": str(uuid4())})
    assert response.status_code == 422


@pytest.mark.parametrize("day", ["", days(-1).isoformat(), "2226-01-01"])
def test_a_day_that_cannot_be(sign_in, risk_manager, values, day):
    response = sign_in(risk_manager).post(URL, values | {"scheduled_on": day})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["scheduled_on"])


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(sign_in, request, values, who, status):
    assert sign_in(request.getfixturevalue(who)).post(URL, values).status_code == status


def test_wrong_method(sign_in, risk_manager):
    assert sign_in(risk_manager).delete(URL).status_code == 405
