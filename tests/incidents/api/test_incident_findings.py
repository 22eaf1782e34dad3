"""What is found out about an incident, for programs: risks, timeline, losses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assessments.models import ReassessmentTask
from incidents.models import InjuredPerson
from incidents.services.incidents import report_incident
from incidents.services.injuries import record_injury
from tests.api_client import ApiClient, refusal
from tests.builders import make_risk
from tests.incidents.reporting import make_incident_at, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_risk(register, risk_manager, tech):
    return make_risk(register, by=risk_manager, department=tech)


@pytest.fixture
def api(risk_manager):
    return ApiClient(risk_manager)


def path_of(incident, step=""):
    return f"incidents/{incident.code}/{step}"


def today():
    return timezone.localdate().isoformat()


def test_the_risk_that_it_made_real_is_named_corrected_and_taken_off(api, incident, risk):
    body = {"risk": risk.code, "known_before": True}
    made = api.post(path_of(incident, "risks/"), body)
    (link,) = made.json()["risks"]
    assert (made.status_code, link["risk"], link["known_before"]) == (201, risk.code, True)
    assert ReassessmentTask.objects.filter(risk=risk).count() == 1
    path = f"incident-risks/{link['number']}/"
    changed = api.patch(path, {"known_before": False}).json()
    assert [one["known_before"] for one in changed["risks"]] == [False]
    assert [*refusal(api.post(f"{path}remove/", {"reason": " "}))[2]] == ["reason"]
    assert api.post(f"{path}remove/", {"reason": "是另一个"}).json()["risks"] == []
    assert api.patch(path, {"known_before": True}).status_code == 404


def test_a_risk_that_one_does_not_see_does_not_exist(incident, head_cleaning, other_risk):
    body = {"risk": other_risk.code, "known_before": True}
    refused = refusal(ApiClient(head_cleaning).post(path_of(incident, "risks/"), body))
    assert (refused[0], [*refused[2]]) == (400, ["risk"])


def test_a_fact_with_the_same_key_is_one_and_stays_when_it_is_taken_back(api, incident):
    key = {"Idempotency-Key": str(uuid4())}
    path = path_of(incident, "facts/")
    body = {"at": incident.occurred_at.isoformat(), "text": "呼叫 120"}
    api.post(path, body, **key)
    (fact,) = api.post(path, body, **key).json()["facts"]
    assert (fact["text"], fact["withdrawn_reason"]) == ("呼叫 120", "")
    assert refusal(api.post(path, body | {"text": "没有呼叫"}, **key))[:2] == (409, "key_reused")
    ahead = (timezone.now() + timedelta(minutes=9)).isoformat()
    assert [*refusal(api.post(path, body | {"at": ahead}))[2]] == ["at"]
    taken = api.post(f"incident-facts/{fact['number']}/withdraw/", {"reason": "记错了"}).json()
    assert [one["withdrawn_reason"] for one in taken["facts"]] == ["记错了"]


def test_what_is_over_stays_as_it_is_but_a_loss_may_come_late(
    api, clean, risk_manager, risk, auditor
):
    closed = make_incident_at("closed", clean, risk_manager, risk)
    fact = {"at": closed.occurred_at.isoformat(), "text": "又想起一件事"}
    assert api.post(path_of(closed, "facts/"), fact).status_code == 403
    loss = {"kind": "damage", "amount": "800.00", "booked_on": today()}
    assert api.post(path_of(closed, "losses/"), loss).status_code == 201
    assert ApiClient(auditor).post(path_of(closed, "losses/"), loss).status_code == 403


def test_losses_are_booked_once_corrected_and_taken_back(api, incident):
    key = {"Idempotency-Key": str(uuid4())}
    path = path_of(incident, "losses/")
    body = {"kind": "damage", "amount": "800.00", "booked_on": today()}
    assert api.get(path_of(incident)).json()["totals"] == {
        "gross": None, "recovered": None, "net": None,
    }  # fmt: skip
    api.post(path, body, **key)
    told = api.post(path, body, **key).json()
    assert told["totals"] == {"gross": "800.00", "recovered": None, "net": "800.00"}
    (loss,) = told["losses"]
    one = f"incident-losses/{loss['number']}/"
    change = {"amount": "650.00", "booked_on": today(), "state": "final"}
    assert refusal(api.put(one, change))[:2] == (428, "version_required")
    read = api.get(one)["ETag"]
    assert api.put(one, change, if_match=read).json()["state"] == "final"
    assert refusal(api.put(one, change, if_match=read))[:2] == (409, "stale_version")
    back = api.post(path, body | {"kind": "insurer", "amount": "150.00"}).json()
    assert back["totals"] == {"gross": "650.00", "recovered": "150.00", "net": "500.00"}
    taken = api.post(f"{one}withdraw/", {"reason": "记错了"}).json()
    assert taken["totals"]["gross"] is None
    assert [*refusal(api.post(path, body | {"amount": "0"}))[2]] == ["amount"]


def test_of_the_injured_it_says_who_they_are_and_no_name(api, clean, risk_manager):
    incident, _new = report_incident(seen(clean, hurt=["customer"]), by=risk_manager)
    record_injury(incident, by=risk_manager, role="staff", person_name="王五")
    answer = api.get(path_of(incident))
    assert answer.json()["hurt"] == ["customer", "staff"]
    assert "王五" not in answer.content.decode()
    assert InjuredPerson.objects.count() == 2
