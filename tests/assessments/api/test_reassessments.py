"""`/api/v1/reassessments/`."""

import pytest

from assessments.models import ReassessmentTask
from tests.api_client import ApiClient, refusal
from tests.assessments.changing import bring, make_change
from tests.assessments.reassessing import ask_again
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(risk, risk_manager):
    return ask_again(risk, "incident", 3, by=risk_manager, label_zh="漏水", label_en="Leak")


def test_newest_first_in_every_state_and_filtered(risk, task, risk_manager):
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    again = ask_again(risk, "change", 3, by=risk_manager)
    api = ApiClient(risk_manager)
    found = api.get("reassessments/").json()["results"]
    assert [(one["id"], one["state"], one["reason"]) for one in found] == [
        (again.pk, "open", "change"), (task.pk, "done", "incident"),
    ]  # fmt: skip
    assert found[1]["assessment"] == risk.assessments.get().pk
    assert (found[1]["cause"], found[1]["closed_by"]) == ("Leak", "risk.manager")
    for query, expected in (
        ("state=open", [again.pk]), ("reason=incident", [task.pk]), ("risk=R001&state=waived", []),
    ):  # fmt: skip
        rows = api.get(f"reassessments/?{query}").json()["results"]
        assert [one["id"] for one in rows] == expected
    assert refusal(api.get("reassessments/?state=lost"))[:2] == (400, "invalid")


def test_of_another_department_nothing(task, head_repair, register, risk_manager, tech):
    own = ask_again(make_risk(register, by=risk_manager, department=tech), by=risk_manager)
    api = ApiClient(head_repair)
    assert [one["id"] for one in api.get("reassessments/").json()["results"]] == [own.pk]
    assert api.get(f"reassessments/{task.pk}/").status_code == 404
    assert api.post(f"reassessments/{task.pk}/waive/", {"reason": "x"}).status_code == 404


def test_waived_with_the_version_that_was_read(task, risk_manager):
    api = ApiClient(risk_manager)
    path, body = f"reassessments/{task.pk}/waive/", {"reason": "现场看过，做法和评分都没有变"}
    assert refusal(api.post(path, body))[0] == 428
    assert refusal(api.post(path, body, if_match='"9"'))[0] == 409
    assert refusal(api.post(path, {"reason": " "}, if_match='"1"'))[0] == 400
    dots = refusal(api.post(path, {"reason": "." * 20}, if_match='"1"'))
    assert dots[2] == {
        "reason": ["Give a reason of at least 10 characters that others understand later."]
    }
    done = api.post(path, body, if_match='"1"')
    assert (done.status_code, done.json()["state"], done.json()["waived_reason"]) == (
        200, "waived", "现场看过，做法和评分都没有变",
    )  # fmt: skip
    assert refusal(api.post(path, body, if_match=done["ETag"]))[:2] == (409, "wrong_state")


def test_whoever_asked_for_the_change_does_not_waive(risk, clean, risk_manager):
    bring(make_change(clean, by=risk_manager, risks=[risk]), "submitted", by=risk_manager)
    path = f"reassessments/{ReassessmentTask.objects.get().pk}/waive/"
    answer = ApiClient(risk_manager).post(
        path, {"reason": "现场看过，评分没有变化"}, if_match='"1"'
    )
    assert refusal(answer)[:2] == (403, "own_change")
    assert "Somebody else waives it" in answer.json()["detail"]


@pytest.mark.parametrize("who", ["head_cleaning", "staff_cleaning", "auditor"])
def test_only_the_risk_manager_waives(task, request, who):
    api = ApiClient(request.getfixturevalue(who))
    answer = api.post(f"reassessments/{task.pk}/waive/", {"reason": "x"}, if_match='"1"')
    assert refusal(answer)[:2] == (403, "permission_denied")


def test_of_a_shared_task_the_change_is_named(risk, clean, risk_manager, second_manager):
    for _n in range(2):
        made = make_change(clean, by=risk_manager, risks=[risk])
        bring(made, "submitted", by=risk_manager)
    api, task = ApiClient(second_manager), ReassessmentTask.objects.get()
    path, reason = f"reassessments/{task.pk}/waive/", {"reason": "现场看过，评分没有变化"}
    tag = f'"{task.row_version}"'
    assert list(refusal(api.post(path, reason, if_match=tag))[2]) == ["change"]
    assert refusal(api.post(path, reason | {"change": "CH-9"}, if_match=tag))[0] == 400
    done = api.post(path, reason | {"change": "CH-002"}, if_match=tag)
    assert (done.status_code, done.json()["state"]) == (200, "open")
    rows = {code: api.get(f"changes/{code}/").json() for code in ("CH-001", "CH-002")}
    assert [one["to_do"] for one in rows.values()] == [1, 0]
    assert rows["CH-002"]["risks"][0]["waived_reason"] == reason["reason"]
    assert rows["CH-002"]["risks"][0]["is_open"] is False
