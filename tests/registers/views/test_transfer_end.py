import pytest

from registers.models import InsurancePolicy
from registers.services import TransferDraft, create_transfer
from tests.registers.audit import Trail

URL = "/transfers/policy:P-7/end/"


@pytest.fixture(autouse=True)
def _policy(risk_manager):
    draft = TransferDraft(code="P-7", name_zh="公众责任险")
    create_transfer(InsurancePolicy, draft, by=risk_manager)


def test_once_and_the_second_time_is_told(manager):
    trail = Trail()
    response = manager.post(URL)
    assert (response.status_code, response["Location"]) == (302, "/transfers/?kind=policy")
    assert InsurancePolicy.objects.get().state == "ended"
    event = trail.only("registers_insurancepolicy")
    assert (event.action, event.after["state"]) == ("transfer.ended", "ended")
    assert manager.post(URL).status_code == 409


@pytest.mark.parametrize("who", ["ops_manager", "head_cleaning", "approver", "auditor", "outsider"])
def test_nobody_else(sign_in, request, who):
    assert sign_in(request.getfixturevalue(who)).post(URL).status_code == 403
    assert InsurancePolicy.objects.get().state == "active"


def test_what_is_not_there(manager):
    assert manager.post("/transfers/policy:P-8/end/").status_code == 404


def test_wrong_method(manager):
    assert manager.get(URL).status_code == 405
