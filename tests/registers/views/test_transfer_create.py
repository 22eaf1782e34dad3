from uuid import uuid4

import pytest

from registers.models import ContractClause, InsurancePolicy
from riskhub.accounts.services import assign_role
from tests.registers.audit import Trail

URL = "/transfers/policy/new/"
VALUES = {"code": " p-2026-7 ", "name_zh": "公众责任险", "name_en": "Public liability",
          "valid_until": "", "note": ""}  # fmt: skip


def test_entered(manager):
    trail = Trail()
    response = manager.post(URL, VALUES)
    assert (response.status_code, response["Location"]) == (302, "/transfers/?kind=policy")
    assert InsurancePolicy.objects.get().code == "P-2026-7"
    assert trail.only("registers_insurancepolicy").action == "transfer.created"


def test_of_another_kind(manager):
    assert manager.post("/transfers/clause/new/", VALUES).status_code == 302
    assert ContractClause.objects.exists()
    assert not InsurancePolicy.objects.exists()
    assert manager.get("/transfers/nothing/new/").status_code == 404


def test_sent_twice_is_one(manager):
    sent = VALUES | {"client_uuid": str(uuid4())}
    manager.post(URL, sent)

    assert manager.post(URL, sent).status_code == 302
    assert InsurancePolicy.objects.count() == 1


def test_a_code_is_given_once(manager):
    manager.post(URL, VALUES)
    response = manager.post(URL, VALUES | {"code": "P-2026-7", "note": "写了很多"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["code"])
    assert "写了很多" in response.content.decode()


def test_the_key_of_another_one_is_refused(manager):
    key = {"client_uuid": str(uuid4())}
    manager.post(URL, VALUES | key)
    response = manager.post(URL, VALUES | key | {"code": "P-8"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["__all__"])


def test_a_day_that_cannot_be_meant(manager, part):
    response = part(manager, URL, "transfer-form", VALUES | {"valid_until": "2226-01-01"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["valid_until"])
    assert response.content.decode().strip().startswith("<form")


def test_finance_of_the_company_too(outsider, sign_in):
    assign_role(outsider, by=None, role="finance")
    assert sign_in(outsider).post(URL, VALUES).status_code == 302


@pytest.mark.parametrize(
    "who", ["ops_manager", "head_cleaning", "staff_cleaning", "approver", "auditor", "admin"]
)
def test_nobody_else(sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert (client.get(URL).status_code, client.post(URL, VALUES).status_code) == (403, 403)
    assert not InsurancePolicy.objects.exists()


def test_wrong_method(manager):
    assert manager.delete(URL).status_code == 405
