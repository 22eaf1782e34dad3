import pytest

from registers.models import RiskLink
from registers.services import close_risk, link_risks
from tests.builders import make_risk
from tests.registers.audit import Trail
from tests.registers.pages import main_of, messages_of


@pytest.fixture
def flood(risk, register, risk_manager):
    return make_risk(register, by=risk_manager, title="楼下被淹")


@pytest.fixture
def url(risk, flood, risk_manager):
    link = link_risks(risk, flood, by=risk_manager, relation="causes")
    return f"/risk-links/{link.pk}/end/"


@pytest.mark.parametrize(("on", "other"), [("R001", "R002"), ("R002", "R001"), ("R009", "R002")])
def test_removed_from_either_page(url, sign_in, head_cleaning, on, other):
    trail = Trail()
    response = sign_in(head_cleaning).post(url, {"on": on})
    back = "R002" if on == "R002" else "R001"
    assert (response.status_code, response["Location"]) == (302, f"/risks/{back}/")
    assert messages_of(response) == [f"到 {other} 的关联已去掉，变更历史里还有。"]
    assert trail.events() == [("risk_link.ended", "registers_risklink", "update")]
    assert RiskLink.objects.get().ended_by == head_cleaning
    page = main_of(sign_in(head_cleaning).get(f"/risks/{back}/"))
    assert "去掉关联" in page


def test_pressed_twice_it_is_removed_once(url, manager):
    first = manager.post(url)
    trail = Trail()
    assert manager.post(url).status_code == first.status_code == 302
    assert trail.rows() == []


def test_with_one_end_out_of_sight_there_is_no_such_link(
    risk, other_risk, risk_manager, sign_in, head_cleaning, head_repair
):
    link = link_risks(risk, other_risk, by=risk_manager, relation="related")
    for user in (head_cleaning, head_repair):
        answers = [
            sign_in(user).post(f"/risk-links/{pk}/end/").status_code for pk in (link.pk, 987)
        ]
        assert answers == [404, 404]
    assert RiskLink.objects.get().ended_at is None


def test_who_only_reads_removes_nothing(url, sign_in, auditor):
    assert sign_in(auditor).post(url).status_code == 403
    assert RiskLink.objects.get().ended_at is None


def test_not_by_reading(url, manager):
    assert manager.get(url).status_code == 405


def test_between_two_closed_risks_it_stays(url, risk, flood, risk_manager, manager):
    for one in (risk, flood):
        close_risk(one, by=risk_manager, reason="停办")
    assert manager.post(url).status_code == 409
    assert RiskLink.objects.get().ended_at is None
