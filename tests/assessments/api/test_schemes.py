"""`/api/v1/schemes/`: the same services as the pages, refused the same."""

import pytest

from assessments.models import MatrixScheme
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.rows import content_of
from riskhub.accounts.services import assign_role
from tests.api_client import ApiClient, refusal
from tests.assessments.events import actions_of
from tests.assessments.matrices import cautious, changed, draft, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager_api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def approver_api(approver):
    return ApiClient(approver)


def sent(content):
    return {"content": content.as_json()}


def test_the_list_and_one_of_it(manager_api, risk_manager):
    draft(by=risk_manager)
    rows = manager_api.get("schemes/").json()["results"]
    assert [(row["number"], row["state"]) for row in rows] == [(2, "draft"), (1, "in_force")]
    one = manager_api.get("schemes/1/")
    assert one["ETag"]
    found = one.json()
    assert found["content"] == content_of(scheme_in_force()).as_json()
    assert (found["checks"]["error_count"], found["checks"]["warning_count"]) == (0, 0)
    assert [m["most"] for m in found["checks"]["meanings"]][-2:] == [250_000, 10_000]


def test_a_matrix_that_is_sent_is_checked_and_not_kept(manager_api, auditor):
    answer = ApiClient(auditor).post("schemes/checks/", sent(changed(c33=0)))
    assert answer.status_code == 200
    fault = answer.json()["findings"][0]
    assert (fault["check"], fault["severity"], fault["cells"]) == ("M2", "error", [[2, 3], [3, 3]])
    assert MatrixScheme.objects.count() == 1


def test_from_a_draft_to_in_force(manager_api, approver_api):
    made = manager_api.post("schemes/", sent(changed(c11=0)))
    assert made.status_code == 201
    edited = manager_api.put("schemes/2/", sent(cautious()), if_match=made["ETag"])
    assert edited.status_code == 200
    handed = manager_api.post("schemes/2/submit/", if_match=edited["ETag"])
    assert handed.json()["state"] == "submitted"
    answer = approver_api.post(
        "schemes/2/approve/", {"content_hash": handed.json()["content_hash"]}
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "in_force")
    assert answer.json()["approved_by"] == "approver"
    assert actions_of(MatrixScheme.objects.get(pk=2)) == [
        "scheme.started", "scheme.edited", "scheme.submitted", "scheme.approved",
    ]  # fmt: skip


def test_sent_again_it_is_the_same_draft(manager_api):
    key = {"Idempotency-Key": "6f1ed002-ab5c-4a1a-8f3c-7d2f0a1b2c3d"}
    for _ in range(2):
        assert manager_api.post("schemes/", sent(cautious()), **key).json()["number"] == 2


def test_a_stale_save_is_refused(manager_api, risk_manager):
    draft(by=risk_manager)
    answer = manager_api.put("schemes/2/", sent(changed(c11=0)), if_match='"7"')
    assert refusal(answer)[:2] == (409, "stale_version")
    assert manager_api.put("schemes/2/", sent(cautious())).status_code == 428


def test_a_map_that_falls_is_not_handed_in(manager_api, risk_manager):
    draft(by=risk_manager, content=changed(c33=0))
    answer = manager_api.post("schemes/2/submit/", if_match='"1"')
    assert refusal(answer)[:2] == (409, "scheme_incomplete")
    assert "(3,3) is Low" in answer.json()["detail"]


@pytest.mark.parametrize("content", [{}, {"format": "x"}, [], "x"])
def test_what_is_no_matrix_is_refused_in_a_sentence(content, manager_api):
    status, code, errors = refusal(manager_api.post("schemes/", {"content": content}))
    assert (status, code, list(errors)) == (400, "invalid", ["content"])


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en", "An object with a matrix is expected."), ("zh-hans", "这里应是一个矩阵对象。")],
)
def test_a_content_that_is_a_list_is_refused_in_the_language_of_the_request(
    locale, said, manager_api
):
    answer = manager_api.post("schemes/", {"content": []}, **{"Accept-Language": locale})
    assert refusal(answer)[2] == {"content": [said]}


def test_a_part_that_nobody_knows_is_refused_and_nothing_kept(manager_api):
    content = cautious().as_json()
    answers = [
        manager_api.post("schemes/", {"content": content, "foo": 1}),
        manager_api.post("schemes/", {"content": content | {"foo": 1}}),
        manager_api.post("schemes/checks/", {"content": content | {"foo": 1}}),
    ]
    assert [refusal(answer)[2] for answer in answers] == [
        {"foo": ["This field does not exist or cannot be set."]},
        {"content": ["matrix: “foo” is not known here."]},
        {"content": ["matrix: “foo” is not known here."]},
    ]
    assert MatrixScheme.objects.count() == 1


def test_another_hash_is_not_approved(approver_api, risk_manager):
    submitted(by=risk_manager)
    answer = approver_api.post("schemes/2/approve/", {"content_hash": "0" * 64})
    assert refusal(answer)[:2] == (409, "stale_version")
    assert refusal(approver_api.post("schemes/2/approve/", {}))[0] == 400


def test_changes_need_a_comment(approver_api, risk_manager):
    scheme = submitted(by=risk_manager)
    body = {"content_hash": scheme.content_hash}
    assert refusal(approver_api.post("schemes/2/request-changes/", body))[0] == 400
    answer = approver_api.post("schemes/2/request-changes/", body | {"comment": "太严"})
    assert answer.json()["state"] == "changes_requested"


def test_nobody_approves_their_own(approver, risk_manager):
    assign_role(approver, by=None, role="risk_manager", department=None)
    scheme = submitted(by=type(approver).objects.get(pk=approver.pk))
    answer = ApiClient(approver).post("schemes/2/approve/", {"content_hash": scheme.content_hash})
    assert refusal(answer)[:2] == (403, "cannot_decide")
    assert scheme_in_force().number == 1


def test_taken_back_and_thrown_away(manager_api, risk_manager):
    scheme = submitted(by=risk_manager)
    back = manager_api.post("schemes/2/recall/", if_match=f'"{scheme.row_version}"')
    assert back.json()["state"] == "draft"
    gone = manager_api.post("schemes/2/discard/", if_match=back["ETag"])
    assert gone.json()["state"] == "discarded"
    again = manager_api.post("schemes/2/discard/", if_match=gone["ETag"])
    assert refusal(again)[:2] == (409, "wrong_state")


def test_who_may_what(manager_api, approver_api, auditor, head_cleaning, risk_manager):
    scheme = submitted(by=risk_manager)
    decision = {"content_hash": scheme.content_hash}
    assert manager_api.post("schemes/2/approve/", decision).status_code == 403
    assert approver_api.post("schemes/", sent(cautious())).status_code == 403
    for person, status in ((auditor, 200), (head_cleaning, 403)):
        assert ApiClient(person).get("schemes/2/").status_code == status
        assert ApiClient(person).post("schemes/2/recall/", if_match='"2"').status_code == 403
