import pytest
from django.utils.translation import override

from assessments.plan_content import PlanContent, PlannedAction
from assessments.plan_words import spell_content
from assessments.services import finish_action
from tests.assessments.services.test_plans import approve
from tests.builders import make_plan

pytestmark = pytest.mark.django_db


def test_the_history_of_the_risk_tells_of_all_of_it(high_risk, risk_manager, approver, sign_in):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    finish_action(plan.actions.get(), by=risk_manager, note="压力表已发")
    risk_manager.locale = "en"
    risk_manager.save()
    page = sign_in(risk_manager).get("/risks/R001/history/").text
    for words in (
        "Assessed", "Assessment confirmed", "Plan begun", "Plan submitted", "Plan approved",
        "Action done", "压力表已发", "一年内降到中",
    ):  # fmt: skip
        assert words in page
    assert "{&quot;accept_reason" not in page


def test_the_words_of_a_content():
    content = PlanContent(
        "accept", target=(2, 3), accept_reason="贵", accept_until="2020-05-01",
        actions=(PlannedAction("a", "培训", 1, "2020-01-02"),),
    )  # fmt: skip
    with override("en"):
        assert spell_content(content.canonical()) == {
            "Strategy": "Accept", "Target": "2,3", "Why it is accepted": "贵",
            "Accepted until": "1 May 2020", "Actions 1": "培训 (2 Jan 2020)",
        }  # fmt: skip
