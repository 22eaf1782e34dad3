"""The steps of an incident for programs: the services of the pages, their refusals and versions."""

import pytest

from incidents.models import Incident
from tests.api_client import ApiClient, refusal
from tests.incidents.reporting import analyse, make_incident_at, triage

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(risk_manager):
    return ApiClient(risk_manager)


def path_of(incident, step=""):
    return f"incidents/{incident.code}/{step}"


def tag(api, incident):
    return api.get(path_of(incident))["ETag"]


def test_it_is_sorted_by_whoever_read_it_last(api, incident, head_cleaning):
    path, read = path_of(incident, "triage/"), tag(api, incident)
    body = {"kind": "hazard", "potential_severity": 4, "investigator": head_cleaning.username}
    assert refusal(api.post(path, body))[:2] == (428, "version_required")
    told = api.post(path, body, if_match=read).json()
    assert (told["state"], told["kind"], told["investigator"], told["actual_severity"]) == (
        "triaged", "hazard", head_cleaning.username, None,
    )  # fmt: skip
    assert refusal(api.post(path, body, if_match=read))[:2] == (409, "stale_version")


def test_whoever_may_not_look_into_it_is_no_choice(api, incident, head_repair):
    body = {"kind": "hazard", "potential_severity": 6, "investigator": head_repair.username}
    refused = refusal(api.post(path_of(incident, "triage/"), body, if_match=tag(api, incident)))
    assert (refused[0], sorted(refused[2])) == (400, ["investigator", "potential_severity"])


def test_whoever_hands_it_on_and_sees_it_no_more_is_answered_with_nothing(
    incident, risk_manager, staff_repair, head_cleaning
):
    Incident.objects.filter(pk=incident.pk).update(investigator=staff_repair)
    api = ApiClient(staff_repair)
    body = {"kind": "hazard", "potential_severity": 4, "investigator": head_cleaning.username}
    sent = api.post(path_of(incident, "triage/"), body, if_match=tag(api, incident))
    assert (sent.status_code, sent.content) == (204, b"")


def test_it_goes_on_step_by_step_and_is_closed_once_nothing_is_missing(
    api, clean, risk_manager, risk
):
    incident = make_incident_at("triaged", clean, risk_manager, risk)
    path = path_of(incident, "advance/")
    assert refusal(api.post(path, {"to": "actions"}))[:2] == (409, "wrong_state")
    assert refusal(api.post(path, {"to": "closed"}))[:2] == (400, "invalid")
    assert api.post(path, {"to": "investigating"}).json()["state"] == "investigating"
    assert api.post(path, {"to": "actions"}).json()["state"] == "actions"
    close, read = path_of(incident, "close/"), tag(api, incident)
    status, _code, errors = refusal(api.post(close, if_match=read))
    assert (status, len(errors["non_field_errors"])) == (400, 2)
    analyse(incident, risk_manager)
    api.post(path_of(incident, "risks/"), {"risk": risk.code, "known_before": True})
    assert refusal(api.post(close, if_match=read))[:2] == (409, "stale_version")
    assert api.post(close, if_match=tag(api, incident)).json()["state"] == "closed"
    over = refusal(api.post(path, {"to": "investigating"}))
    assert over[:2] == (409, "wrong_state")


def test_its_causes_replace_those_before(api, incident, risk_manager):
    triage(incident, risk_manager)
    path, read = path_of(incident, "analysis/"), tag(api, incident)
    body = {"whys": ["灯坏了", "没人检查"], "root_cause": "没有检查制度"}
    told = api.put(path, body, if_match=read).json()
    assert (told["whys"], told["root_cause"], told["lessons"]) == (
        ["灯坏了", "没人检查"], "没有检查制度", "",
    )  # fmt: skip
    assert refusal(api.put(path, body, if_match=read))[:2] == (409, "stale_version")
    eight = refusal(api.put(path, body | {"whys": ["x"] * 8}, if_match=tag(api, incident)))
    assert (eight[0], [*eight[2]]) == (400, ["whys"])


def test_its_reporter_reads_it_and_takes_no_step(incident, staff_cleaning, head_repair):
    body = {"to": "investigating"}
    assert ApiClient(staff_cleaning).get(path_of(incident)).json()["reporter"] == "staff.cleaning"
    assert ApiClient(staff_cleaning).post(path_of(incident, "advance/"), body).status_code == 403
    assert ApiClient(head_repair).post(path_of(incident, "advance/"), body).status_code == 404
