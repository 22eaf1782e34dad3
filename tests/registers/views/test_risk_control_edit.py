import pytest

from registers.models import RiskControl
from registers.services import close_risk, edit_risk_control, link_control
from tests.registers.audit import Trail


@pytest.fixture
def link(risk, control, risk_manager):
    return link_control(risk, control, by=risk_manager)


@pytest.fixture
def url(link):
    return f"/risk-controls/{link.pk}/edit/"


@pytest.fixture
def values(link):
    return {"acts_on": "probability", "strength": 1, "note": "", "row_version": 1, "back": ""}


def test_what_was_changed(url, values, manager):
    assert manager.get(url).context["form"]["strength"].value() == 1
    trail = Trail()
    response = manager.post(url, values | {"strength": 2, "note": "夜班除外"})
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/controls/")
    event = trail.only("registers_riskcontrol")
    assert (event.action, set(event.after)) == (
        "risk_control.edited", {"strength", "note", "row_version"},
    )  # fmt: skip


def test_back_to_the_page_one_came_from(url, values, manager):
    assert manager.get(f"{url}?back=control").context["form"]["back"].value() == "control"
    sent = values | {"back": "control"}
    assert manager.post(url, sent)["Location"] == "/controls/C-101/"
    again = values | {"row_version": 2, "back": "https://evil.example/"}
    assert manager.post(url, again)["Location"] == "/risks/R001/controls/"


def test_somebody_was_faster(url, values, link, manager, part, risk_manager):
    edit_risk_control(
        link, by=risk_manager, version=1, acts_on="impact", strength=0, note="别人的备注"
    )
    response = part(manager, url, "effect-form", values | {"strength": 2, "note": "我的备注"})
    body = response.content.decode()
    assert response.status_code == 409
    assert "别人的备注" in body
    assert "我的备注" in body
    assert "<html" not in body
    version = response.context["form"]["row_version"].value()
    manager.post(url, values | {"strength": 2, "note": "我的备注", "row_version": version})
    assert RiskControl.objects.get().note == "我的备注"


@pytest.mark.parametrize(
    ("field", "value"),
    [("acts_on", ""), ("strength", 3), ("note", "x" * 2001), ("row_version", "")],
)
def test_what_cannot_be(url, values, manager, part, field, value):
    response = part(manager, url, "effect-form", values | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_closed_risk(url, values, risk, manager, risk_manager):
    close_risk(risk, by=risk_manager, reason="停办")
    assert manager.get(url)["Location"] == "/risks/R001/"
    assert manager.post(url, values | {"strength": 2}).status_code == 409
    assert RiskControl.objects.get().strength == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ops_manager", 302), ("head_cleaning", 302), ("approver", 403), ("auditor", 403),
        ("admin", 403), ("staff_cleaning", 404), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(url, values, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url).status_code == (200 if status == 302 else status)
    assert client.post(url, values | {"strength": 2}).status_code == status
    assert RiskControl.objects.get().strength == (2 if status == 302 else 1)


def test_wrong_method(url, manager):
    assert manager.put(url).status_code == 405
