"""A plan has as many rows by the API as on its page."""

import pytest

from assessments.models import ResponsePlan
from assessments.plans.content import MOST_ACTIONS, MOST_RESOURCES
from tests.api_client import ApiClient, refusal
from tests.assessments.api.test_plans import mitigation

pytestmark = pytest.mark.django_db
ROWS = {
    "actions": (mitigation()["actions"][0], MOST_ACTIONS),
    "resources": ({"kind": "money", "what": "培训", "amount": "300"}, MOST_RESOURCES),
}


@pytest.mark.parametrize("part", ROWS)
def test_as_many_as_on_the_page_and_none_more(high_risk, risk_manager, part):
    row, most = ROWS[part]
    rows = [row | {"key": f"a{n}"} for n in range(most + 1)]
    client = ApiClient(risk_manager)
    status, code, errors = refusal(client.post("plans/", mitigation(**{part: rows})))
    assert (status, code, list(errors)) == (400, "invalid", [part])
    assert not ResponsePlan.objects.exists()
    assert client.post("plans/", mitigation(**{part: rows[:-1]})).status_code == 201
