from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.complaints.secrets import secret_of
from incidents.models import Complaint
from tests.api_client import ApiClient, refusal
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


def test_whoever_answers_the_telephone_writes_it_down_once_and_reads_number_and_secret(
    staff_cleaning, service
):
    key = {"Idempotency-Key": str(uuid4())}
    body = {
        "text": "水管又漏了", "channel": "phone", "received_at": "2026-09-01T09:00:00+08:00",
        "contact": {"name": "陈静", "phone": "138 1234 5678"}, "troubles": ["damage"],
    }  # fmt: skip
    filed = ApiClient(staff_cleaning).post("complaints/", body, **key)
    told = filed.json()
    assert filed.status_code == 201
    assert told["secret"] == secret_of(UUID(key["Idempotency-Key"]))
    again = ApiClient(staff_cleaning).post("complaints/", body, **key)
    assert again.json() == told
    other = ApiClient(staff_cleaning).post("complaints/", body | {"text": "别的事"}, **key)
    assert refusal(other)[:2] == (409, "key_reused")
    assert refusal(ApiClient(service).post("complaints/", body, **key))[:2] == (409, "key_reused")
    seen = ApiClient(service).get(f"complaints/{told['code']}/").json()
    assert (seen["contact"]["phone"], seen["severity"], seen["received_at"]) == (
        "138****5678", "S2", "2026-09-01T09:00:00+08:00",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"channel": "web_form"}, "channel"),
        ({"contact": {"phone": "12"}}, "contact.phone"),
        ({"received_at": "2199-01-01T09:00:00+08:00"}, "received_at"),
        ({"received_at": "0001-01-01T00:00:00+23:00"}, "received_at"),
        ({"troubles": ["boredom"]}, "troubles.0"),
        ({"secret": "abc"}, "secret"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(service, sent, field):
    body = {"text": "水管又漏了", "channel": "phone"} | sent
    status, code, errors = refusal(ApiClient(service).post("complaints/", body))
    assert (status, code, [*errors]) == (400, "invalid", [field])
    assert not Complaint.objects.exists()
