"""`/api/v1/risks/R001/links/` and `/api/v1/risk-links/1/`."""

import pytest

from registers.models import RiskLink
from registers.services import close_risk, link_risks
from tests.api_client import ApiClient, refusal
from tests.builders import make_risk

URL = "risks/R001/links/"


@pytest.fixture
def flood(risk, register, risk_manager):
    return make_risk(register, by=risk_manager, title="楼下被淹")


def test_linked_listed_and_removed(risk, flood, manager_api):
    made = manager_api.post(URL, {"relation": "caused_by", "risk": "R002"})
    link = RiskLink.objects.get()
    assert made.status_code == 201
    wanted = {"id": link.pk, "relation": "caused_by", "risk": "R002", "title": "楼下被淹"}
    assert {name: made.json()[name] for name in wanted} == wanted
    assert manager_api.get(URL).json() == [made.json()]
    (other,) = manager_api.get("risks/R002/links/").json()
    assert (other["relation"], other["risk"]) == ("causes", "R001")
    assert manager_api.ask("delete", f"risk-links/{link.pk}/").status_code == 204
    assert manager_api.get(URL).json() == []


def test_the_same_twice_is_one(risk, flood, manager_api):
    body = {"relation": "related", "risk": "R002"}
    first, second = (manager_api.post(URL, body).json() for _time in (1, 2))
    assert first == second


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"relation", "risk"}),
        ({"relation": "eats", "risk": "R002"}, {"relation"}),
        ({"relation": "causes", "risk": "R009"}, {"risk"}),
        ({"relation": "causes", "risk": "R001"}, {"other"}),
        ({"relation": "causes", "risk": "R002", "ended_at": None}, {"ended_at"}),
    ],
)
def test_what_is_refused(risk, flood, manager_api, body, fields):
    answer = manager_api.post(URL, body)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == fields
    assert RiskLink.objects.count() == 0


def test_the_other_departments_end_hides_the_link(risk, other_risk, risk_manager, head_cleaning):
    link = link_risks(risk, other_risk, by=risk_manager, relation="causes")
    api = ApiClient(head_cleaning)
    assert api.get(URL).json() == []
    hidden, missing = (api.post(URL, {"relation": "causes", "risk": c}) for c in ("R002", "R009"))
    assert hidden.status_code == missing.status_code == 400
    assert hidden.json()["errors"]["risk"] == ["“R002” does not exist."]
    answers = [api.ask("delete", f"risk-links/{pk}/") for pk in (link.pk, 98765)]
    assert refusal(answers[0]) == refusal(answers[1]) == (404, "not_found", {})
    told = api.get("risks/R001/history/").json()["results"]
    assert [step["action"] for step in told] == ["Put into the register"]


def test_who_only_reads_reads(risk, flood, risk_manager, auditor):
    link = link_risks(risk, flood, by=risk_manager, relation="causes")
    api = ApiClient(auditor)
    assert len(api.get(URL).json()) == 1
    assert api.post(URL, {"relation": "causes", "risk": "R002"}).status_code == 403
    assert api.ask("delete", f"risk-links/{link.pk}/").status_code == 403


def test_a_closed_risk(risk, flood, risk_manager, manager_api):
    close_risk(risk, by=risk_manager, reason="停办")
    answer = manager_api.post(URL, {"relation": "causes", "risk": "R002"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_open")
