"""An action's owner sees the risk that it is for, as spec 2.8 has it: others' rows are not there."""

import pytest
from django.utils import translation

from assessments.models import Action, ResponsePlan
from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import PlanIncomplete, create_plan, save_plan
from riskhub.accounts.models import User
from tests.api_client import ApiClient, refusal
from tests.assessments.services.imports.test_preview import look
from tests.assessments.services.test_plans import tomorrow
from tests.assessments.views.plan_forms import sent

URL = "/risks/R001/plan/new/"


def planned(owner, title="试压"):
    return PlanContent("mitigate", actions=(PlannedAction("a1", title, owner.pk, tomorrow()),))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def page(sign_in, risk_manager):
    User.objects.filter(pk=risk_manager.pk).update(locale="en")
    return sign_in(risk_manager)


def test_who_is_offered(high_risk, page, risk_manager, head_cleaning, staff_repair, outsider):
    people = page.get(URL).context["rows"].forms[0].fields["owner"].queryset
    assert {risk_manager, head_cleaning} <= set(people)
    assert not {staff_repair, outsider} & set(people)


def test_on_the_page(high_risk, page, staff_repair, head_cleaning):
    answer = page.post(URL, sent(("试压", staff_repair)))
    assert answer.status_code == 422
    words = "This person cannot act on the risk. Choose one of the list."
    assert answer.context["rows"].errors[0] == {"owner": [words]}
    assert page.post(URL, sent(("试压", head_cleaning))).status_code == 302


def test_in_the_api(high_risk, risk_manager, staff_repair):
    api = ApiClient(risk_manager)
    action = {"title": "试压", "owner": "staff.repair", "due_on": tomorrow()}
    body = {"risk": "R001", "strategy": "mitigate"}
    status, code, errors = refusal(api.post("plans/", body | {"actions": [action]}))
    assert (status, code, list(errors)) == (400, "plan_incomplete", ["actions.0.owner"])
    assert errors["actions.0.owner"][0].startswith("赵勇 does not see the risks of")
    status, code, errors = refusal(api.post("plans/", body | {"owner": "staff.repair"}))
    assert (status, list(errors)) == (400, ["owner"])
    assert not ResponsePlan.objects.exists()


def test_who_owned_an_action_before_keeps_it(high_risk, risk_manager, head_cleaning, page):
    plan = create_plan(high_risk, by=risk_manager, content=planned(head_cleaning))
    head_cleaning.role_assignments.all().delete()
    save_plan(plan, by=risk_manager, version=None, content=planned(head_cleaning, "别的"))
    people = page.get(f"/plans/{plan.code}/edit/").context["rows"].forms[0].fields["owner"]
    assert head_cleaning in people.queryset
    another = PlannedAction("a2", "x", head_cleaning.pk, tomorrow())
    with pytest.raises(PlanIncomplete):
        save_plan(
            plan, by=risk_manager, version=None, content=PlanContent("mitigate", actions=(another,))
        )
    assert not Action.objects.exists()


def test_a_file_that_names_who_does_not_see_it(register, risk_manager, staff_repair):
    rows = [["编号", "风险名称", "责任人"], ["1", "漏水", "赵勇"]]
    preview = look(rows, by=risk_manager)
    words = "“赵勇” does not see the risks of OPS: the owner is kept as text."
    assert words in preview.plan.rows[0].message
    assert preview.settled[2].owner is None
