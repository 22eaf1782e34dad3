import pytest

from registers.models import RiskControl
from registers.services import close_risk, link_control
from tests.registers.audit import Trail
from tests.registers.pages import messages_of


@pytest.fixture
def link(risk, control, risk_manager):
    return link_control(risk, control, by=risk_manager)


@pytest.fixture
def url(link):
    return f"/risk-controls/{link.pk}/remove/"


def test_it_acts_no_longer(url, manager):
    trail = Trail()
    response = manager.post(url)
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/controls/")
    event = trail.only("registers_riskcontrol")
    assert (event.action, event.operation) == ("risk_control.unlinked", "delete")
    (said,) = messages_of(response)
    assert "C-101" in said
    assert "R001" in said
    assert manager.post(url).status_code == 404


def test_back_to_the_control(url, manager):
    assert manager.post(url, {"back": "control"})["Location"] == "/controls/C-101/"


def test_a_closed_risk(url, risk, manager, risk_manager):
    close_risk(risk, by=risk_manager, reason="停办")
    assert manager.post(url).status_code == 409
    assert RiskControl.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head_cleaning", 302), ("approver", 403), ("auditor", 403), ("staff_cleaning", 404),
        ("head_repair", 404),
    ],
)  # fmt: skip
def test_who_may(url, sign_in, request, who, status):
    assert sign_in(request.getfixturevalue(who)).post(url).status_code == status
    assert RiskControl.objects.count() == (0 if status == 302 else 1)


def test_never_by_looking(url, manager):
    assert (manager.get(url).status_code, manager.head(url).status_code) == (405, 405)
    assert RiskControl.objects.count() == 1
