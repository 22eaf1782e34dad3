import pytest

from tests.contingency import make_contingency, stored
from tests.registers.audit import Trail

URL = "/contingency/CP-101/share/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_opened_and_closed(plan, sign_in, risk_manager):
    client = sign_in(risk_manager)
    for public, action in (("yes", "contingency.card_shared"), ("no", "contingency.card_closed")):
        trail = Trail()
        for _click in range(2):
            response = client.post(URL, {"public": public})
            assert (response.status_code, response["Location"]) == (302, "/contingency/CP-101/")
        assert stored(plan).card_public == (public == "yes")
        assert [one for one, *_rest in trail.events()] == [action]
    assert client.post(URL, {"public": "perhaps"}).status_code == 400


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(plan, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(URL, {"public": "yes"}).status_code == status
    assert not stored(plan).card_public


def test_wrong_method(plan, sign_in, risk_manager):
    assert sign_in(risk_manager).get(URL).status_code == 405
