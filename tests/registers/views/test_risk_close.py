import pytest

from registers import closing
from registers.models import Risk
from registers.services import close_risk
from tests.builders import make_plan
from tests.registers.audit import Trail
from tests.registers.pages import messages_of

URL = "/risks/R001/close/"
REASON = {"reason": "不再上门收款"}


def test_closed_with_its_reason(risk, manager):
    assert manager.get(URL).status_code == 200
    trail = Trail()
    response = manager.post(URL, REASON)
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/")
    risk = Risk.objects.get()
    assert (risk.state, risk.closed_reason) == ("closed", "不再上门收款")
    event = trail.only("registers_risk")
    assert (event.action, event.reason, event.actor_name) == ("risk.closed", "不再上门收款", "陈静")
    assert len(messages_of(response)) == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_without_a_reason(risk, manager, part, reason):
    response = part(manager, URL, "close-form", {"reason": reason})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reason"]
    assert "<html" not in response.content.decode()
    assert Risk.objects.get().state == "identified"


class TestBlocked:
    @pytest.fixture(autouse=True)
    def _blocked(self, monkeypatch):
        monkeypatch.setattr(closing, "_blockers", [lambda _risk: ["RP-001 还有 2 项措施未完成。"]])

    def test_what_is_open_stands_there_before_one_tries(self, risk, manager):
        assert "RP-001 还有 2 项措施未完成。" in manager.get(URL).content.decode()

    def test_and_after(self, risk, manager):
        response = manager.post(URL, REASON)
        assert response.status_code == 422
        assert "RP-001 还有 2 项措施未完成。" in response.content.decode()
        assert "不再上门收款" in response.content.decode()
        assert Risk.objects.get().state == "identified"

    def test_and_is_the_only_thing_said(self, risk, manager, part):
        page = part(manager, URL, "close-form", REASON).content.decode()
        assert "thing to change" not in page
        assert page.count("rh-note-alert") == 1
        assert 'role="alert"' in page


def test_an_open_plan_is_such_a_reason(risk, manager, risk_manager, second_manager, approver):
    plan = make_plan(risk, by=risk_manager)
    manager.post(URL, REASON)
    plan.refresh_from_db()
    assert (Risk.objects.get().state == "closed") is (plan.state == "draft")


def test_closed_already(risk, risk_manager, manager):
    close_risk(risk, by=risk_manager, reason="停办")
    assert manager.post(URL, REASON).status_code == 409
    assert Risk.objects.get().closed_reason == "停办"
    assert manager.get(URL).status_code == 302


def test_closed_by_somebody_at_the_same_moment(risk, manager, second_manager, monkeypatch):
    def close_meanwhile(risk):
        monkeypatch.setattr(closing, "_blockers", [])
        close_risk(risk, by=second_manager, reason="我先")
        return []

    monkeypatch.setattr(closing, "_blockers", [close_meanwhile])
    response = manager.post(URL, REASON)
    assert response.status_code == 409
    assert Risk.objects.get().closed_reason == "我先"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head_cleaning", 403), ("approver", 403), ("auditor", 403), ("admin", 403),
        ("staff_cleaning", 404), ("head_repair", 404), ("outsider", 404), ("ops_manager", 302),
    ],
)  # fmt: skip
def test_who_may(risk, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == (200 if status == 302 else status)
    assert client.post(URL, REASON).status_code == status
    assert Risk.objects.get().state == ("closed" if status == 302 else "identified")


def test_a_manager_of_another_department(other_risk, sign_in, ops_manager):
    assert sign_in(ops_manager).post("/risks/R002/close/", REASON).status_code == 404


def test_wrong_method(risk, manager):
    assert manager.put(URL).status_code == 405


def test_reading_closes_nothing(risk, manager):
    manager.get(URL, REASON)
    manager.head(URL)
    assert Risk.objects.get().state == "identified"
