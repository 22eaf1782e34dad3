"""Going on to submit a plan says everything that is wrong at once, in its rows as well."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.models import ResponsePlan
from assessments.plans.content import PlanContent
from riskhub.entry.day_words import day
from tests.assessments.pages import htmx
from tests.assessments.services.test_plans import approve
from tests.assessments.views.plan_forms import sent
from tests.builders import make_plan

pytestmark = pytest.mark.django_db
URL = "/risks/R001/plan/new/"


@pytest.fixture
def past():
    return (timezone.localdate() - timedelta(days=9)).isoformat()


def told_by(page):
    """What the summary above the form says of the table, and the form's own fields at fault."""
    rows = [f"{cell.label}: {cell.error}" for cell in page.context["rows"].wrong]
    return rows, sorted(page.context["form"].errors)


def test_all_faults_of_a_row_and_of_the_plan(high_risk, risk_manager, sign_in, past):
    data = sent(("试压", None), ("抽查", risk_manager), strategy="transfer", go_on="submit")
    data |= {"action-0-due_on": past, "action-1-due_on": past}
    page = sign_in(risk_manager).post(URL, data)
    assert page.status_code == 422
    with override("en"):
        today = day(timezone.localdate())
    assert told_by(page) == (
        [
            "Row 1, Owner: Fill this in.",
            f"Row 1, Due: This day is past. Choose {today} or later.",
            f"Row 2, Due: This day is past. Choose {today} or later.",
        ],
        ["transfer_share", "transfers"],
    )
    assert "5 things to change" in page.text
    assert not ResponsePlan.objects.exists()


def test_a_row_at_fault_is_not_also_missing(high_risk, risk_manager, sign_in, past):
    """The only action is there: it is not said that one is to be added."""
    data = sent(("试压", risk_manager), go_on="submit") | {"action-0-due_on": past}
    rows, fields = told_by(sign_in(risk_manager).post(URL, data))
    assert (len(rows), fields) == (1, [])


def test_no_row_at_all_is_missing(high_risk, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, sent(go_on="submit"))
    assert told_by(page) == ([], ["__all__"])


def test_a_field_is_at_fault_once(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.post(URL, sent(strategy="", go_on="submit"))
    assert len(page.context["form"].errors["strategy"]) == 1
    data = sent(strategy="accept", accept_reason="x", accept_until="soon", go_on="submit")
    assert len(client.post(URL, data).context["form"].errors["accept_until"]) == 1


def test_a_draft_keeps_a_day_that_is_past(high_risk, risk_manager, sign_in, past):
    data = sent(("试压", risk_manager)) | {"action-0-due_on": past}
    assert sign_in(risk_manager).post(URL, data).status_code == 302
    data = sent(("试压", None)) | {"action-0-due_on": past}
    page = sign_in(risk_manager).post("/plans/RP-001/edit/", data)
    assert told_by(page)[0] == ["Row 1, Owner: Fill this in."]


def test_what_is_late_and_runs_keeps_its_day(
    high_risk, risk_manager, approver, sign_in, time_machine
):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    (action,) = plan.actions.all()
    time_machine.move_to(timezone.now() + timedelta(days=9))
    row = {"action-0-due_on": action.due_on.isoformat(), "go_on": "submit"}
    client, address = sign_in(risk_manager), "/plans/RP-001/edit/"
    version = client.get(address).context["form"]["row_version"].value()
    other = sent(("试压", risk_manager, "a9"), row_version=version) | row
    assert client.post(address, other).status_code == 422
    late = sent(("试压 15 分钟", risk_manager, action.key), row_version=version) | row
    page = client.post(address, late)
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/submit/")
    plan.refresh_from_db()
    assert plan.head.number == 2


def test_what_is_done_may_lie_behind(high_risk, risk_manager, approver, sign_in, past):
    plan = make_plan(high_risk, by=risk_manager)
    plan.actions.create(
        key="a1", title="试压", owner=risk_manager, due_on=past, state="done", note="好了",
        department=high_risk.owner_department,
    )  # fmt: skip
    data = sent(("试压", risk_manager, "a1"), go_on="submit", row_version=plan.row_version)
    page = sign_in(risk_manager).post("/plans/RP-001/edit/", data | {"action-0-due_on": past})
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/submit/")


@pytest.mark.parametrize("button", [{}, {"add_row": "action"}, {"preview": "1"}])
def test_more_rows_than_a_page_has_are_refused_before_one_is_made(
    high_risk, risk_manager, sign_in, button
):
    data = sent(("试压", risk_manager)) | {"action-TOTAL_FORMS": "5000"}
    page = sign_in(risk_manager).post(URL, data | button)
    assert (page.status_code, ResponsePlan.objects.exists()) == (400, False)


def test_a_page_that_arrived_in_part_is_told_in_our_words(high_risk, risk_manager, sign_in):
    data = sent(("试压", risk_manager))
    del data["action-TOTAL_FORMS"]
    page = sign_in(risk_manager).post(URL, data)
    assert page.status_code == 422
    assert "Part of the page did not arrive: send it once more." in page.text
    assert "ManagementForm" not in page.text


def test_who_adds_a_row_writes_in_it(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    data = sent(("试压", risk_manager))
    for prefix, field in (("action", "id_action-2-title"), ("resource", "id_resource-1-kind")):
        page = client.post(URL, data | {"add_row": prefix}, **htmx("plan-form"))
        (focused,) = re.findall(r"<\w+[^>]* autofocus[^>]*>", page.text)
        assert f'id="{field}"' in focused
    assert "autofocus" not in client.post(URL, data | {"drop_row": "action-0"}).text


def money(unit, amount="3"):
    return {
        "resource-0-kind": "money", "resource-0-what": "培训", "resource-0-amount": amount,
        "resource-0-unit": unit,
    }  # fmt: skip


def test_money_typed_in_ten_thousands_keeps_its_value(high_risk, risk_manager, sign_in):
    assert sign_in(risk_manager).post(URL, sent() | money("万元")).status_code == 302
    (kept,) = PlanContent.parse(ResponsePlan.objects.get().head.content).resources
    assert (kept.amount, kept.unit) == ("30000", "")


def test_money_in_a_unit_that_is_none_is_said_in_its_row(high_risk, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, sent() | money("万元/年"))
    assert page.status_code == 422
    (cell,) = page.context["resources"].wrong
    assert (cell.label, cell.anchor) == ("Row 1, Unit", "id_resource-0-unit")
    assert "write 元 or 万元" in cell.error
    assert not ResponsePlan.objects.exists()
