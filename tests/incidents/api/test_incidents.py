from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents.models import Incident
from tests.api_client import ApiClient, refusal
from tests.incidents.reporting import make_incident, make_incident_at

pytestmark = pytest.mark.django_db


def codes(answer):
    return [row["code"] for row in answer.json()["results"]]


def test_what_is_open_the_newest_first(risk_manager, clean, risk):
    first, second = (make_incident(clean, risk_manager, text) for text in ("滑倒", "触电"))
    closed = make_incident_at("closed", clean, risk_manager, risk)
    api = ApiClient(risk_manager)
    answer = api.get("incidents/")
    assert codes(answer) == [second.code, first.code]
    assert answer.json()["results"][1]["department"] == "CLEAN"
    assert codes(api.get("incidents/?state=closed")) == [closed.code]
    assert codes(api.get("incidents/?q=触电")) == [second.code]
    assert api.get("incidents/?kind=party").status_code == 400


def test_another_department_sees_none_of_it(head_cleaning, head_repair, staff_cleaning, clean):
    ours = make_incident(clean, staff_cleaning)
    assert codes(ApiClient(head_cleaning).get("incidents/")) == [ours.code]
    assert codes(ApiClient(head_repair).get("incidents/")) == []
    assert ApiClient(head_repair).get(f"incidents/{ours.code}/").status_code == 404
    assert ApiClient(staff_cleaning).get(f"incidents/{ours.code}/").json()["code"] == ours.code


def test_staff_have_no_list(staff_cleaning):
    assert ApiClient(staff_cleaning).get("incidents/").status_code == 403


def test_as_many_queries_for_three_as_for_one(risk_manager, clean):
    api = ApiClient(risk_manager)
    make_incident(clean, risk_manager)
    api.get("incidents/")
    one = queries(api)
    make_incident(clean, risk_manager)
    make_incident(clean, risk_manager)
    assert queries(api) == one


def queries(api):
    with CaptureQueriesContext(connection) as found:
        api.get("incidents/")
    return len(found)


def report(user, key=None, **fields):
    body = {
        "text": "扶手松动", "kind": "near_miss", "department": "CLEAN",
        "occurred_at": timezone.now().isoformat(),
    } | fields  # fmt: skip
    headers = {"Idempotency-Key": str(key)} if key else {}
    return ApiClient(user).post("incidents/", body, **headers)


def test_it_is_reported_once_by_whoever_has_the_key(staff_cleaning, head_cleaning, clean):
    key = uuid4()
    first = report(staff_cleaning, key, hurt=["customer", "customer"])
    assert (first.status_code, report(staff_cleaning, key, hurt=[]).json()) == (201, first.json())
    incident = Incident.objects.get()
    assert (incident.reporter, incident.department, incident.injured.count()) == (
        staff_cleaning, clean, 2,
    )  # fmt: skip
    assert first.json()["receipt"] == f"/m/incident/sent/{incident.code}"
    assert refusal(report(staff_cleaning, key, text="别的事"))[:2] == (409, "key_reused")
    assert refusal(report(head_cleaning, key))[:2] == (409, "key_reused")


def test_a_near_miss_without_a_name_leads_back_to_nobody(staff_cleaning):
    told = report(staff_cleaning, uuid4(), is_anonymous=True).json()
    incident = Incident.objects.get()
    assert (incident.reporter, told["is_anonymous"]) == (None, True)
    assert ApiClient(staff_cleaning).get(f"incidents/{told['code']}/").status_code == 404
    assert incident.code not in told["receipt"]
    named = refusal(report(staff_cleaning, kind="accident", is_anonymous=True))
    assert (named[0], [*named[2]]) == (400, ["is_anonymous"])


def test_only_where_one_files_and_by_whoever_files(staff_cleaning, auditor):
    assert [*refusal(report(staff_cleaning, department="REPAIR"))[2]] == ["department"]
    assert report(auditor).status_code == 403
    assert not Incident.objects.exists()
