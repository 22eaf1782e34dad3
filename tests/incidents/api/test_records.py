import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import Complaint, Incident
from tests.api_client import ApiClient

pytestmark = pytest.mark.django_db
COMPLAINTS, INCIDENTS = "complaints/import/", "incidents/import/"


def complaints(*records, **fields):
    return {"source": "crm", "records": list(records)} | fields


def told(number="1", **fields):
    return {
        "external_id": number,
        "text": "漏水",
        "received_at": "2024-03-01T09:00:00+08:00",
    } | fields


def happened(number="1", **fields):
    return {"external_id": number, "text": "slipped", "occurred_at": "2024-03-01 09:00"} | fields


def test_what_is_good_comes_in_and_the_rest_says_why(risk_manager, ops):
    body = complaints(told(), told("2", channel="fax"), told("3"), department=ops.code)
    answer = ApiClient(risk_manager).post(COMPLAINTS, body)
    assert (answer.status_code, answer.json()["counts"]) == (
        200, {"create": 2, "same": 0, "error": 1},
    )  # fmt: skip
    assert answer.json()["results"][:2] == [
        {"row": 1, "external_id": "1", "result": "create", "code": "C-2024-0001", "messages": []},
        {"row": 2, "external_id": "2", "result": "error", "code": "",
         "messages": ["Channel: “fax” is not known here."]},
    ]  # fmt: skip
    assert set(Complaint.objects.values_list("department__code", flat=True)) == {"OPS"}


def test_a_dry_run_writes_nothing_and_the_same_comes_in_once(risk_manager):
    api = ApiClient(risk_manager)
    assert api.post(COMPLAINTS, complaints(told(), dry_run=True)).json()["counts"]["create"] == 1
    assert Complaint.objects.count() == 0
    api.post(COMPLAINTS, complaints(told()))
    again = api.post(COMPLAINTS, complaints(told())).json()
    assert (again["counts"], again["results"][0]["code"]) == (
        {"create": 0, "same": 1, "error": 0}, "C-2024-0001",
    )  # fmt: skip


def test_incidents_with_what_holds_for_all(risk_manager, clean, risk):
    over = happened(
        "2", closed_at="2024-03-02", root_cause="dark", risk=risk.code, known_before="yes"
    )
    body = complaints(happened(), over, kind="accident", department="CLEAN")
    answer = ApiClient(risk_manager).post(INCIDENTS, body)
    assert answer.json()["counts"] == {"create": 2, "same": 0, "error": 0}
    assert sorted(Incident.objects.values_list("external_id", "state")) == [
        ("1", "reported"), ("2", "closed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"records": [told()]}, "source"),
        (complaints(), "records"),
        (complaints(*[told(str(n)) for n in range(1001)]), "records"),
        (complaints(told(secret="x")), "records"),
        (complaints(told(text={"a": 1})), "records"),
        (complaints(told(), kind="accident"), "kind"),
    ],
)
def test_what_is_no_batch_is_refused_by_name(risk_manager, body, field):
    answer = ApiClient(risk_manager).post(COMPLAINTS, body)
    assert (answer.status_code, {name.split(".")[0] for name in answer.json()["errors"]}) == (
        400, {field},
    )  # fmt: skip
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize("path", [COMPLAINTS, INCIDENTS])
def test_who_keeps_the_whole_company_brings_records(path, auditor, service, head_cleaning):
    for user in (auditor, service, head_cleaning):
        assert ApiClient(user).post(path, complaints(told())).status_code == 403
    assert ApiClient().post(path, complaints(told())).status_code == 401


def test_many_ask_as_often_as_one_but_for_their_rows(risk_manager):
    api = ApiClient(risk_manager)
    queries(api, [told()])
    one, many = (
        queries(api, [told(f"{most}-{number}") for number in range(most)]) for most in (1, 50)
    )
    assert one == many


def queries(api, records):
    with CaptureQueriesContext(connection) as found:
        assert api.post(COMPLAINTS, complaints(*records)).status_code == 200
    return len(found)
