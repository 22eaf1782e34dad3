"""Policies, clauses and suppliers by API."""

from uuid import uuid4

import pytest

from registers.models.transfers import TRANSFERS
from riskhub.accounts.services import assign_role
from tests.api_client import ApiClient, refusal
from tests.registers.audit import Trail

PATHS = {"policy": "policies", "clause": "clauses", "supplier": "suppliers"}
BODY = {"code": "p-7", "name_zh": "公众责任险", "valid_until": "2026-12-31"}
OUT = {"code": "P-7", "name": "公众责任险", "name_zh": "公众责任险", "name_en": "",
       "valid_until": "2026-12-31", "note": "", "state": "active", "is_in_force": True,
       "row_version": 1}  # fmt: skip


@pytest.mark.parametrize("kind", TRANSFERS)
def test_entered_read_changed_ended_and_used_again(kind, manager_api):
    path, table = f"{PATHS[kind]}/", TRANSFERS[kind]._meta.db_table
    trail = Trail()
    made = manager_api.post(path, BODY)
    assert (made.status_code, made.json()) == (201, OUT)
    assert manager_api.get(path).json()["results"] == [OUT]
    one = manager_api.get(f"{path}P-7/")
    assert (one.json(), one["ETag"]) == (OUT, '"1"')
    edited = manager_api.patch(f"{path}p-7/", {"valid_until": None}, if_match='"1"')
    assert edited.json() == OUT | {"valid_until": None, "row_version": 2}
    ended = manager_api.post(f"{path}P-7/end/").json()
    assert (ended["state"], ended["is_in_force"]) == ("ended", False)
    assert refusal(manager_api.post(f"{path}P-7/end/"))[0] == 409
    assert manager_api.post(f"{path}P-7/reopen/").json()["state"] == "active"
    assert trail.events() == [
        (f"transfer.{done}", table, operation)
        for done, operation in (
            ("created", "insert"), ("edited", "update"), ("ended", "update"), ("reopened", "update"),
        )
    ]  # fmt: skip


def test_sent_twice_with_one_key_is_one(manager_api):
    key = {"Idempotency-Key": str(uuid4())}
    first, second = (manager_api.post("policies/", BODY, **key) for _try in range(2))
    assert first.json() == second.json()
    assert len(manager_api.get("policies/").json()["results"]) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"code": ""}, "code"), ({"code": "a b"}, "code"), ({"code": ".."}, "code"),
     ({"code": "-7"}, "code"), ({"code": "_a"}, "code"), ({"name_zh": ""}, "name_zh"),
     ({"valid_until": "2226-01-01"}, "valid_until"), ({"state": "ended"}, "state")],
)  # fmt: skip
def test_refused_at_the_field(manager_api, change, field):
    status, code, errors = refusal(manager_api.post("policies/", BODY | change))
    assert (status, code, list(errors)) == (400, "invalid", [field])


def test_a_code_is_given_once(manager_api):
    manager_api.post("policies/", BODY)
    words = {"code": ["This code is taken. Choose another one."]}
    assert refusal(manager_api.post("policies/", BODY))[2] == words


def test_an_older_version_is_refused(manager_api):
    manager_api.post("policies/", BODY)
    manager_api.patch("policies/P-7/", {"note": "续"}, if_match='"1"')
    assert refusal(manager_api.patch("policies/P-7/", {"note": "旧"}, if_match='"1"'))[0] == 409
    assert refusal(manager_api.patch("policies/P-7/", {"note": "旧"}))[0] == 428


def test_who_may(manager_api, head_cleaning, auditor, outsider):
    manager_api.post("policies/", BODY)
    for user in (head_cleaning, auditor):
        api = ApiClient(user)
        assert api.get("policies/P-7/").status_code == 200
        assert refusal(api.post("policies/", BODY))[0] == 403
        assert refusal(api.patch("policies/P-7/", {"note": "x"}, if_match='"1"'))[0] == 403
        assert refusal(api.post("policies/P-7/end/"))[0] == 403
    api = ApiClient(outsider)
    assert api.get("policies/").json()["results"] == []
    assert refusal(api.get("policies/P-7/"))[0] == 404
    assign_role(outsider, by=None, role="finance")
    assert ApiClient(outsider).post("policies/P-7/end/").status_code == 200
