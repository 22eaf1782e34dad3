"""A plan for a risk that has one: on to that plan, and what was typed comes along."""

import pytest

from assessments.models import ResponsePlan
from assessments.plans.content import PlanContent
from assessments.services import HasLivePlan, withdraw_plan
from assessments.views import plans
from registers.services import close_risk
from tests.assessments.pages import htmx, told
from tests.assessments.views.plan_forms import sent
from tests.builders import make_plan

pytestmark = pytest.mark.django_db

URL = "/risks/R001/plan/new/"


def test_a_second_plan_leads_to_the_first(high_risk, risk_manager, sign_in):
    make_plan(high_risk, by=risk_manager)
    client = sign_in(risk_manager)
    page = client.get(URL)
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
    page = client.post(URL, sent(("给厨房的全部龙头试压", risk_manager)))
    assert page.status_code == 409
    assert "给厨房的全部龙头试压" in page.content.decode()
    assert ResponsePlan.objects.count() == 1


def test_what_was_typed_for_a_second_plan_goes_into_the_first(high_risk, risk_manager, sign_in):
    """From the other window: what both wrote stands side by side, and saving here changes that plan."""
    client = sign_in(risk_manager)
    both = ("复训全员", risk_manager)
    theirs = {"objective": "半年", "target_probability": 2, "target_impact": 3}
    client.post(URL, sent(both, ("换垫圈", risk_manager), **theirs))
    page = client.post(
        URL, sent(both, ("给龙头试压", risk_manager), objective="一年"), **htmx("plan-form")
    )
    assert page.status_code == 409
    assert 'data-hx-post="/plans/RP-001/edit/"' in page.text
    found = page.context["conflict"]
    assert [(d.label, d.stored, d.typed) for d in found.differences] == [
        ("Objective", "半年", "一年")
    ]
    assert (found.is_own, "you saved in another window" in page.text) == (True, True)
    form, rows = page.context["form"], page.context["rows"]
    assert form["target_impact"].value() == "3"
    again = dict(rows.data.lists())
    assert client.post("/plans/RP-001/edit/", again).status_code == 302
    head = ResponsePlan.objects.select_related("head").get().head
    content = PlanContent.parse(head.content)
    titles = [one.title for one in content.actions]
    assert (content.objective, content.target) == ("一年", (2, 3))
    assert titles == ["复训全员", "给龙头试压", "换垫圈"]


def test_a_plan_that_is_made_in_the_same_moment_is_found_too(
    high_risk, risk_manager, sign_in, monkeypatch
):
    def faster(*_args, **_kwargs):
        raise HasLivePlan(make_plan(high_risk, by=risk_manager))

    monkeypatch.setattr(plans, "create_plan", faster)
    page = sign_in(risk_manager).post(URL, sent(("给龙头试压", risk_manager)))
    assert (page.status_code, 'action="/plans/RP-001/edit/"' in page.text) == (409, True)


def test_where_the_first_waits_its_text_is_only_shown_to_who_may_not_change_it(
    high_risk, risk_manager, staff_cleaning, sign_in
):
    make_plan(high_risk, by=risk_manager, submitted=True)
    page = sign_in(staff_cleaning).post(URL, sent(("给厨房的全部龙头试压", risk_manager)))
    assert (page.status_code, "给厨房的全部龙头试压" in page.text) == (409, True)
    assert "/plans/RP-001/edit/" not in page.text


@pytest.mark.parametrize("button", [{"add_row": "action"}, {"drop_row": "action-1"}])
def test_a_row_of_a_second_plan_or_of_a_closed_risk_keeps_what_was_typed(
    high_risk, risk_manager, sign_in, button
):
    plan = make_plan(high_risk, by=risk_manager)
    client, data = sign_in(risk_manager), sent(("给厨房的全部龙头试压", risk_manager)) | button
    refusals = {"This risk already has a plan. Change it here.": client.post(URL, data)}
    withdraw_plan(plan, by=risk_manager, reason="停止")
    close_risk(high_risk, by=risk_manager, reason="停止")
    refusals["R001 is closed. Open it again to plan for it."] = client.post(URL, data)
    for words, page in refusals.items():
        body = page.content.decode()
        assert (page.status_code, words in body) == (409, True)
        assert "给厨房的全部龙头试压" in body
        assert told(page) == []
