import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import Complaint
from tests.api_client import ApiClient
from tests.incidents.complaining import CHEN, make_closed, make_complaint

pytestmark = pytest.mark.django_db


def codes(answer):
    return [row["code"] for row in answer.json()["results"]]


def test_what_is_open_the_newest_first_and_contacts_are_masked(service, risk_manager, risk):
    first, second = make_complaint(contact=CHEN), make_complaint("二")
    closed = make_closed(risk_manager, risk)
    api = ApiClient(service)
    answer = api.get("complaints/")
    assert codes(answer) == [second.code, first.code]
    shown = answer.json()["results"][1]
    assert shown["contact"] == {
        "name": "陈**", "phone": "138****5678", "email": "c***@example.com", "address": "",
    }  # fmt: skip
    assert (shown["state"], shown["severity"], shown["source"]) == ("received", "S3", "")
    assert codes(api.get("complaints/?view=over")) == [closed.code]
    assert codes(api.get("complaints/?q=二")) == [second.code]


def test_a_filter_that_names_what_is_not_there_is_refused(service):
    api = ApiClient(service)
    assert api.get("complaints/?channel=fax").status_code == 400
    assert api.get("complaints/?colour=red").status_code == 400


def test_another_department_sees_none_of_it(head_cleaning, head_repair, service, clean):
    ours = make_complaint()
    Complaint.objects.filter(pk=ours.pk).update(department=clean)
    assert codes(ApiClient(head_cleaning).get("complaints/")) == [ours.code]
    assert codes(ApiClient(head_repair).get("complaints/")) == []
    assert ApiClient(head_repair).get(f"complaints/{ours.code}/").status_code == 404
    assert ApiClient(head_cleaning).get(f"complaints/{ours.code}/").json()["department"] == "CLEAN"


def test_staff_have_no_queue(staff_cleaning):
    assert ApiClient(staff_cleaning).get("complaints/").status_code == 403


def test_as_many_queries_for_three_as_for_one(service):
    api = ApiClient(service)
    make_complaint()
    api.get("complaints/")
    one = queries(api)
    make_complaint("二")
    make_complaint("三")
    assert queries(api) == one


def queries(api):
    with CaptureQueriesContext(connection) as found:
        api.get("complaints/")
    return len(found)
