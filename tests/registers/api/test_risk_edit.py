"""`PATCH /api/v1/risks/R001/`: only what is sent, only over what was read."""

import pytest

from registers.models import Risk
from registers.services import close_risk, edit_risk
from tests.api_client import ApiClient, refusal
from tests.assessments.events import events_of
from tests.builders import make_risk


def test_only_what_is_sent_changes(risk, manager_api):
    answer = manager_api.patch("risks/R001/", {"title": "漏水"}, if_match='"1"')
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert answer.json()["title"] == "漏水"
    event = events_of(risk, action="risk.edited")[0]
    assert event["before"] == {"title": "客户家中漏水", "row_version": 1}
    assert event["after"] == {"title": "漏水", "row_version": 2}


def test_the_main_source_stays_among_the_sources(risk, manager_api):
    answer = manager_api.patch("risks/R001/", {"sources": ["survey"]}, if_match='"1"')
    assert answer.json()["sources"] == ["internal_record", "survey"]


@pytest.mark.parametrize("tag", [None, "", "*", "1", '"x"', '"1", "2"'])
def test_without_the_version_that_was_read(risk, manager_api, tag):
    answer = manager_api.patch("risks/R001/", {"title": "漏水"}, if_match=tag)
    assert refusal(answer)[:2] == (428, "version_required")
    assert Risk.objects.get().title == "客户家中漏水"


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"'])
def test_somebody_was_faster(risk, risk_manager, manager_api, tag):
    edit_risk(risk, by=risk_manager, version=1, title="水管爆裂")
    answer = manager_api.patch("risks/R001/", {"title": "漏水"}, if_match=tag)
    assert refusal(answer)[:2] == (409, "stale_version")
    assert Risk.objects.get().title == "水管爆裂"


@pytest.mark.parametrize("tag", ['"99999999999999999999"', '"0"', '"9999999999"'])
def test_a_version_that_never_was(risk, manager_api, tag):
    answer = manager_api.patch("risks/R001/", {"title": "漏水"}, if_match=tag)
    assert refusal(answer)[:2] == (409, "stale_version")
    assert Risk.objects.get().title == "客户家中漏水"


def test_a_closed_risk(risk, risk_manager, manager_api):
    close_risk(risk, by=risk_manager, reason="停止该业务")
    answer = manager_api.patch("risks/R001/", {"title": "漏水"}, if_match='"2"')
    assert refusal(answer)[:2] == (409, "not_open")
    assert Risk.objects.get().title == "客户家中漏水"


def test_a_role_changes_its_fields(risk, head_cleaning, staff_cleaning, register, clean):
    own = make_risk(register, by=None, department=clean)
    staff, head = ApiClient(staff_cleaning), ApiClient(head_cleaning)
    answer = staff.patch("risks/R002/", {"title": "x", "velocity": "days"}, if_match='"1"')
    assert refusal(answer) == (400, "invalid", {"velocity": ["Your role may not change this."]})
    answer = head.patch("risks/R002/", {"owner_department": "OPS"}, if_match='"1"')
    assert refusal(answer)[0] == 400
    assert own.row_version == Risk.objects.get(pk=own.pk).row_version
    assert staff.patch("risks/R002/", {"title": "x"}, if_match='"1"').status_code == 200
    assert head.patch("risks/R002/", {"velocity": "days"}, if_match='"2"').status_code == 200


def test_who_only_reads(risk, auditor):
    answer = ApiClient(auditor).patch("risks/R001/", {"title": "漏水"}, if_match='"1"')
    assert refusal(answer)[:2] == (403, "permission_denied")


def test_another_departments_risk(other_risk, head_cleaning):
    answer = ApiClient(head_cleaning).patch("risks/R002/", {"title": "x"}, if_match='"1"')
    assert refusal(answer)[:2] == (404, "not_found")


def test_importance_needs_a_reason(risk, manager_api):
    answer = manager_api.patch("risks/R001/", {"business_importance": 5}, if_match='"1"')
    assert list(refusal(answer)[2]) == ["importance_reason"]
