"""The plans of the library become drafts of the company's own, by API."""

import pytest

from assessments.models import ContingencyPlan
from tests.api_client import ApiClient, refusal
from tests.registers.audit import Trail

PATH = "contingency-library/"
BODY = {"entries": ["CP-01", "CP-10"], "department": "OPS"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def api(risk_manager, ops):
    return ApiClient(risk_manager)


def test_adopted_once_and_the_list_says_so(api):
    assert [one["adopted_as"] for one in api.get(PATH).json()] == [None] * 10
    trail = Trail()
    made = api.post(PATH, BODY)
    assert made.status_code == 201
    assert [(one["code"], one["library_code"], one["state"]) for one in made.json()] == [
        ("CP-01", "CP-01", "draft"), ("CP-10", "CP-10", "draft"),
    ]  # fmt: skip
    assert "contingency.created" in {action for action, *_rest in trail.events()}
    assert api.post(PATH, BODY).json() == []
    listed = {one["code"]: one["adopted_as"] for one in api.get(PATH).json()}
    assert [listed["CP-01"], listed["CP-02"]] == ["CP-01", None]


def test_a_plan_that_one_does_not_see_is_not_named(api, staff_repair):
    api.post(PATH, BODY)
    assert ContingencyPlan.objects.visible_to(staff_repair).count() == 0
    assert [one["adopted_as"] for one in ApiClient(staff_repair).get(PATH).json()] == [None] * 10


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"entries": []}, "entries"), ({"entries": ["CP-99"]}, "entries"),
        ({"entries": "CP-01"}, "entries"), ({"department": "NONE"}, "department"),
        ({"department": ""}, "department"), ({"state": "in_force"}, "state"),
    ],
)  # fmt: skip
def test_refused_at_the_field(api, change, field):
    status, _code, errors = refusal(api.post(PATH, BODY | change))
    assert (status, {name.partition(".")[0].partition("[")[0] for name in errors}) == (400, {field})
    assert not ContingencyPlan.objects.exists()


def test_not_for_the_department_of_others(ops, repair, head_cleaning):
    status, _code, errors = refusal(
        ApiClient(head_cleaning).post(PATH, BODY | {"department": repair.code})
    )
    assert (status, list(errors)) == (400, ["department"])


@pytest.mark.parametrize("who", ["auditor", "staff_repair"])
def test_nobody_else(request, ops, who):
    assert refusal(ApiClient(request.getfixturevalue(who)).post(PATH, BODY))[0] == 403
