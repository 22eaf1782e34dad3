"""Contingency plans and drills by API: the same rows, refusals and services as the pages."""

from uuid import uuid4

import pytest

from assessments.models import ContingencyPlan, Drill
from tests.api_client import ApiClient, refusal
from tests.contingency import days, drill, lose_next, make_contingency, stored

PATH = "contingency-plans/"
BODY = {
    "name_zh": "停电预案", "name_en": "Power cut", "owner_department": "OPS", "drill_months": 6,
    "responsible_department": "OPS", "contacts": "值班 138",
    "triggers": [{"text_zh": "停电"}],
    "steps": [{"minute": 30, "text_zh": "派人", "department": "OPS"}, {"minute": 0, "text_zh": "停工"}],
}  # fmt: skip
HELD = {
    "held_on": days(0).isoformat(),
    "result": "pass",
    "attendance": 5,
    "took": {"1": 2, "2": None},
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_written_put_in_force_changed_and_retired(api):
    made = api.post(PATH, BODY)
    answer = made.json()
    assert (made.status_code, answer["code"], answer["state"]) == (201, "CP-101", "draft")
    assert [step["minute"] for step in answer["draft"]["steps"]] == [0, 30]
    assert answer["in_force"] is None
    assert refusal(api.post(f"{PATH}CP-101/start/"))[0] == 428
    started = api.post(f"{PATH}CP-101/start/", if_match=made["ETag"])
    assert (started.json()["state"], started.json()["feasibility"]) == ("in_force", "unproven")
    changed = api.put(f"{PATH}cp101/", BODY | {"contacts": "新"}, if_match=started["ETag"])
    assert changed.json()["draft"]["contacts"] == "新"
    assert changed.json()["in_force"]["contacts"] == "值班 138"
    assert refusal(api.put(f"{PATH}CP-101/", BODY, if_match=started["ETag"]))[0] == 409
    assert refusal(api.post(f"{PATH}CP-101/retire/", {"reason": ""}))[0] == 400
    retired = api.post(f"{PATH}CP-101/retire/", {"reason": "停"}).json()
    assert (retired["state"], retired["feasibility"]) == ("retired", None)


def test_of_a_retired_plan_nothing_is_proven(api, plan, risk_manager):
    drill(plan, by=risk_manager)
    assert api.get(f"{PATH}CP-101/").json()["feasibility"] == "proven"
    api.post(f"{PATH}CP-101/retire/", {"reason": "停"})
    assert api.get(f"{PATH}CP-101/").json()["feasibility"] is None
    assert api.get(f"{PATH}?view=retired&feasibility=proven").json()["results"] == []
    assert api.get(f"{PATH}?view=retired&feasibility=unproven").json()["results"] == []


@pytest.mark.parametrize("field", ["responsible", "deputy"])
def test_an_auditor_leads_nobody(api, auditor, field):
    status, _code, errors = refusal(api.post(PATH, BODY | {field: auditor.username}))
    assert (status, list(errors)) == (400, [field])


def test_the_deputy_is_another_one(api, risk_manager):
    both = {"responsible": risk_manager.username, "deputy": risk_manager.username}
    status, _code, errors = refusal(api.post(PATH, BODY | both))
    assert (status, list(errors)) == (400, ["deputy"])


@pytest.mark.parametrize("missing", ["triggers", "steps", "responsible_department"])
def test_not_in_force_without(api, missing):
    made = api.post(PATH, {key: value for key, value in BODY.items() if key != missing})
    assert refusal(api.post(f"{PATH}CP-101/start/", if_match=made["ETag"]))[0] == 400
    assert stored(ContingencyPlan.objects.get()).state == "draft"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_zh": ""}, "name_zh"), ({"owner_department": "NONE"}, "owner_department"),
        ({"drill_months": 7}, "drill_months"), ({"steps": [{"text_zh": "x"}]}, "steps"),
        ({"state": "in_force"}, "state"),
    ],
)  # fmt: skip
def test_refused_at_the_field(api, change, field):
    status, _code, errors = refusal(api.post(PATH, BODY | change))
    assert (status, {name.partition(".")[0].partition("[")[0] for name in errors}) == (400, {field})


def test_sent_twice_with_one_key_is_one(api):
    key = {"Idempotency-Key": str(uuid4())}
    assert [api.post(PATH, BODY, **key).status_code for _try in range(2)] == [201, 201]
    assert ContingencyPlan.objects.count() == 1


def test_the_list_filtered_as_on_the_page(api, plan, staff_repair):
    assert [one["code"] for one in api.get(PATH).json()["results"]] == ["CP-101"]
    assert api.get(f"{PATH}?feasibility=proven").json()["results"] == []
    assert refusal(api.get(f"{PATH}?feasibility=good"))[0] == 400
    assert ApiClient(staff_repair).get(PATH).json()["results"] == []


def test_a_drill_recorded(api, plan):
    waiting = Drill.objects.get()
    path = f"drills/{waiting.pk}/"
    read = api.get(path)
    assert refusal(api.post(f"{path}record/", HELD))[0] == 428
    held = api.post(f"{path}record/", HELD, if_match=read["ETag"]).json()
    assert (held["state"], held["result"], [one["took"] for one in held["timings"]]) == (
        "held", "pass", [2, None],
    )  # fmt: skip
    assert refusal(api.post(f"{path}record/", HELD, if_match=read["ETag"]))[0] == 409
    assert stored(plan).feasibility == "proven"
    assert [one["state"] for one in api.get("drills/?plan=CP-101").json()["results"]] == [
        "scheduled", "held",
    ]  # fmt: skip
    assert len(api.get("drills/?state=held").json()["results"]) == 1
    assert refusal(api.get("drills/?state=good"))[2] == {
        "state": ["Choose one of: scheduled, held, missed, rescheduled."]
    }


@pytest.mark.parametrize("result", ["fail", "partly"])
def test_what_was_missed_names_a_gap(api, plan, risk_manager, result):
    waiting = Drill.objects.get()
    path = f"drills/{waiting.pk}/record/"
    status, _code, errors = refusal(api.post(path, HELD | {"result": result}, if_match='"1"'))
    assert (status, list(errors)) == (400, ["gaps"])
    gap = {"text": "电话", "owner": risk_manager.username, "due_on": days(9).isoformat()}
    held = api.post(path, HELD | {"result": result, "gaps": [gap]}, if_match='"1"').json()
    assert [(one["text"], one["state"]) for one in held["gaps"]] == [("电话", "open")]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"held_on": days(-1).isoformat()}, "held_on"), ({"took": {}}, "result"),
     ({"took": {"1": 10081}}, "took"), ({"took": {"1": 2, "9": 3}}, "took"),
     ({"took": {"1": 2, "first": 3}}, "took"), ({"took": {"1": 2, "²": 3}}, "took")],
)  # fmt: skip
def test_a_drill_that_proves_nothing_is_refused(api, plan, change, field):
    path = f"drills/{Drill.objects.get().pk}/record/"
    status, _code, errors = refusal(api.post(path, HELD | change, if_match='"1"'))
    assert status == 400
    assert [name.partition(".")[0] for name in errors] == [field]


def test_not_held_and_scheduled_again(api, plan):
    waiting = Drill.objects.get()
    path = f"drills/{waiting.pk}/missed/"
    for next_on in (None, days(400).isoformat()):
        status, _code, errors = refusal(api.post(path, {"reason": "台风", "next_on": next_on}))
        assert (status, list(errors)) == (400, ["next_on"])
    moved = api.post(path, {"reason": "台风", "next_on": days(9).isoformat()}).json()
    assert (moved["state"], moved["scheduled_on"]) == ("scheduled", days(9).isoformat())
    before = api.get(f"drills/{waiting.pk}/").json()
    assert (before["state"], before["missed_reason"]) == ("rescheduled", "台风")


def test_a_plan_without_one_gets_its_drill(api, plan):
    lose_next(plan)
    body = {"plan": "CP-101", "scheduled_on": days(5).isoformat(), "kind": "field"}
    made = api.post("drills/", body)
    assert (made.status_code, made.json()["state"]) == (201, "scheduled")
    assert refusal(api.post("drills/", body))[0] == 400


def test_who_may(plan, auditor, staff_repair, head_cleaning):
    waiting = Drill.objects.get()
    api = ApiClient(auditor)
    assert api.get(f"{PATH}CP-101/").status_code == 200
    assert refusal(api.post(PATH, BODY))[0] == 403
    assert refusal(api.post(f"{PATH}CP-101/start/", if_match='"1"'))[0] == 403
    assert refusal(api.post(f"drills/{waiting.pk}/record/", HELD, if_match='"1"'))[0] == 403
    api = ApiClient(staff_repair)
    for path in (f"{PATH}CP-101/", f"drills/{waiting.pk}/"):
        assert refusal(api.get(path))[0] == 404
    assert ApiClient(head_cleaning).post(PATH, BODY).status_code == 201


def test_as_many_queries_for_more_rows(
    api, plan, risk_manager, ops, django_assert_num_queries, django_assert_max_num_queries
):
    for path in (PATH, "drills/"):
        api.get(path)
        with django_assert_max_num_queries(30) as one:
            api.get(path)
        make_contingency(ops, by=risk_manager)
        with django_assert_num_queries(len(one)):
            api.get(path)


@pytest.mark.parametrize("field", ["triggers", "steps"])
def test_the_rows_at_fault_are_named(api, field):
    row = {} if field == "triggers" else {"minute": 0}
    assert list(refusal(api.post(PATH, BODY | {field: [row]}))[2]) == [field]
    rows = [row | {"text_zh": "x"}] * 100
    assert list(refusal(api.post(PATH, BODY | {field: rows}))[2]) == [field]
    assert not ContingencyPlan.objects.exists()


def test_a_drill_of_a_plan_that_one_does_not_see(api, plan, head_repair):
    body = {"plan": "CP-101", "scheduled_on": days(30).isoformat()}
    hidden = refusal(ApiClient(head_repair).post("drills/", body))
    missing = refusal(api.post("drills/", body | {"plan": "CP-999"}))
    assert hidden == missing == (400, "invalid", {"plan": ["No contingency plan has this code."]})
