"""`/api/v1/plans/`: draft, submit, and a decision on exactly the text that was read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Approval, PlanVersion, ResponsePlan
from assessments.services import save_plan, submit_plan
from registers.models import Risk
from riskhub.accounts.services import assign_role
from tests.api_client import ApiClient, refusal
from tests.assessments.events import events_of
from tests.assessments.services.test_plans import changed
from tests.builders import make_plan, make_risk

NO_REFERENCES = dict.fromkeys(("avoid_node", "change", "transfer_share", "contingency")) | {
    "transfers": [], "transfer_stays": "",
}  # fmt: skip


def day(days):
    return (timezone.localdate() + timedelta(days)).isoformat()


def mitigation(**change):
    """Both ways of naming: people by user name, risks by code."""
    return {
        "risk": "R001",
        "strategy": "mitigate",
        "objective": "一年内降到中",
        "target": {"probability": 2, "impact": 2},
        "actions": [{"key": "a1", "title": "完工试压", "owner": "risk.manager", "due_on": day(30)}],
    } | change


OWN_PLAN = {
    "en": "Somebody who neither wrote nor submitted this plan decides on it.",
    "zh-hans": "由没有编写也没有提交这份方案的人决定。",
}


def wording(**change):
    body = mitigation(**change)
    del body["risk"]
    return body


@pytest.fixture
def manager_api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def approver_api(approver):
    return ApiClient(approver)


@pytest.fixture
def plan(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager)


@pytest.fixture
def submitted(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager, submitted=True)


@pytest.mark.usefixtures("high_risk")
def test_from_the_draft_to_the_approval(manager_api, approver_api):
    drafted = manager_api.post("plans/", mitigation())
    assert drafted.status_code == 201
    found = drafted.json()
    assert (found["code"], found["risk"], found["state"]) == ("RP-001", "R001", "draft")
    (action,) = wording()["actions"]
    assert found["head"]["content"] == wording() | {
        "actions": [action | {"control": None, "every_days": None}],
        "avoid_what": "", "transfer_to": "", "transfer_by": "", "accept_reason": "",
        "accept_until": None, "special_measures": "", "sponsor": None, "resources": [],
    } | NO_REFERENCES  # fmt: skip
    sent = manager_api.post("plans/RP-001/submit/", if_match=drafted["ETag"])
    assert (sent.status_code, sent.json()["state"]) == (200, "submitted")
    assert sent.json()["head"]["residual"] == {"probability": 4, "impact": 3, "level": "high"}
    assert sent.json()["head"]["target"] == {"probability": 2, "impact": 2, "level": "low"}
    content_hash = approver_api.get("plans/RP-001/").json()["head"]["content_hash"]
    decided = approver_api.post("plans/RP-001/approve/", {"content_hash": content_hash})
    assert (decided.status_code, decided.json()["state"]) == (200, "approved")
    assert decided.json()["in_force"] == 1
    assert decided.json()["head"]["approvals"][0]["approver"] == "approver"
    assert decided.json()["actions"] == [
        {
            "key": "a1", "title": "完工试压", "owner": "risk.manager", "due_on": day(30),
            "state": "open", "note": "", "done_by": None, "done_at": None, "verified_by": None,
            "verified_at": None, "reopened_reason": "", "control": None, "every_days": None,
        }
    ]  # fmt: skip
    assert Risk.objects.get().state == "responding"
    event = events_of(ResponsePlan.objects.get(), action="plan.approved")[0]
    assert (event["actor_name"], event["after"]["state"]) == ("马文斌", "approved")


@pytest.mark.parametrize(
    ("verb", "state"), [("request-changes", "changes_requested"), ("reject", "rejected")]
)
def test_sent_back_with_a_word(submitted, approver_api, verb, state):
    sent = {"content_hash": submitted.head.content_hash}
    path = f"plans/RP-001/{verb}/"
    assert list(refusal(approver_api.post(path, sent))[2]) == ["comment"]
    answer = approver_api.post(path, sent | {"comment": "期限太长"})
    assert (answer.status_code, answer.json()["state"]) == (200, state)
    again = approver_api.post(path, sent | {"comment": "x"})
    assert refusal(again)[:2] == (409, "wrong_state")


def test_another_text_is_not_approved(submitted, approver_api):
    other = approver_api.post("plans/RP-001/approve/", {"content_hash": "0" * 64})
    assert refusal(other)[:2] == (409, "stale_version")
    for sent in ({}, {"content_hash": "x"}, {"content_hash": None}):
        answer = approver_api.post("plans/RP-001/approve/", sent)
        assert list(refusal(answer)[2]) == ["content_hash"]
    assert Approval.objects.count() == 0


def test_four_eyes(high_risk, approver):
    """An approver who may write plans as well decides on none of their own."""
    assign_role(approver, by=None, role="risk_manager")
    both = ApiClient(approver)
    action = {"title": "试压", "owner": "approver", "due_on": day(9)}
    tag = both.post("plans/", mitigation(actions=[action]))["ETag"]
    content_hash = both.post("plans/RP-001/submit/", if_match=tag).json()["head"]["content_hash"]
    answer = both.post("plans/RP-001/approve/", {"content_hash": content_hash})
    assert refusal(answer)[:2] == (403, "cannot_decide")
    assert Approval.objects.count() == 0


def test_who_may_decide(submitted, risk_manager, second_manager, auditor, staff_repair):
    sent = {"content_hash": submitted.head.content_hash, "comment": "x"}
    answers = [
        refusal(ApiClient(user).post(f"plans/RP-001/{verb}/", sent))[:2]
        for user in (risk_manager, second_manager, auditor, staff_repair)
        for verb in ("approve", "request-changes", "reject")
    ]
    assert answers == (
        [(403, "cannot_decide")] * 3 + [(403, "permission_denied")] * 6 + [(404, "not_found")] * 3
    )
    assert Approval.objects.count() == 0


def test_whoever_submitted_or_wrote_it_is_told_who_decides(
    high_risk, staff_cleaning, risk_manager, second_manager
):
    plan = make_plan(high_risk, by=staff_cleaning)
    submit_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    sent = {"content_hash": plan.head.content_hash, "comment": "x"}
    for user in (risk_manager, staff_cleaning):
        for language, words in OWN_PLAN.items():
            for verb in ("approve", "request-changes", "reject"):
                api = ApiClient(user, **{"Accept-Language": language})
                answer = api.post(f"plans/RP-001/{verb}/", sent)
                assert (answer.status_code, answer.json()["detail"]) == (403, words)
    other = ApiClient(second_manager).post("plans/RP-001/approve/", sent)
    assert refusal(other)[:2] == (403, "permission_denied")
    assert Approval.objects.count() == 0


def test_put_replaces_the_whole_wording(plan, manager_api):
    sent = {"strategy": "avoid", "avoid_what": "不再做高空擦窗"}
    answer = manager_api.put("plans/RP-001/", sent, if_match='"2"')
    assert (answer.status_code, answer["ETag"]) == (200, '"3"')
    content = answer.json()["head"]["content"]
    assert (content["strategy"], content["objective"], content["actions"]) == ("avoid", "", [])
    assert PlanVersion.objects.count() == 1


def test_put_on_a_submitted_plan_makes_a_draft_of_it(submitted, manager_api):
    tag = manager_api.get("plans/RP-001/")["ETag"]
    answer = manager_api.put("plans/RP-001/", wording(objective="半年"), if_match=tag)
    assert (answer.json()["state"], answer.json()["head"]["number"]) == ("draft", 2)


def test_only_over_what_was_read(plan, manager_api, risk_manager):
    for ask in (
        lambda **how: manager_api.put("plans/RP-001/", wording(), **how),
        lambda **how: manager_api.post("plans/RP-001/submit/", **how),
    ):
        assert refusal(ask())[:2] == (428, "version_required")
        assert refusal(ask(if_match='"1"'))[:2] == (409, "stale_version")
    plan.refresh_from_db()
    assert (plan.state, plan.head.number) == ("draft", 1)


@pytest.mark.usefixtures("high_risk")
@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"risk": "R999"}, ["risk"]),
        ({"strategy": "hope"}, ["strategy"]),
        ({"target": {"probability": 0, "impact": 1}}, ["target.probability"]),
        ({"target": {"probability": 1, "impact": 1, "level": "low"}}, ["target.level"]),
        ({"actions": [{"title": "x"}]}, ["actions.0.owner", "actions.0.due_on"]),
        (
            {"actions": [{"title": "x", "owner": "nobody", "due_on": "2030-01-01"}]},
            ["actions.0.owner"],
        ),
        ({"actions": [mitigation()["actions"][0] | {"state": "done"}]}, ["actions.0.state"]),
        ({"actions": mitigation()["actions"] * 2}, ["actions"]),
        ({"actions": {"a": 1}}, ["actions"]),
        ({"accept_until": "soon"}, ["accept_until"]),
        ({"state": "approved"}, ["state"]),
        ({"requires_approval": False}, ["requires_approval"]),
        ({"content_hash": "0" * 64}, ["content_hash"]),
        ({"residual_level": 0}, ["residual_level"]),
    ],
)
def test_a_field_at_fault(manager_api, change, fields):
    status, code, errors = refusal(manager_api.post("plans/", mitigation(**change)))
    assert (status, code, list(errors)) == (400, "invalid", fields)
    assert ResponsePlan.objects.count() == 0


def test_a_new_action_gets_a_key(high_risk, manager_api):
    action = {"title": "试压", "owner": "risk.manager", "due_on": day(9)}
    answer = manager_api.post("plans/", mitigation(actions=[action, action]))
    keys = [made["key"] for made in answer.json()["head"]["content"]["actions"]]
    assert [len(key) for key in keys] == [36, 36]
    assert keys[0] != keys[1]


def test_what_keeps_it_from_being_submitted(high_risk, manager_api):
    tag = manager_api.post("plans/", mitigation(actions=[]))["ETag"]
    answer = manager_api.post("plans/RP-001/submit/", if_match=tag)
    assert (refusal(answer)[:2], list(refusal(answer)[2])) == (
        (400, "plan_incomplete"),
        ["actions"],
    )


def test_one_living_plan(plan, manager_api):
    assert refusal(manager_api.post("plans/", mitigation()))[:2] == (409, "has_live_plan")


def test_only_the_further_version_is_withdrawn(low_risk, risk_manager, manager_api):
    plan = make_plan(low_risk, by=risk_manager, submitted=True)
    body = {"reason": "不改了", "what": "version"}
    refused = manager_api.post("plans/RP-001/withdraw/", body)
    assert refusal(refused)[:2] == (409, "wrong_state")
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="改"))
    answer = manager_api.post("plans/RP-001/withdraw/", body).json()
    assert (answer["state"], answer["head"]["number"]) == ("approved", 1)


def test_withdrawn_with_a_reason(plan, manager_api):
    assert refusal(manager_api.post("plans/RP-001/withdraw/", {}))[0] == 400
    answer = manager_api.post("plans/RP-001/withdraw/", {"reason": "不再需要"})
    assert (answer.json()["state"], answer.json()["ended_reason"]) == ("withdrawn", "不再需要")
    again = manager_api.post("plans/RP-001/withdraw/", {"reason": "x"})
    assert refusal(again)[:2] == (409, "wrong_state")
    tag = answer["ETag"]
    edited = manager_api.put("plans/RP-001/", wording(objective="x"), if_match=tag)
    assert refusal(edited)[:2] == (409, "wrong_state")


def test_staff_draft_and_others_submit(high_risk, register, clean, staff_cleaning, auditor):
    staff, reader = ApiClient(staff_cleaning), ApiClient(auditor)
    high_risk.owner_department = clean
    high_risk.save()
    people = [{"title": "试压", "owner": "staff.cleaning", "due_on": day(9)}]
    drafted = staff.post("plans/", mitigation(actions=people))
    assert drafted.status_code == 201
    sent = staff.post("plans/RP-001/submit/", if_match=drafted["ETag"])
    assert refusal(sent)[:2] == (403, "permission_denied")
    withdrawn = staff.post("plans/RP-001/withdraw/", {"reason": "x"})
    assert refusal(withdrawn)[:2] == (403, "permission_denied")
    assert refusal(reader.post("plans/", mitigation()))[:2] == (403, "permission_denied")
    put = reader.put("plans/RP-001/", wording(), if_match=drafted["ETag"])
    assert refusal(put)[:2] == (403, "permission_denied")


def test_another_departments_are_missing_ones(plan, head_repair, tech, register, risk_manager):
    api = ApiClient(head_repair)
    own = make_risk(register, by=risk_manager, department=tech)
    asked = {"get": ("",), "put": ("",), "post": ("submit/", "withdraw/", "approve/", "reject/")}
    for method, verbs in asked.items():
        for verb in verbs:
            answers = [
                api.ask(method, f"plans/{code}/{verb}", None, if_match='"1"')
                for code in ("RP-001", "RP-999")
            ]
            assert [refusal(answer) for answer in answers] == [(404, "not_found", {})] * 2
    posted = [api.post("plans/", mitigation(risk=code)) for code in ("R001", "R999")]
    assert [refusal(answer)[2]["risk"] for answer in posted] == [
        [f"“{code}” does not exist."] for code in ("R001", "R999")
    ]
    foreign = mitigation(risk=own.code, owner="risk.manager")
    assert list(refusal(api.post("plans/", foreign))[2]) == ["actions.0.owner", "owner"]
    assert api.get("plans/").json()["results"] == []
