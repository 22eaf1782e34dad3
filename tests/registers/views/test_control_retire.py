import pytest

from registers.models import Control
from registers.services import close_risk, link_control, retire_control
from tests.builders import make_control
from tests.registers.audit import Trail
from tests.registers.pages import main_of, messages_of

URL = "/controls/C-101/retire/"
REASON = {"reason": "设备换了"}


def test_retired_with_its_reason(control, manager):
    trail = Trail()
    response = manager.post(URL, REASON)
    assert (response.status_code, response["Location"]) == (302, "/controls/C-101/")
    event = trail.only("registers_control")
    assert (event.action, event.reason) == ("control.retired", "设备换了")
    assert Control.objects.get().state == "retired"
    assert len(messages_of(response)) == 1


class TestItAloneProtects:
    def test_the_risks_stand_there_before_one_decides(self, control, risk, manager, risk_manager):
        assert manager.get(URL).context["alone"] == []
        link_control(risk, control, by=risk_manager)
        page = manager.get(URL)
        assert page.context["alone"] == [risk]
        assert "R001" in main_of(page)
        assert manager.post(URL, REASON).status_code == 302  # warned, not refused

    def test_not_where_another_of_its_type_is_in_use(
        self, control, risk, ops, manager, risk_manager
    ):
        link_control(risk, control, by=risk_manager)
        for kind, state, alone in (
            ("mitigating", "active", 1), ("preventive", "draft", 1), ("preventive", "active", 0),
        ):  # fmt: skip
            other = make_control(ops, by=risk_manager, title=kind + state, type=kind, state=state)
            link_control(risk, other, by=risk_manager)
            assert len(manager.get(URL).context["alone"]) == alone

    def test_not_a_closed_one_nor_one_of_others(
        self, control, risk, other_risk, risk_manager, manager, sign_in, head_cleaning
    ):
        for one in (risk, other_risk):
            link_control(one, control, by=risk_manager)
        assert sign_in(head_cleaning).get(URL).context["alone"] == [risk]
        close_risk(risk, by=risk_manager, reason="停办")
        assert manager.get(URL).context["alone"] == [other_risk]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_without_a_reason(control, manager, part, reason):
    response = part(manager, URL, "retire-form", {"reason": reason})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reason"]
    assert Control.objects.get().state == "active"


def test_retired_already(control, manager, risk_manager):
    retire_control(control, by=risk_manager, reason="先")
    assert manager.get(URL)["Location"] == "/controls/C-101/"
    assert manager.post(URL, REASON).status_code == 409
    assert Control.objects.get().retired_reason == "先"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ops_manager", 302), ("head_cleaning", 302), ("approver", 403), ("auditor", 403),
        ("admin", 403), ("staff_cleaning", 404), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(control, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == (200 if status == 302 else status)
    assert client.post(URL, REASON).status_code == status
    assert (Control.objects.get().state == "retired") is (status == 302)


def test_wrong_method(control, manager):
    assert manager.put(URL).status_code == 405
