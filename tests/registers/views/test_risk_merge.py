import pytest

from registers import closing
from registers.models import Risk
from registers.services import close_risk
from tests.builders import make_risk
from tests.registers.audit import Trail
from tests.registers.pages import messages_of

URL = "/risks/R001/merge/"


@pytest.fixture
def survivor(risk, register, risk_manager):
    return make_risk(register, by=risk_manager, title=risk.title)


@pytest.fixture
def sent(survivor):
    return {"risk": survivor.code, "reason": "同一件事"}


def test_the_number_leads_to_the_survivor_with_a_notice(risk, survivor, manager, sent):
    trail = Trail()
    response = manager.post(URL, sent)
    assert (response.status_code, response["Location"]) == (302, f"/risks/{survivor.code}/")
    risk = Risk.objects.get(number=1)
    assert (risk.state, risk.merged_into, risk.closed_reason) == ("merged", survivor, "同一件事")
    assert {action for action, _table, _operation in trail.events()} == {"risk.merged"}
    manager.get(response["Location"])
    opened = manager.get("/risks/R001/")
    assert (opened.status_code, opened["Location"]) == (302, f"/risks/{survivor.code}/")
    assert messages_of(opened) == [f"R001 已并入 {survivor.code}。"]


def test_those_that_look_like_it_are_offered(risk, survivor, manager):
    page = manager.get(URL)
    assert [alike.risk for alike in page.context["alikes"]] == [survivor]
    chosen = manager.get(f"{URL}?into={survivor.code}").context["form"]
    assert chosen["risk"].value() == survivor.code


@pytest.mark.parametrize(
    ("change", "field"),
    [({"risk": "R001"}, "risk"), ({"risk": "R999"}, "risk"), ({"reason": " "}, "reason")],
)
def test_what_is_refused(risk, manager, part, sent, change, field):
    response = part(manager, URL, "merge-form", sent | change)
    assert (response.status_code, [*response.context["form"].errors]) == (422, [field])
    assert "<html" not in response.content.decode()
    assert Risk.objects.get(number=1).state == "identified"


def test_not_into_a_closed_one(risk, survivor, manager, risk_manager, sent):
    close_risk(survivor, by=risk_manager, reason="停办")
    assert manager.post(URL, sent).status_code == 422
    assert Risk.objects.get(number=1).state == "identified"


def test_not_into_one_that_was_closed_at_the_same_moment(
    risk, survivor, manager, second_manager, sent, monkeypatch
):
    def close_meanwhile(one):
        if one.pk == risk.pk and survivor.is_open:
            monkeypatch.setattr(closing, "_blockers", [])
            close_risk(survivor, by=second_manager, reason="我先")
        return []

    monkeypatch.setattr(closing, "_blockers", [close_meanwhile])
    response = manager.post(URL, sent)
    assert (response.status_code, [*response.context["form"].errors]) == (422, ["risk"])


def test_what_is_open_on_it_stands_there(risk, manager, sent, monkeypatch):
    monkeypatch.setattr(closing, "_blockers", [lambda _risk: ["RP-001 还有 2 项措施未完成。"]])
    assert "RP-001 还有 2 项措施未完成。" in manager.get(URL).content.decode()
    response = manager.post(URL, sent)
    assert response.status_code == 422
    assert "RP-001 还有 2 项措施未完成。" in response.content.decode()


def test_merged_already(risk, manager, sent):
    manager.post(URL, sent)
    assert manager.post(URL, sent).status_code == 409
    assert manager.get(URL).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head_cleaning", 403), ("approver", 403), ("auditor", 403), ("admin", 403),
        ("staff_cleaning", 404), ("head_repair", 404), ("outsider", 404), ("ops_manager", 302),
    ],
)  # fmt: skip
def test_who_may(risk, sign_in, request, sent, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == (200 if status == 302 else status)
    assert client.post(URL, sent).status_code == status


def test_not_into_a_risk_that_one_does_not_see(risk, other_risk, sign_in, ops_manager):
    response = sign_in(ops_manager).post(URL, {"risk": other_risk.code, "reason": "同一件事"})
    assert (response.status_code, [*response.context["form"].errors]) == (422, ["risk"])


def test_wrong_method(risk, manager):
    assert manager.put(URL).status_code == 405
