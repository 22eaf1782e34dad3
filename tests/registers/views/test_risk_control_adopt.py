import pytest

from registers.models import Control, LibraryRisk, RiskControl
from registers.services import adopt_risks, close_risk, retire_control
from tests.registers.audit import Trail

URL = "/risks/R001/controls/adopt/"


@pytest.fixture
def fall(register, risk_manager):
    (made,) = adopt_risks(
        [LibraryRisk.objects.get(code="LIB-001")], by=risk_manager, register=register
    )
    return made


def test_planned_and_linked(fall, manager):
    trail = Trail()
    response = manager.post(URL, {"entry": "C-50"})
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/controls/")
    link = RiskControl.objects.get()
    assert (link.control.code, link.control.state, link.acts_on) == ("C-50", "draft", "impact")
    tables = {"registers_control", "registers_riskcontrol"}
    actions = [event.action for event in trail.rows() if event.object_type in tables]
    assert actions == ["library_control.adopted", "risk_control.linked"]


def test_one_that_the_company_has_is_linked_as_it_is(fall, manager, register, risk_manager):
    manager.post(URL, {"entry": "C-50"})
    (shock,) = adopt_risks(
        [LibraryRisk.objects.get(code="LIB-002")], by=risk_manager, register=register
    )
    shock.refresh_from_db()
    manager.post(f"/risks/{shock.code}/controls/adopt/", {"entry": "C-50"})
    assert Control.objects.count() == 1
    assert RiskControl.objects.count() == 2


def test_a_retired_one_is_planned_anew(fall, manager, risk_manager):
    manager.post(URL, {"entry": "C-50"})
    retire_control(Control.objects.get(), by=risk_manager, reason="停用")
    manager.post(URL, {"entry": "C-50"})
    assert set(Control.objects.values_list("code", "state")) == {
        ("C-50", "retired"), ("C-101", "draft"),
    }  # fmt: skip


@pytest.mark.parametrize("entry", ["", "C-99", "C-02"])
def test_what_the_library_does_not_name(fall, manager, entry):
    assert manager.post(URL, {"entry": entry}).status_code == 409
    assert Control.objects.count() == 0


def test_a_double_click(fall, manager):
    assert [manager.post(URL, {"entry": "C-50"}).status_code for _n in range(2)] == [302, 409]
    assert RiskControl.objects.count() == 1


def test_a_closed_risk(fall, manager, risk_manager):
    close_risk(fall, by=risk_manager, reason="停办")
    assert manager.post(URL, {"entry": "C-50"}).status_code == 409
    assert Control.objects.count() == 0


def test_a_head_adopts_for_their_own_department(fall, sign_in, head_cleaning):
    assert sign_in(head_cleaning).post(URL, {"entry": "C-50"}).status_code == 302
    assert Control.objects.get().owner_department.code == "OPS"


@pytest.mark.parametrize(
    ("who", "status"), [("auditor", 403), ("approver", 403), ("staff_cleaning", 404)]
)
def test_who_may_not(fall, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(URL, {"entry": "C-50"}).status_code == status
    assert Control.objects.count() == 0


def test_never_by_looking(fall, manager):
    assert manager.get(URL).status_code == 405
