import pytest

from tests.api_client import ApiClient, refusal
from tests.builders import make_plan, make_risk


@pytest.fixture
def manager_api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def plan(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager)


def test_lists_by_risk_and_state(plan, manager_api):
    def listed(path):
        return [row["code"] for row in manager_api.get(path).json()["results"]]

    assert listed("plans/") == listed("plans/?risk=R001&state=draft") == ["RP-001"]
    assert listed("plans/?state=approved") == []
    assert list(refusal(manager_api.get("plans/?state=x"))[2]) == ["state"]


def test_as_many_queries_for_more_rows(
    plan, register, risk_manager, manager_api, django_assert_num_queries
):
    for _n in range(2):
        make_plan(make_risk(register, by=risk_manager), by=risk_manager)
    with django_assert_num_queries(7) as one:
        manager_api.get("plans/?page_size=1")
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(manager_api.get("plans/?page_size=3").json()["results"]) == 3
