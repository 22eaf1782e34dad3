"""`/api/v1/assessments/bulk/`: each row on its own, nothing twice, as many queries for many as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment, AssessmentControl
from registers.services import close_risk
from riskhub.notices.models import Notice
from tests.api_client import ApiClient, refusal
from tests.assessments.events import actions_of
from tests.builders import assess, cover, make_control, make_policy, make_risk

pytestmark = pytest.mark.django_db

URL = "assessments/bulk/"
KEY = {"Idempotency-Key": "7f9d8c8e-8f9d-4f0e-9b1a-1c6d2a3b4c5d"}


def pair(probability, impact):
    return {"probability": probability, "impact": impact}


def row(code, inherent=(2, 2), residual=(2, 2), **fields):
    return {
        "risk": code, "inherent": pair(*inherent), "residual": pair(*residual), "rationale": "三起",
    } | fields  # fmt: skip


@pytest.fixture
def api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def risks(register, risk_manager):
    return [make_risk(register, by=risk_manager, title=f"风险 {n}") for n in range(6)]


def send(api, *rows, **headers):
    return api.post(URL, {"assessments": list(rows)}, **headers)


def results(answer):
    return [
        (one["risk"], one["result"], one["level"], one["code"]) for one in answer.json()["results"]
    ]


def test_each_row_on_its_own(api, risks, risk_manager, second_manager):
    close_risk(risks[2], by=risk_manager, reason="停止")
    assess(risks[3], (5, 5), (5, 5), by=risk_manager)
    answer = send(
        api, row("R001"), row("R002", (5, 5), (5, 5)), row("R003"), row("R004"), row("R999"),
        row("R005", (3, 3), (2, 3)), row("R001"), row("R006", (2, 2), (3, 3)),
    )  # fmt: skip
    assert answer.status_code == 200
    assert results(answer) == [
        ("R001", "recorded", "low", ""), ("R002", "waiting", "critical", ""),
        ("R003", "refused", None, "not_open"), ("R004", "refused", None, "pending_assessment"),
        ("R999", "refused", None, "invalid"), ("R005", "refused", None, "invalid"),
        ("R001", "refused", None, "invalid"), ("R006", "refused", None, "invalid"),
    ]  # fmt: skip
    faults = [one["faults"] for one in answer.json()["results"]]
    assert faults[4] == {"risk": ["“R999” does not exist."]}
    assert faults[5] == {
        "residual.probability": [
            "No control, no reduction: link a control in use to this risk, then count it here."
        ]
    }
    assert faults[6] == {"risk": ["This risk stands in the request twice."]}
    assert list(faults[7]) == ["residual.probability", "residual.impact"]
    risks[0].refresh_from_db()
    assert (risks[0].state, risks[0].level_word) == ("assessed", "low")
    made = Assessment.objects.get(risk=risks[0])
    assert (made.state, made.assessor, made.confirmed_by) == (
        "confirmed",
        risk_manager,
        risk_manager,
    )
    assert actions_of(made) == ["assessment.submitted", "assessment.confirmed"]
    told = Notice.objects.filter(kind="assessment_waiting", user=second_manager)
    assert told.filter(params__risk="R002").count() == 1


def test_controls_are_counted_and_named_by_their_codes(api, risks, ops, risk_manager):
    cover(risks[0], (3, 3), (2, 2), by=risk_manager)
    stranger = make_control(ops, by=risk_manager)
    counted = [{"control": "C-101", "probability": 1}]
    answer = send(
        api, row("R001", (3, 3), (2, 3), controls=counted, evidence="台账",
                 dimensions=[{"kind": "inherent", "dimension": "money", "score": 3}]),
        row("R002", controls=[{"control": "C-999"}]),
        row("R003", controls=[{"control": stranger.code, "probability": 1}]),
    )  # fmt: skip
    assert [one[1] for one in results(answer)] == ["recorded", "refused", "refused"]
    assert [list(one["faults"]) for one in answer.json()["results"]] == [
        [],
        ["controls"],
        ["controls"],
    ]
    rows = AssessmentControl.objects.order_by("control").values_list("probability", "impact")
    assert list(rows) == [(1, 0), (0, 0)]
    made = Assessment.objects.get()
    assert (made.evidence, made.impact_scores.get().score) == ("台账", 3)


def test_sent_again_with_its_key_nothing_is_made_twice(api, risks, second_manager):
    sent = (row("R001"), row("R002", (5, 5), (5, 5)), row("R003", (9, 9)) | row("R003"))
    first, second = (send(api, *sent, **KEY) for _time in range(2))
    assert first.json() == second.json()
    assert Assessment.objects.count() == 3
    other = send(api, row("R001", rationale="别的"), **KEY)
    assert results(other) == [("R001", "refused", None, "key_reused")]
    stranger = send(ApiClient(second_manager), row("R001"), **KEY)
    assert results(stranger) == [("R001", "refused", None, "key_reused")]
    assert Assessment.objects.count() == 3


def test_another_department_is_as_if_it_did_not_exist(
    register, risk_manager, head_cleaning, clean, tech
):
    for department in (clean, tech):
        make_risk(register, by=risk_manager, department=department)
    answer = send(ApiClient(head_cleaning), row("R001"), row("R002"), row("R999"))
    found = answer.json()["results"]
    assert [one["result"] for one in found] == ["recorded", "refused", "refused"]
    assert found[1]["faults"] == {"risk": ["“R002” does not exist."]}
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("user", ["staff_cleaning", "auditor", "approver", "outsider"])
def test_who_may_not(risks, request, user):
    answer = send(ApiClient(request.getfixturevalue(user)), row("R001"))
    assert refusal(answer)[0] == 403
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["assessments"]),
        ({"assessments": []}, ["assessments"]),
        ({"assessments": [row("R001") | {"level": 1}]}, ["assessments.0.level"]),
        (
            {"assessments": [row("R001"), row("R002", (6, 1))]},
            ["assessments.1.inherent.probability"],
        ),
        ({"assessments": [row("R001", state="confirmed")]}, ["assessments.0.state"]),
        ({"assessments": [row("R001")] * 1001}, ["assessments"]),
    ],
)
def test_a_body_that_cannot_be_read_makes_nothing(api, risks, body, fields):
    status, code, errors = refusal(api.post(URL, body))
    assert (status, code, list(errors)) == (400, "invalid", fields)
    assert not Assessment.objects.exists()


def test_as_many_queries_for_many_as_for_one(api, risks, second_manager, django_assert_num_queries):
    def send_three(first, others):
        return [row(first, (5, 5), (5, 5)), *(row(code) for code in others)]

    one = send_three("R001", ["R002"])
    many = send_three("R003", ["R004", "R005", "R006"])

    with CaptureQueriesContext(connection) as few:
        assert send(api, *one).status_code == 200
    with django_assert_num_queries(len(few.captured_queries)):
        assert send(api, *many).status_code == 200


def test_a_policy_is_named_by_its_code_in_as_many_queries(api, risks, risk_manager):
    make_policy(by=risk_manager)
    net_of = {"policy": "P-1", "impact": 1}
    rows = [row(f"R00{n}", (2, 3), (2, 2), net_of_policy=net_of) for n in range(1, 5)]
    gone = row("R005", (2, 3), (2, 2), net_of_policy={"policy": "P-9", "impact": 1})
    with CaptureQueriesContext(connection) as one:
        send(api, rows[0])
    with CaptureQueriesContext(connection) as many:
        answer = send(api, *rows[1:], gone)
    assert len(many) == len(one)
    found = answer.json()["results"]
    assert [one["result"] for one in found] == ["recorded"] * 3 + ["refused"]
    assert found[3]["faults"] == {"net_of_policy.policy": ["“P-9” does not exist."]}
    assert Assessment.objects.filter(policy_impact=1).count() == 4
