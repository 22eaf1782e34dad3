"""`GET /api/v1/risks/R001/history/`: the same trail as on the page, in the language asked for."""

import pytest

from registers.services import edit_risk
from tests.api_client import ApiClient, refusal

PATH = "risks/R001/history/"


def test_what_was_changed_by_whom_and_from_what(risk, risk_manager, manager_api):
    edit_risk(risk, by=risk_manager, version=1, title="水管爆裂")
    found = manager_api.get(PATH).json()
    assert (found["page"], found["has_earlier"]) == (1, False)
    newest = found["results"][0]
    assert (newest["actor"], newest["reason"]) == ("陈静", "")
    changes = [change for row in newest["rows"] for change in row["changes"]]
    assert {"name": "Name", "before": "客户家中漏水", "after": "水管爆裂"} in changes
    assert len(found["results"]) == 2


@pytest.mark.usefixtures("risk")
@pytest.mark.parametrize("page", ["0", "-1", "x", "10001"])
def test_no_page(manager_api, page):
    assert list(refusal(manager_api.get(f"{PATH}?page={page}"))[2]) == ["page"]


@pytest.mark.usefixtures("risk")
def test_a_page_beyond_the_end_is_empty(manager_api):
    assert manager_api.get(f"{PATH}?page=9").json()["results"] == []


def test_another_departments_is_a_missing_one(other_risk, head_cleaning):
    answers = [ApiClient(head_cleaning).get(f"risks/{c}/history/") for c in ("R002", "R999")]
    assert [refusal(answer) for answer in answers] == [(404, "not_found", {})] * 2
