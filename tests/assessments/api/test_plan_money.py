import pytest

from tests.api_client import ApiClient, refusal
from tests.assessments.api.test_plans import mitigation

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("high_risk")
def test_money_is_read_in_its_unit_and_nothing_else_is_thrown_away(risk_manager):
    def asked(unit):
        row = {"kind": "money", "what": "培训", "amount": "3", "unit": unit}
        return ApiClient(risk_manager).post("plans/", mitigation(resources=[row]))

    refused = refusal(asked("万元/年"))
    assert refused[:2] == (400, "invalid")
    assert "write 元 or 万元" in str(refused[2])
    made = asked("万元")
    assert made.status_code == 201
    (row,) = made.json()["head"]["content"]["resources"]
    assert (row["amount"], row["unit"]) == ("30000.00", "")
