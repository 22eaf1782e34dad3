import pytest

from registers.models import RiskControl
from registers.services import close_risk, link_control, retire_control
from tests.registers.audit import Trail

URL = "/controls/C-101/link/"


@pytest.fixture
def values(risk, control):
    return {"risk": "R001", "acts_on": "", "strength": 1, "note": ""}


@pytest.mark.parametrize("code", ["R001", "r1", " R0001 "])
def test_linked_to_a_risk_by_its_number(values, manager, code):
    assert manager.get(URL).status_code == 200
    trail = Trail()
    response = manager.post(URL, values | {"risk": code})
    assert (response.status_code, response["Location"]) == (302, "/controls/C-101/")
    assert trail.only("registers_riskcontrol").action == "risk_control.linked"


def test_a_double_click_is_one_link(values, manager):
    for _n in range(2):
        assert manager.post(URL, values).status_code == 302
    assert RiskControl.objects.count() == 1


def test_linked_already_with_another_effect(values, risk, control, manager, risk_manager):
    link_control(risk, control, by=risk_manager, strength=2)
    response = manager.post(URL, values)
    assert response.status_code == 422
    assert "C-101" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"risk": ""}, "risk"), ({"risk": "R999"}, "risk"), ({"risk": "漏水"}, "risk"),
        ({"strength": 9}, "strength"),
    ],
)  # fmt: skip
def test_what_cannot_be(values, manager, part, change, field):
    response = part(manager, URL, "link-form", values | change)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_risk_of_others_is_as_one_that_does_not_exist(values, other_risk, sign_in, head_cleaning):
    client = sign_in(head_cleaning)
    pages = [client.post(URL, values | {"risk": code}) for code in ("R002", "R999")]
    errors = [page.context["form"].errors for page in pages]
    assert errors[0] == errors[1] != {}


def test_a_closed_risk_is_not_offered(values, risk, manager, risk_manager, other_risk):
    close_risk(risk, by=risk_manager, reason="停办")
    assert manager.post(URL, values).status_code == 422


def test_a_retired_control(values, control, manager, risk_manager):
    retire_control(control, by=risk_manager, reason="停用")
    assert manager.get(URL)["Location"] == "/controls/C-101/"
    assert manager.post(URL, values).status_code == 409


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ops_manager", 302), ("head_cleaning", 302), ("approver", 403), ("auditor", 403),
        ("admin", 403), ("staff_cleaning", 404), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(values, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == (200 if status == 302 else status)
    assert client.post(URL, values).status_code == status
    assert RiskControl.objects.count() == (1 if status == 302 else 0)


def test_wrong_method(control, manager):
    assert manager.put(URL).status_code == 405
