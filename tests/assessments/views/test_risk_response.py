import pytest

from assessments.services import withdraw_plan
from tests.assessments.pages import queries_of
from tests.builders import make_plan

pytestmark = pytest.mark.django_db

URL = "/risks/R001/plan/"


def test_the_living_plan_and_those_before(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.get(URL)
    assert (page.context["can_write"], page.context["former"]) == (True, [])
    assert "No plan" in page.text
    first = make_plan(high_risk, by=risk_manager)
    withdraw_plan(first, by=risk_manager, reason="换思路")
    second = make_plan(high_risk, by=risk_manager)
    page = client.get(URL)
    assert (page.context["plan"], page.context["former"], page.context["can_write"]) == (
        second, [first], False,
    )  # fmt: skip
    assert "换思路" in page.text


def test_the_query_count_does_not_grow(high_risk, risk_manager, sign_in):
    client, asked = sign_in(risk_manager), []
    for _time in range(3):
        plan = make_plan(high_risk, by=risk_manager)
        asked.append(queries_of(client, URL))
        withdraw_plan(plan, by=risk_manager, reason="换思路")
    assert asked[0] == asked[2]


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff_cleaning", 200), ("auditor", 200), ("head_repair", 404), ("outsider", 404)],
)
def test_who_sees_it(request, high_risk, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.post(URL).status_code == 405
