"""Which risks a plan answers, by API: linked and taken off."""

import pytest

from assessments.services import link_contingency
from registers.services import close_risk
from tests.api_client import ApiClient, refusal
from tests.contingency import make_contingency
from tests.registers.audit import Trail

PATH = "contingency-plans/CP-101/risks/"
NONE = {"risk": ["There is no open risk of yours with this number. Write it as R012."]}
pytestmark = pytest.mark.django_db


@pytest.fixture
def api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_linked_to_a_risk(api, plan, risk, risk_manager):
    assert api.post(PATH, {"risk": "R001"}).json()["risks"] == ["R001"]
    assert refusal(api.post(PATH, {"risk": "R999"}))[2] == NONE
    link_contingency(plan, risk, by=risk_manager)
    assert api.get("contingency-plans/CP-101/").json()["risks"] == ["R001"]


def test_taken_off_and_what_is_not_there_stays_away(api, plan, risk, risk_manager):
    link_contingency(plan, risk, by=risk_manager)
    trail = Trail()
    for _try in range(2):
        answer = api.post(f"{PATH}remove/", {"risk": "r1"})
        assert (answer.status_code, answer.json()["risks"]) == (200, [])
    assert trail.events() == [
        ("contingency_risk.unlinked", "assessments_contingencyrisk", "delete")
    ]


def test_of_a_closed_risk_it_stays(api, plan, risk, risk_manager):
    link_contingency(plan, risk, by=risk_manager)
    close_risk(risk, by=risk_manager, reason="停止")
    assert refusal(api.post(f"{PATH}remove/", {"risk": "R001"}))[0] == 403
    assert api.get("contingency-plans/CP-101/").json()["risks"] == ["R001"]


def test_not_of_a_risk_of_others(plan, risk, register, risk_manager, head_repair):
    link_contingency(plan, risk, by=risk_manager)
    api = ApiClient(head_repair)
    assert refusal(api.post(f"{PATH}remove/", {"risk": "R001"}))[0] == 404
    assert plan.contingency_risks.count() == 1


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(plan, risk, risk_manager, request, who, status):
    link_contingency(plan, risk, by=risk_manager)
    api = ApiClient(request.getfixturevalue(who))
    assert refusal(api.post(f"{PATH}remove/", {"risk": "R001"}))[0] == status
    assert plan.contingency_risks.count() == 1
