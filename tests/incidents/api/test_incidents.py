import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api_client import ApiClient
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
