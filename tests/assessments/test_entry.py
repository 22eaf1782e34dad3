"""What may be entered of plans and judgements is the same on the page, in the API, in the service."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.models import ResponsePlan
from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import PlanIncomplete, create_plan, record_assessment
from assessments.services.assessments import Scores
from tests.api_client import ApiClient, refusal
from tests.assessments.views.plan_forms import sent
from tests.builders import make_risk

UNSEEN = ["\u200b", "\u200d\u2060", "\ufeff \n", "\u3164"]


def day(days):
    return (timezone.localdate() + timedelta(days)).isoformat()


@pytest.fixture
def api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def page(sign_in, risk_manager):
    return sign_in(risk_manager)


def content(title="试压", due_on=None, **fields):
    action = PlannedAction("a1", title, fields.pop("owner"), due_on or day(9))
    return PlanContent("mitigate", actions=(action,), **fields)


def body(**action):
    given = {"title": "试压", "owner": "risk.manager", "due_on": day(9)} | action
    return {"risk": "R001", "strategy": "mitigate", "actions": [given]}


URL = "/risks/R001/plan/new/"


def test_texts_of_a_plan(high_risk, page, risk_manager):
    typed = sent(("完工\r\n试压\u200b", risk_manager), objective="一\r\n二\u202e")
    assert page.post(URL, typed).status_code == 302
    kept = PlanContent.parse(ResponsePlan.objects.get().head.content)
    assert (kept.actions[0].title, kept.objective) == ("完工 试压", "一\n二")


def test_texts_of_a_plan_in_the_api(high_risk, api):
    answer = api.post("plans/", body(title="完工\n试压\u200b") | {"transfer_to": "a\nb"})
    found = answer.json()["head"]["content"]
    assert (found["actions"][0]["title"], found["transfer_to"]) == ("完工 试压", "a b")


def test_texts_of_a_plan_in_the_service(high_risk, risk_manager):
    given = content("完工\n试压", owner=risk_manager.pk, avoid_what="\u200b")
    plan = create_plan(high_risk, by=risk_manager, content=given)
    kept = PlanContent.parse(plan.head.content)
    assert (kept.actions[0].title, kept.avoid_what) == ("完工 试压", "")


@pytest.mark.parametrize("text", UNSEEN)
def test_a_title_that_nobody_sees(high_risk, page, api, risk_manager, text):
    answer = page.post(URL, sent((text, risk_manager)))
    assert answer.status_code == 422
    assert list(answer.context["rows"].errors[0]) == ["title"]
    status, _code, errors = refusal(api.post("plans/", body(title=text)))
    assert (status, list(errors)) == (400, ["actions.0.title"])
    assert not ResponsePlan.objects.exists()


@pytest.mark.parametrize("text", UNSEEN)
def test_a_reason_that_nobody_sees(register, risk_manager, api, text):
    risk = make_risk(register, by=risk_manager)
    with pytest.raises(ValidationError):
        record_assessment(risk, by=risk_manager, scores=Scores((1, 1), (1, 1)), rationale=text)
    pair = {"probability": 1, "impact": 1}
    given = {"risk": "R001", "inherent": pair, "residual": pair, "rationale": text}
    status, _code, errors = refusal(api.post("assessments/", given))
    assert (status, list(errors)) == (400, ["rationale"])


@pytest.mark.parametrize("due_on", ["1999-12-31", "0202-01-01", "9999-12-31", day(366 * 11)])
def test_a_day_that_nobody_means(high_risk, page, api, risk_manager, due_on):
    form = sent(("试压", risk_manager)) | {"action-0-due_on": due_on}
    answer = page.post(URL, form)
    assert (answer.status_code, list(answer.context["rows"].errors[0])) == (422, ["due_on"])
    assert "2000年1月1日" in str(answer.context["rows"].errors)
    status, _code, errors = refusal(api.post("plans/", body(due_on=due_on)))
    assert (status, list(errors)) == (400, ["actions.0.due_on"])
    given = content(due_on=due_on, owner=risk_manager.pk)
    with pytest.raises(PlanIncomplete):
        create_plan(high_risk, by=risk_manager, content=given)
    until = {"strategy": "accept", "accept_until": due_on}
    answer = page.post(URL, sent(**until))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["accept_until"])
    status, _code, errors = refusal(api.post("plans/", {"risk": "R001"} | until))
    assert (status, list(errors)) == (400, ["accept_until"])
    assert not ResponsePlan.objects.exists()
