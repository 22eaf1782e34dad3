from uuid import UUID

import pytest
from django.urls import reverse

from registers.services import edit_risk
from riskhub.audit.context import entered
from tests.builders import make_risk

KEY = UUID(int=7)
URL = "/audit/requests/00000000-0000-0000-0000-000000000007/"


@pytest.fixture
def done(register, risk_manager, clean, repair):
    """One request that changed a risk of each department, twice that of CLEAN."""
    mine, theirs = (
        make_risk(register, by=risk_manager, department=department, title=department.code)
        for department in (clean, repair)
    )
    with entered(request_id=KEY, ip="203.0.113.9"):
        edit_risk(mine, by=risk_manager, version=None, cause="一")
        edit_risk(theirs, by=risk_manager, version=None, cause="二")
        edit_risk(mine, by=risk_manager, version=None, cause="三")


def told_on(page):
    assert page.status_code == 200
    return [
        (told.event.object_label, [(change.before, change.after) for change in told.changes])
        for told in page.context["told"]
    ]


def test_everything_that_was_done_at_once_in_its_order(sign_in, auditor, done):
    assert reverse("oversight:request_detail", args=[KEY]) == URL
    page = sign_in(auditor).get(URL)
    assert told_on(page) == [
        ("R001", [("", "一")]),
        ("R002", [("", "二")]),
        ("R001", [("一", "三")]),
    ]
    assert "203.0.113.0/24" in page.text


def test_a_head_reads_the_part_of_the_own_department(sign_in, head_cleaning, done):
    page = sign_in(head_cleaning).get(URL)
    assert told_on(page) == [("R001", [("", "一")]), ("R001", [("一", "三")])]
    assert "R002" not in page.text


def test_what_one_does_not_see_is_as_what_does_not_exist(sign_in, staff_repair, auditor, done):
    assert sign_in(staff_repair).get(URL).status_code == 404
    assert sign_in(auditor).get(URL.replace("7/", "8/")).status_code == 404


def test_who_has_no_role_reads_nothing(sign_in, outsider, done):
    assert sign_in(outsider).get(URL).status_code == 403


def test_it_is_only_read(sign_in, auditor, done):
    assert sign_in(auditor).post(URL).status_code == 405


def test_the_part_alone(sign_in, auditor, done):
    headers = {"HX-Request": "true", "HX-Target": "request-rows"}
    page = sign_in(auditor).get(URL, headers=headers).text
    assert page.strip().startswith('<div id="request-rows"')
    assert "<h1>" not in page


def test_the_same_number_of_queries_for_one_and_for_three(
    sign_in, auditor, register, risk_manager, queries
):
    risk = make_risk(register, by=risk_manager)
    with entered(request_id=KEY):
        edit_risk(risk, by=risk_manager, version=None, cause="1")
    client = sign_in(auditor)
    one = queries(client, URL)
    with entered(request_id=KEY):
        edit_risk(risk, by=risk_manager, version=None, cause="2")
        edit_risk(risk, by=risk_manager, version=None, cause="3")
    assert queries(client, URL) == one
