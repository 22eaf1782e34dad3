import pytest

from registers.models import InsurancePolicy
from registers.services import TransferDraft, create_transfer, edit_transfer
from tests.registers.audit import Trail

URL = "/transfers/policy:P-7/edit/"
VALUES = {"name_zh": "公众责任险", "name_en": "", "valid_until": "", "note": "", "row_version": 1}


@pytest.fixture(autouse=True)
def policy(risk_manager):
    draft = TransferDraft(code="P-7", name_zh="公众责任险")
    return create_transfer(InsurancePolicy, draft, by=risk_manager)


def test_changed_and_the_code_stays(manager):
    trail = Trail()
    response = manager.post(URL, VALUES | {"valid_until": "2027-01-31", "code": "X"})
    assert (response.status_code, response["Location"]) == (302, "/transfers/?kind=policy")
    event = trail.only("registers_insurancepolicy")
    assert (event.action, event.after["valid_until"]) == ("transfer.edited", "2027-01-31")
    assert InsurancePolicy.objects.get().code == "P-7"


def test_a_stale_version_shows_both_texts(manager, policy, risk_manager, part):
    edit_transfer(policy, by=risk_manager, version=1, name_zh="公责险一")
    response = part(manager, URL, "transfer-form", VALUES | {"name_zh": "公责险二"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "公责险一" in page
    assert 'value="公责险二"' in page
    assert InsurancePolicy.objects.get().name_zh == "公责险一"


def test_a_refused_form_keeps_what_was_typed(manager):
    response = manager.post(URL, VALUES | {"name_zh": " ", "note": "写了很多"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name_zh"])
    assert "写了很多" in response.content.decode()


def test_as_the_code_is_written(manager):
    assert manager.get("/transfers/policy:p-7/edit/").status_code == 200
    for key in ("policy:P-8", "clause:P-7", "nothing:P-7", "P-7"):
        assert manager.get(f"/transfers/{key}/edit/").status_code == 404


@pytest.mark.parametrize("who", ["ops_manager", "head_cleaning", "approver", "auditor", "outsider"])
def test_nobody_else(sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert {client.get(URL).status_code, client.post(URL, VALUES).status_code} == {403}


def test_wrong_method(manager):
    assert manager.delete(URL).status_code == 405
