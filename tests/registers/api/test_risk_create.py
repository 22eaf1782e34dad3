"""`POST /api/v1/risks/`: nothing unnamed, nothing of another department."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from registers.models import Register, Risk
from registers.services import create_register
from tests.api_client import ApiClient, refusal
from tests.assessments.events import events_of
from tests.cast import make_user

BODY = {
    "register": "SVC",
    "title": "高空擦窗坠落",
    "event": "擦外窗时坠落",
    "category": "operational",
    "primary_source": "internal_record",
    "owner_department": "OPS",
}


def test_it_gets_the_next_number(risk, manager_api, risk_manager):
    answer = manager_api.post("risks/", BODY)
    assert answer.status_code == 201
    assert (answer["ETag"], answer.json()["code"]) == ('"1"', "R002")
    made = Risk.objects.get(code="R002")
    assert (made.title, made.owner_department.code) == ("高空擦窗坠落", "OPS")
    (event,) = events_of(made)
    assert (event["action"], event["actor_name"]) == ("risk.created", "陈静")
    assert (event["before"], event["after"]["title"]) == (None, "高空擦窗坠落")


def test_the_register_is_found_in_any_letters(register, manager_api):
    assert manager_api.post("risks/", BODY | {"register": "svc"}).json()["register"] == "SVC"


def test_every_field_that_may_be_given(register, manager_api, risk_manager):
    more = {
        "title_alt": "Fall", "cause": "无安全绳", "consequence": "重伤", "lang": "zh-hans",
        "area": "staff_safety", "sources": ["survey"], "service_lines": ["cleaning"],
        "owner": "risk.manager", "owner_note": "张姐", "business_importance": 5,
        "importance_reason": "主营", "controllability": "shared", "velocity": "instant",
        "next_review_on": "2030-01-31", "reported_on": "2026-01-02",
    }  # fmt: skip
    found = manager_api.post("risks/", BODY | more).json()
    assert {name: found[name] for name in BODY | more} == BODY | more | {
        "sources": ["internal_record", "survey"]
    }


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"title": ""}, {"title": ["Fill this in."]}),
        ({"title": "a\x00b"}, {"title": ["Take out the characters that cannot be read."]}),
        ({"category": "x"}, {"category": ["“x” does not exist."]}),
        ({"category": 7}, {"category": ["“7” does not exist."]}),
        ({"category": "\x00"}, {"category": ["“\x00” does not exist."]}),
        ({"category": "\ud800"}, {"category": ["“?” does not exist."]}),
        ({"category": None}, {"category": ["Fill this in."]}),
        ({"category": ""}, {"category": ["Fill this in."]}),
        ({"sources": ["x"]}, {"sources.0": ["“x” does not exist."]}),
        (
            {"business_importance": 6},
            {"business_importance": ["At most 5."]},
        ),
        (
            {"importance_reason": "only one household"},
            {"business_importance": ["Choose the importance that the reason is for."]},
        ),
        (
            {"next_review_on": "2020-06-07"},
            {"next_review_on": ["The next review cannot lie in the past."]},
        ),
        ({"velocity": "never"}, {"velocity": ["Choose one of: instant, hours, days, weeks."]}),
    ],
)
def test_a_field_at_fault(register, manager_api, change, errors):
    assert refusal(manager_api.post("risks/", BODY | change)) == (400, "invalid", errors)
    assert Risk.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    ["code", "number", "state", "residual_level", "residual", "level", "row_version", "x",
     "reported_by", "accepted_by", "plan_state", "rank_key", "origin"],
)  # fmt: skip
def test_what_is_not_listed_is_refused_by_name(register, manager_api, name):
    errors = {name: ["This field does not exist or cannot be set."]}
    answer = manager_api.post("risks/", BODY | {name: "critical"})
    assert refusal(answer) == (400, "invalid", errors)
    assert Risk.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"[]", b"3", b"{", b"\xff"])
def test_no_json_object(register, manager_api, content):
    answer = manager_api.client.post(
        "/api/v1/risks/",
        content,
        content_type="application/json",
        headers=manager_api.headers,
    )
    assert answer.status_code == 400
    assert Risk.objects.count() == 0


def test_the_other_departments_things_do_not_exist(tech, ops, register):
    """For the manager of one department the other's register, department, people are not there."""
    manager = make_user("ops.manager", "林芳", "risk_manager", ops)
    make_user("tech.person", "外人", "staff", tech)
    create_register(by=None, code="TEC", name_zh="技术", department=tech)
    api = ApiClient(manager)
    for name, theirs in (
        ("register", "TEC"),
        ("owner_department", "TECH"),
        ("owner", "tech.person"),
    ):
        answers = [api.post("risks/", BODY | {name: value}) for value in (theirs, "nobody")]
        assert [refusal(a) for a in answers] == [
            (400, "invalid", {name: [f"“{value}” does not exist."]}) for value in (theirs, "nobody")
        ]
    assert Risk.objects.count() == 0


def test_an_archived_register_takes_no_risk(register, manager_api):
    Register.objects.update(state="archived")
    answer = manager_api.post("risks/", BODY)
    assert refusal(answer) == (400, "invalid", {"register": ["“SVC” does not exist."]})


def test_not_everybody_enters_risks(register, head_cleaning, auditor):
    for user in (head_cleaning, auditor):
        assert refusal(ApiClient(user).post("risks/", BODY))[:2] == (403, "permission_denied")
    assert Risk.objects.count() == 0


@pytest.mark.usefixtures("register")
def test_sent_again_with_its_key_it_is_the_same_risk(manager_api, second_manager):
    key = str(uuid4())
    first, second = (
        manager_api.post("risks/", BODY, **{"Idempotency-Key": key}) for _n in range(2)
    )
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    other = ApiClient(second_manager).post("risks/", BODY, **{"Idempotency-Key": key})
    assert refusal(other) == (409, "key_reused", {})
    words = "This Idempotency-Key was used for something else. Make a new one."
    assert other.json()["detail"] == words
    assert "R001" not in other.text
    bad = manager_api.post("risks/", BODY, **{"Idempotency-Key": "mine"})
    assert refusal(bad) == (400, "invalid", {"Idempotency-Key": ["This is not a UUID."]})
    assert Risk.objects.count() == 1


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    "change",
    [{"title": "别的"}, {"cause": "x"}, {"owner_department": "TECH"}, {"velocity": "hours"}],
)
def test_a_key_stands_for_one_content(manager_api, change):
    key = {"Idempotency-Key": str(uuid4())}
    manager_api.post("risks/", BODY, **key)
    assert refusal(manager_api.post("risks/", BODY | change, **key)) == (409, "key_reused", {})
    assert Risk.objects.count() == 1


@pytest.mark.usefixtures("register")
def test_what_was_changed_since_is_still_the_same_risk(manager_api):
    key = {"Idempotency-Key": str(uuid4())}
    manager_api.post("risks/", BODY, **key)
    manager_api.patch("risks/R001/", {"title": "新名"}, if_match='"1"')
    again = manager_api.post("risks/", BODY, **key)
    assert (again.status_code, again.json()["title"]) == (201, "新名")


def test_what_went_to_another_department_is_not_there(ops, tech, register, risk_manager):
    manager = make_user("ops.manager", "林芳", "risk_manager", ops)
    key = {"Idempotency-Key": str(uuid4())}
    ApiClient(manager).post("risks/", BODY, **key)
    ApiClient(risk_manager).patch("risks/R001/", {"owner_department": "TECH"}, if_match='"1"')
    assert refusal(ApiClient(manager).post("risks/", BODY, **key))[:2] == (404, "not_found")


@pytest.mark.parametrize("key", ["mine", "1", "x" * 5000, "7f9d8c8e-8f9d-4f0e-9b1a", "'; --"])
@pytest.mark.usefixtures("register")
def test_a_key_that_is_none(manager_api, key):
    answer = manager_api.post("risks/", BODY, **{"Idempotency-Key": key})
    assert refusal(answer) == (400, "invalid", {"Idempotency-Key": ["This is not a UUID."]})
    assert Risk.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_three_times_at_once_it_is_one_risk(register, risk_manager):
    key, codes, barrier = str(uuid4()), [], threading.Barrier(3)

    def send():
        client = ApiClient(risk_manager)
        barrier.wait()
        codes.append(client.post("risks/", BODY, **{"Idempotency-Key": key}).json()["code"])
        connection.close()

    threads = [threading.Thread(target=send) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == ["R001"] * 3
    assert Risk.objects.count() == 1


@pytest.mark.parametrize("name", ["cause", "event", "consequence"])
def test_a_text_of_more_than_two_pages_is_refused(register, manager_api, name):
    answer = manager_api.post("risks/", BODY | {name: "长" * 4001})
    faults = {name: ["Write at most 4000 characters; these are 4001."]}
    assert refusal(answer) == (400, "invalid", faults)
    assert not Risk.objects.exists()
