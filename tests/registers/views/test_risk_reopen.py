import pytest

from registers.models import Risk
from registers.services import archive_register, close_risk
from tests.registers.audit import Trail
from tests.registers.pages import messages_of

URL = "/risks/R001/reopen/"
REASON = {"reason": "又开始上门收款"}


@pytest.fixture
def closed(risk, risk_manager):
    return close_risk(risk, by=risk_manager, reason="停办")


def test_open_again_with_its_reason(closed, manager):
    assert "停办" in manager.get(URL).content.decode()
    trail = Trail()
    response = manager.post(URL, REASON)
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/")
    assert Risk.objects.get().state == "identified"
    event = trail.only("registers_risk")
    assert (event.action, event.reason) == ("risk.reopened", "又开始上门收款")


def test_without_a_reason(closed, manager, part):
    response = part(manager, URL, "reopen-form", {"reason": " "})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    assert Risk.objects.get().state == "closed"


def test_not_in_an_archived_register(closed, manager, register, risk_manager, part):
    archive_register(register, by=risk_manager)
    response = part(manager, URL, "reopen-form", REASON)
    assert (response.status_code, "SVC" in str(response.context["form"].errors)) == (422, True)
    assert REASON["reason"] in response.content.decode()
    assert Risk.objects.get().state == "closed"


def test_an_open_risk(risk, manager):
    response = manager.get(URL)
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/")
    assert len(messages_of(response)) == 1
    assert manager.post(URL, REASON).status_code == 409
    assert Risk.objects.get().row_version == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head_cleaning", 403), ("approver", 403), ("auditor", 403), ("admin", 403),
        ("staff_cleaning", 404), ("head_repair", 404), ("outsider", 404), ("ops_manager", 302),
    ],
)  # fmt: skip
def test_who_may(closed, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == (200 if status == 302 else status)
    assert client.post(URL, REASON).status_code == status
    assert Risk.objects.get().state == ("identified" if status == 302 else "closed")


def test_wrong_method(closed, manager):
    assert manager.delete(URL).status_code == 405
