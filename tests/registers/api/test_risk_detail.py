"""`GET /api/v1/risks/R001/`: everything a risk shows, levels as words."""

from tests.api_client import ApiClient, refusal
from tests.builders import assess


def test_everything_of_a_fresh_risk(risk, manager_api):
    answer = manager_api.get("risks/R001/")
    assert answer["ETag"] == '"1"'
    assert answer.json() == {
        "code": "R001", "register": "SVC", "title": "客户家中漏水", "title_alt": "",
        "cause": "", "event": "维修后漏水", "consequence": "", "lang": "zh-hans",
        "category": "operational", "area": None, "primary_source": "internal_record",
        "sources": ["internal_record"], "service_lines": [], "owner_department": "OPS",
        "owner": None, "owner_note": "", "business_importance": 3, "importance_reason": "",
        "controllability": "own", "velocity": "days", "state": "identified",
        "reported_by": "risk.manager", "reported_on": str(risk.reported_on),
        "next_review_on": None, "closed_reason": "", "closed_at": None, "inherent": None,
        "residual": None, "target": None, "priority": None, "assessed_on": None,
        "plan_strategy": "", "plan_state": "", "plan_version": None,
        "plan_in_force": None, "row_version": 1,
    }  # fmt: skip


def test_levels_are_words_and_decimals_texts(risk, risk_manager, manager_api):
    assess(risk, (3, 3), (2, 2), by=risk_manager, target=(1, 2))
    found = manager_api.get("risks/R001/").json()
    assert found["inherent"] == {"probability": 3, "impact": 3, "level": "medium"}
    assert found["residual"] == {"probability": 2, "impact": 2, "level": "low"}
    assert found["target"] == {"probability": 1, "impact": 2, "level": "low"}
    assert found["priority"] == "4.0"


def test_another_departments_risk_is_a_missing_one(other_risk, head_cleaning):
    api = ApiClient(head_cleaning)
    other, missing = (api.get(f"risks/{code}/") for code in ("R002", "R999"))
    assert refusal(other) == refusal(missing) == (404, "not_found", {})
    assert other.json()["detail"] == missing.json()["detail"]
