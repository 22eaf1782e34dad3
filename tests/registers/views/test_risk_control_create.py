import pytest

from registers.models import RiskControl
from registers.services import close_risk, link_control, retire_control
from registers.views import risk_controls
from tests.builders import make_control
from tests.registers.audit import Trail
from tests.registers.pages import links_of

URL = "/risks/R001/controls/add/"


@pytest.fixture
def values(risk, control):
    return {"control": "C-101", "acts_on": "", "strength": 1, "note": ""}


def test_linked_with_its_usual_effect(values, manager):
    assert manager.get(URL).status_code == 200
    trail = Trail()
    response = manager.post(URL, values)
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/controls/")
    assert trail.only("registers_riskcontrol").action == "risk_control.linked"
    link = RiskControl.objects.get()
    assert (link.acts_on, link.strength) == ("probability", 1)


def test_with_another_effect(values, manager):
    manager.post(URL, values | {"acts_on": "impact", "strength": 2, "note": "只在白天"})
    link = RiskControl.objects.get()
    assert (link.acts_on, link.strength, link.note) == ("impact", 2, "只在白天")


def test_a_double_click(values, manager):
    for _n in range(2):
        response = manager.post(URL, values)
    # The second one finds that it is not on offer any more.
    assert response.status_code == 422
    assert RiskControl.objects.count() == 1


def test_on_offer_is_what_one_sees_and_is_not_linked(
    risk, control, ops, tech, risk_manager, sign_in, head_cleaning
):
    link_control(risk, control, by=risk_manager)
    free = make_control(ops, by=risk_manager, title="第二项")
    gone = make_control(ops, by=risk_manager, title="停用的")
    retire_control(gone, by=risk_manager, reason="停用")
    make_control(tech, by=risk_manager, title="别部门")
    client = sign_in(head_cleaning)
    choices = [code for _group, options in client.get(URL).context["form"].fields["control"].choices[1:]
               for code, _name in options]  # fmt: skip
    assert choices == [free.code]
    for code in ("C-101", gone.code, "C-104", "C-999"):
        sent = {"control": code, "strength": 1}
        assert client.post(URL, sent).status_code == 422
    assert RiskControl.objects.count() == 1


def test_retired_at_the_same_moment(values, control, manager, risk_manager, monkeypatch):
    def retire_first(*args, **kwargs):
        retire_control(control, by=risk_manager, reason="停用")
        return link_control(*args, **kwargs)

    monkeypatch.setattr(risk_controls, "link_control", retire_first)
    response = manager.post(URL, values)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["__all__"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("control", ""), ("strength", 3), ("strength", ""), ("acts_on", "x"), ("note", "x" * 2001)],
)
def test_what_cannot_be(values, manager, part, field, value):
    response = part(manager, URL, "link-form", values | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "<html" not in response.content.decode()


def test_where_there_is_none(risk, manager):
    assert "/controls/new/" in links_of(manager.get(URL))


def test_a_closed_risk(values, risk, manager, risk_manager):
    close_risk(risk, by=risk_manager, reason="停办")
    assert manager.get(URL)["Location"] == "/risks/R001/"
    assert manager.post(URL, values).status_code == 409
    assert RiskControl.objects.count() == 0


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


def test_wrong_method(risk, manager):
    assert manager.put(URL).status_code == 405
