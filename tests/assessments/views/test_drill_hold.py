"""A drill is recorded; R-52: one that failed opens actions and a new drill within 60 days."""

import pytest
import time_machine

from assessments.models import Drill, DrillGap
from assessments.services import StepText, edit_contingency_plan, put_in_force
from riskhub.audit.context import acting
from riskhub.company.calendar import working_day_by
from tests.contingency import content, days, make_contingency, stored

pytestmark = pytest.mark.django_db
ROWS = {"gap-TOTAL_FORMS": 1, "gap-INITIAL_FORMS": 0}


@pytest.fixture
def plan(risk_manager, ops):
    said = content(ops, target_zh="主管接到电话", target_en="duty manager reached")
    return make_contingency(ops, by=risk_manager, said=said)


@pytest.fixture
def waiting(plan):
    return Drill.objects.get()


@pytest.fixture
def client(sign_in, risk_manager):
    return sign_in(risk_manager)


def values(**fields):
    return ROWS | {
        "held_on": days(0).isoformat(), "kind": "field", "attendance": "8", "result": "pass",
        "took_1": "2", "took_2": "", "target_took": "4", "row_version": "1",
    } | fields  # fmt: skip


def url(drill):
    return f"/drills/{drill.pk}/record/"


def test_passed_with_its_times(client, plan, waiting):
    response = client.post(url(waiting), values())
    assert (response.status_code, response["Location"]) == (302, f"/drills/{waiting.pk}/")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.kind, waiting.attendance, waiting.target_took) == (
        "held", "field", 8, 4,
    )  # fmt: skip
    assert [one["took"] for one in waiting.timings] == [2, None]
    assert stored(plan).feasibility == "proven"
    assert client.post(url(waiting), values()).status_code == 409
    assert client.get(url(waiting)).status_code == 302


def test_failed_with_a_gap(client, waiting, risk_manager):
    gap = {"gap-0-text": "电话没人接", "gap-0-owner": risk_manager.pk,
           "gap-0-due_on": days(9).isoformat()}  # fmt: skip
    assert client.post(url(waiting), values(result="fail") | gap).status_code == 302
    assert DrillGap.objects.get().due_on == days(9)
    assert Drill.objects.scheduled().get().scheduled_on == working_day_by(days(60))


def test_failed_without_a_gap_is_refused_and_nothing_is_lost(client, waiting):
    response = client.post(url(waiting), values(result="fail", note="写了很多"))
    assert response.status_code == 422
    body = response.content.decode()
    assert "at least one gap" in body
    assert "写了很多" in body


def test_partly_without_a_gap_is_refused_where_a_step_was_missed(client, waiting):
    response = client.post(url(waiting), values(result="partly"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["__all__"]
    assert "name at least one gap" in response.content.decode()
    assert "passed in part, where a step" in client.get(url(waiting)).content.decode()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"held_on": days(-1).isoformat()}, "held_on", "came into force later"),
        ({"took_1": ""}, "result", "at least half of the steps"),
        ({"took_1": "10081"}, "took_1", "10080"),
    ],
)
def test_what_proves_nothing_is_refused(client, waiting, change, field, words):
    response = client.post(url(waiting), values(**change))
    errors = response.context["form"].errors
    assert (response.status_code, list(errors)) == (422, [field])
    assert words in str(errors)


def test_the_steps_are_those_of_the_day(client, risk_manager, ops):
    with time_machine.travel(f"{days(-30)} 04:00Z", tick=False):
        plan = make_contingency(ops, by=risk_manager)
    steps = [StepText(minute=9, text_en="Step of today")]
    edit_contingency_plan(plan, content(ops, steps=steps), by=risk_manager, version=None)
    put_in_force(plan, by=risk_manager)
    waiting = Drill.objects.get()
    before = values(held_on=days(-1).isoformat(), version="2", took_1="7", target_took="")
    response = client.post(url(waiting), before)
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, ["held_on"])
    assert "another version" in str(form.errors)
    assert [step.text for step in form.steps] == ["Call 120", "Send someone"]
    assert (form["version"].value(), form["took_1"].value()) == ("1", None)
    assert client.post(url(waiting), before | {"version": "1", "took_1": "3"}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.version.number, [one["took"] for one in waiting.timings]) == (1, [3, None])


def test_half_a_gap(client, waiting):
    response = client.post(url(waiting), values() | {"gap-0-text": "缺"})
    assert response.status_code == 422
    assert len(response.context["wrong"]) == 2


def test_a_row_more_without_judging(client, waiting):
    response = client.post(url(waiting), values(attendance="", add_row="gap"))
    assert response.status_code == 200
    assert len(response.context["gaps"].forms) == 2


def test_somebody_was_faster(client, waiting, plan):
    with acting(None, "test"):
        Drill.objects.update(row_version=2)
    assert client.post(url(waiting), values()).status_code == 409


def test_whoever_is_named_as_responsible(sign_in, waiting, plan, staff_cleaning, risk_manager, ops):
    client = sign_in(staff_cleaning)
    assert client.get(url(waiting)).status_code == 404
    said = content(ops, deputy=staff_cleaning)
    edit_contingency_plan(plan, said, by=risk_manager, version=None)
    put_in_force(plan, by=risk_manager)
    assert client.post(url(waiting), values()).status_code == 302


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(sign_in, request, waiting, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(url(waiting), values()).status_code == status


def test_wrong_method(client, waiting):
    assert client.delete(url(waiting)).status_code == 405
