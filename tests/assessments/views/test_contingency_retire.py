import pytest

from assessments.contingency.page import relying_plans
from assessments.plans.content import PlanContent
from assessments.services import create_plan, link_contingency
from tests.builders import make_risk
from tests.contingency import make_contingency, stored
from tests.registers.pages import main_of

URL = "/contingency/CP-101/retire/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_with_a_reason_and_only_once(plan, risk, sign_in, risk_manager):
    link_contingency(plan, risk, by=risk_manager)
    client = sign_in(risk_manager)
    assert risk.code in client.get(URL).content.decode()
    assert client.post(URL, {"reason": " "}).status_code == 422
    assert client.post(URL, {"reason": "并入"}).status_code == 302
    assert stored(plan).state == "retired"
    assert client.post(URL, {"reason": "并入"}).status_code == 409
    assert client.get(URL).status_code == 302


def test_the_response_plans_that_rest_on_it_are_named_before(
    plan, sign_in, risk_manager, head_cleaning, register, clean, repair
):
    """Those that the user sees; of the others how many."""
    for department, title in ((clean, "地面湿滑"), (repair, "阀门暗漏")):
        risk = make_risk(register, by=risk_manager, department=department, title=title)
        create_plan(risk, by=risk_manager, content=PlanContent("mitigate", contingency=plan.pk))
    other = make_contingency(clean, by=risk_manager)
    page = main_of(sign_in(risk_manager).get(URL))
    assert [code in page for code in ("RP-001", "RP-002")] == [True, True]
    assert "rest on it" not in main_of(
        sign_in(risk_manager).get(f"/contingency/{other.code}/retire/")
    )
    relying, others = relying_plans(plan, head_cleaning)
    assert ([one.code for one in relying], others) == (["RP-001"], 1)


def test_of_other_departments_there_is_a_number(
    plan, sign_in, head_cleaning, risk_manager, clean, repair, register
):
    own = make_contingency(clean, by=risk_manager)
    risk = make_risk(register, by=risk_manager, department=repair)
    create_plan(risk, by=risk_manager, content=PlanContent("mitigate", contingency=own.pk))
    page = main_of(sign_in(head_cleaning).get(f"/contingency/{own.code}/retire/"))
    assert "1 of another department" in page
    assert "RP-001" not in page


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(plan, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(URL, {"reason": "停"}).status_code == status
    assert stored(plan).state == "in_force"


def test_wrong_method(plan, sign_in, risk_manager):
    assert sign_in(risk_manager).delete(URL).status_code == 405
