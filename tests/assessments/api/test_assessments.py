"""`/api/v1/assessments/`: scores are sent, the matrix knows the level, another person confirms."""

import pytest

from assessments.models import Assessment
from registers.models import Risk
from registers.services import close_risk, end_transfer
from tests.api_client import ApiClient, refusal
from tests.assessments.events import events_of
from tests.builders import assess, cover, make_policy, make_risk

LOW = {
    "risk": "R001",
    "inherent": {"probability": 3, "impact": 3},
    "residual": {"probability": 2, "impact": 2},
    "rationale": "三起同类事件",
}
HIGH = LOW | {
    "inherent": {"probability": 5, "impact": 3},
    "residual": {"probability": 4, "impact": 3},
}


@pytest.fixture
def risk(risk, risk_manager):
    """With controls that lower each score by one step."""
    cover(risk, (3, 3), (2, 2), by=risk_manager)
    return risk


@pytest.fixture
def manager_api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def waiting(risk, risk_manager):
    """A High one, for another person to confirm."""
    return assess(risk, (5, 3), (4, 3), by=risk_manager)


@pytest.fixture
def others(register, risk_manager, tech):
    """Of the other department, waiting too."""
    risk = make_risk(register, by=risk_manager, department=tech)
    return assess(risk, (5, 3), (4, 3), by=risk_manager)


def test_low_confirms_itself(risk, manager_api):
    answer = manager_api.post("assessments/", LOW | {"target": {"probability": 1, "impact": 1}})
    assert answer.status_code == 201
    found = answer.json()
    assert (found["state"], found["confirmed_by"]) == ("confirmed", "risk.manager")
    assert found["inherent"] == {"probability": 3, "impact": 3, "level": "medium"}
    assert found["residual"] == {"probability": 2, "impact": 2, "level": "low"}
    assert found["target"] == {"probability": 1, "impact": 1, "level": "low"}
    risk.refresh_from_db()
    assert (risk.state, risk.level_word) == ("assessed", "low")
    made = Assessment.objects.get(pk=found["id"])
    assert [event["actor_name"] for event in events_of(made)] == ["陈静", "陈静"]


@pytest.mark.usefixtures("risk")
def test_high_waits_for_another_person(manager_api, approver):
    number = manager_api.post("assessments/", HIGH).json()["id"]
    assert manager_api.get(f"assessments/{number}/").json()["state"] == "submitted"
    own = manager_api.post(f"assessments/{number}/confirm/")
    assert refusal(own)[:2] == (403, "cannot_confirm")
    confirmed = ApiClient(approver).post(f"assessments/{number}/confirm/")
    assert (confirmed.status_code, confirmed.json()["confirmed_by"]) == (200, "approver")
    assert Risk.objects.get().level_word == "high"
    again = ApiClient(approver).post(f"assessments/{number}/confirm/")
    assert refusal(again)[:2] == (409, "wrong_state")


@pytest.mark.usefixtures("waiting")
def test_one_waits_at_a_time(manager_api):
    assert refusal(manager_api.post("assessments/", LOW))[:2] == (409, "pending_assessment")
    assert Assessment.objects.count() == 1


def test_a_closed_risk_is_not_judged(risk, risk_manager, manager_api):
    close_risk(risk, by=risk_manager, reason="停止")
    assert refusal(manager_api.post("assessments/", LOW))[:2] == (409, "not_open")


@pytest.mark.usefixtures("risk")
@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"risk": "R999"}, ["risk"]),
        ({"inherent": {"probability": 6, "impact": 1}}, ["inherent.probability"]),
        (
            {"inherent": {"probability": 1, "impact": 1}},
            ["residual.probability", "residual.impact"],
        ),
        ({"inherent": {"probability": 1}}, ["inherent.impact"]),
        ({"inherent": None}, ["inherent"]),
        ({"residual": {"probability": 2, "impact": 2, "level": 0}}, ["residual.level"]),
        ({"target": {"probability": 3, "impact": 2}}, ["target.probability"]),
        ({"rationale": " "}, ["rationale"]),
        ({"confidence": "sure"}, ["confidence"]),
        ({"residual_level": 0}, ["residual_level"]),
        ({"state": "confirmed"}, ["state"]),
        ({"assessor": "approver"}, ["assessor"]),
        ({"method": "import"}, ["method"]),
        ({"scheme": 1}, ["scheme"]),
    ],
)
def test_a_field_at_fault(manager_api, change, fields):
    status, code, errors = refusal(manager_api.post("assessments/", LOW | change))
    assert (status, code, list(errors)) == (400, "invalid", fields)
    assert Assessment.objects.count() == 0


def test_sent_back_with_a_reason(waiting, second_manager):
    api = ApiClient(second_manager)
    path = f"assessments/{waiting.pk}/reject/"
    assert refusal(api.post(path, {"reason": " "}))[:2] == (400, "invalid")
    answer = api.post(path, {"reason": "缺少依据"})
    assert (answer.status_code, answer.json()["state"]) == (200, "rejected")
    assert answer.json()["rejected_reason"] == "缺少依据"
    event = events_of(waiting, action="assessment.rejected")[0]
    assert (event["actor_name"], event["reason"]) == ("李强", "缺少依据")
    assert refusal(api.post(path, {"reason": "x"}))[:2] == (409, "wrong_state")


def test_the_assessor_takes_it_back(waiting, manager_api):
    answer = manager_api.post(f"assessments/{waiting.pk}/reject/", {"reason": "算错了"})
    assert answer.json()["state"] == "rejected"


def test_who_may_judge_and_confirm(waiting, head_cleaning, auditor, outsider):
    answers = {
        user.username: (
            refusal(ApiClient(user).post("assessments/", LOW))[0],
            refusal(ApiClient(user).post(f"assessments/{waiting.pk}/confirm/"))[0],
            refusal(ApiClient(user).post(f"assessments/{waiting.pk}/reject/", {"reason": "x"}))[0],
        )
        for user in (head_cleaning, auditor, outsider)
    }
    assert answers == {
        "head.cleaning": (409, 403, 403),
        "auditor": (403, 403, 403),
        "outsider": (403, 404, 404),
    }
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_the_assessor_without_the_right_is_told_who_confirms(risk, head_cleaning, auditor):
    api = ApiClient(head_cleaning)
    number = api.post("assessments/", HIGH).json()["id"]
    told = {
        "en": "You made this assessment. Another person confirms it.",
        "zh-hans": "这份评估是你做的，由另一人确认。",
    }
    for language, words in told.items():
        own = api.post(f"assessments/{number}/confirm/", **{"Accept-Language": language})
        assert (own.status_code, own.json()["detail"]) == (403, words)
    for verb, words in (("confirm", "confirm"), ("reject", "send back")):
        body = {"reason": "x"} if verb == "reject" else None
        other = ApiClient(auditor).post(f"assessments/{number}/{verb}/", body)
        sentence = f"You may not {words} assessments of this department."
        assert (other.status_code, other.json()["detail"]) == (403, sentence)
    back = api.post(f"assessments/{number}/reject/", {"reason": "算错了"})
    assert back.json()["state"] == "rejected"
    again = api.post(f"assessments/{number}/reject/", {"reason": "算错了"})
    assert refusal(again)[:2] == (409, "wrong_state")


def test_another_departments_are_missing_ones(waiting, others, head_cleaning):
    api = ApiClient(head_cleaning)
    for path in ("", "confirm/", "reject/"):
        method = "post" if path else "get"
        answers = [
            api.ask(method, f"assessments/{number}/{path}", {"reason": "x"} if path else None)
            for number in (others.pk, others.pk + 1000)
        ]
        assert [refusal(answer) for answer in answers] == [(404, "not_found", {})] * 2
    seen = [row["id"] for row in api.get("assessments/").json()["results"]]
    assert seen == [waiting.pk]
    posted = [api.post("assessments/", LOW | {"risk": code}) for code in ("R002", "R999")]
    assert [refusal(answer)[2] for answer in posted] == [
        {"risk": [f"“{code}” does not exist."]} for code in ("R002", "R999")
    ]
    listed = [api.get(f"risks/{code}/assessments/") for code in ("R002", "R999")]
    assert [refusal(answer) for answer in listed] == [(404, "not_found", {})] * 2


def test_lists_by_risk_and_state(risk, waiting, others, manager_api):
    def listed(path):
        return [row["id"] for row in manager_api.get(path).json()["results"]]

    assert listed("assessments/") == [others.pk, waiting.pk]
    assert listed("assessments/?risk=R001") == [waiting.pk]
    assert listed("assessments/?risk=R001&state=confirmed") == []
    assert listed("assessments/?page_size=1") == [others.pk]
    assert listed("risks/R001/assessments/") == [waiting.pk]
    answer = manager_api.get("assessments/?state=x&risk=R9")
    assert list(refusal(answer)[2]) == ["risk", "state"]


def test_a_number_that_no_database_holds(manager_api):
    assert refusal(manager_api.get(f"assessments/{10**30}/"))[0] == 404


def test_as_many_queries_for_more_rows(waiting, others, manager_api, django_assert_num_queries):
    with django_assert_num_queries(5) as one:
        manager_api.get("assessments/?page_size=1")
    with django_assert_num_queries(len(one.captured_queries)):
        manager_api.get("assessments/?page_size=2")


@pytest.mark.usefixtures("risk")
def test_sent_again_with_its_key_it_is_the_same_judgement(manager_api):
    key = {"Idempotency-Key": "7f9d8c8e-8f9d-4f0e-9b1a-1c6d2a3b4c5d"}
    first, second = (manager_api.post("assessments/", HIGH, **key) for _n in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert Assessment.objects.count() == 1


def test_a_key_stands_for_one_judgement(risk, manager_api, second_manager):
    key = {"Idempotency-Key": "7f9d8c8e-8f9d-4f0e-9b1a-1c6d2a3b4c5d"}
    manager_api.post("assessments/", HIGH, **key)
    for api, change in ((manager_api, {"rationale": "别的"}), (ApiClient(second_manager), {})):
        answer = api.post("assessments/", HIGH | change, **key)
        assert refusal(answer) == (409, "key_reused", {})
    bad = manager_api.post("assessments/", HIGH, **{"Idempotency-Key": "1"})
    assert refusal(bad) == (400, "invalid", {"Idempotency-Key": ["This is not a UUID."]})
    assert Assessment.objects.count() == 1


def test_net_of_a_policy(risk, manager_api, risk_manager):
    policy = make_policy(by=risk_manager)
    body = LOW | {"residual": {"probability": 2, "impact": 1}}
    answer = manager_api.post(
        "assessments/", body | {"net_of_policy": {"policy": "p-1", "impact": 1}}
    )
    assert answer.status_code == 201
    said = {"policy": "P-1", "impact": 1, "valid_until": policy.valid_until.isoformat()}
    assert answer.json()["net_of_policy"] == said
    (listed,) = manager_api.get("assessments/").json()["results"]
    assert listed["net_of_policy"] == said
    end_transfer(policy, by=risk_manager)
    refused = manager_api.post(
        "assessments/", body | {"net_of_policy": {"policy": "P-1", "impact": 1}}
    )
    assert refusal(refused)[0] == 400
    assert list(refused.json()["errors"]) == ["net_of_policy.policy"]
    for wrong in (
        {"policy": "P-9", "impact": 1},
        {"policy": "P-1", "impact": 3},
        {"policy": "P-1"},
    ):
        assert manager_api.post("assessments/", body | {"net_of_policy": wrong}).status_code == 400
    assert manager_api.post("assessments/", LOW).json()["net_of_policy"] is None


@pytest.mark.parametrize("path", ["assessments/", "assessments/bulk/"])
def test_a_note_on_a_dimension_stands_with_its_score(risk, manager_api, path):
    body = LOW | {"dimensions": [{"kind": "inherent", "dimension": "injury", "note": "骨折"}]}
    sent = {"assessments": [body]} if path.endswith("bulk/") else body
    status, _code, errors = refusal(manager_api.post(path, sent))
    assert (status, [name.split(".")[-1] for name in errors]) == (400, ["score"])
    assert not Assessment.objects.exists()
