"""`/api/v1/controls/`: the same rows and refusals as the pages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registers.models import Control, ControlCheck
from registers.services import edit_control, retire_control
from tests.api_client import ApiClient, refusal
from tests.assessments.events import events_of
from tests.builders import check, make_control

NEW = {"title": "完工试压", "type": "preventive", "owner_department": "OPS"}


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def control(risk_manager, ops):
    return make_control(ops, by=risk_manager)


def codes(answer):
    return [row["code"] for row in answer.json()["results"]]


class TestReading:
    def test_one_as_json(self, control, manager_api, risk_manager, head_cleaning):
        edit_control(control, by=risk_manager, version=1, owner=head_cleaning, yearly_cost=1200)
        check(control, 20, 3, by=risk_manager)
        answer = manager_api.get("controls/C-101/")
        assert (answer.status_code, answer["ETag"]) == (200, '"3"')
        assert answer.json() == {
            "code": "C-101", "title": "完工试压", "title_alt": "", "lang": "zh-hans",
            "type": "preventive", "owner_department": "OPS", "owner": "head.cleaning",
            "description": "", "evidence": "", "check_every_days": 30,
            "next_check_on": days(30).isoformat(), "is_overdue": False, "yearly_cost": "1200.00",
            "last_check": {
                "done_on": days(0).isoformat(), "effectiveness": "partly", "sample_size": 20,
                "exceptions": 3,
            },
            "state": "active", "retired_reason": "", "library_code": "", "row_version": 3,
        }  # fmt: skip

    def test_the_list_filtered_as_on_the_page(self, control, manager_api, tech, risk_manager):
        make_control(tech, by=risk_manager, title="保险", type="mitigating", next_check_on=days(-1))
        retired = make_control(tech, by=risk_manager, title="旧")
        retire_control(retired, by=risk_manager, reason="停用")
        for query, found in (
            ("", ["C-101", "C-102"]), ("?type=mitigating", ["C-102"]), ("?department=OPS", ["C-101"]),
            ("?due=overdue", ["C-102"]), ("?state=all", ["C-101", "C-102", "C-103"]),
            ("?q=试压", ["C-101"]), ("?result=never&view=overdue", ["C-102"]),
        ):  # fmt: skip
            assert codes(manager_api.get(f"controls/{query}")) == found

    def test_pages(self, ops, manager_api, risk_manager):
        for n in range(3):
            make_control(ops, by=risk_manager, title=f"{n}")
        first = manager_api.get("controls/?page_size=2")
        assert codes(first) == ["C-101", "C-102"]
        rest = first.json()["next"].partition("/api/v1/")[2]
        assert codes(manager_api.get(rest)) == ["C-103"]

    @pytest.mark.parametrize("query", ["type=x", "state=x", "due=x", "nothing=1", "sort=code"])
    def test_what_it_does_not_know(self, control, manager_api, query):
        assert refusal(manager_api.get(f"controls/?{query}"))[0] == 400

    def test_others_see_theirs(self, control, tech, risk_manager, head_cleaning):
        make_control(tech, by=risk_manager, title="别部门")
        api = ApiClient(head_cleaning)
        assert codes(api.get("controls/")) == ["C-101"]
        assert refusal(api.get("controls/C-102/"))[:2] == (404, "not_found")

    def test_as_many_queries_for_many_as_for_one(self, control, manager_api, ops, risk_manager):
        one = queries_of(manager_api)
        for n in range(3):
            check(make_control(ops, by=risk_manager, title=f"{n}"), by=risk_manager)
        assert queries_of(manager_api) == one


def queries_of(api):
    api.get("controls/")
    with CaptureQueriesContext(connection) as captured:
        api.get("controls/")
    return len(captured)


class TestCreating:
    def test_with_the_next_number(self, db, manager_api, head_cleaning):
        sent = NEW | {"owner": "head.cleaning", "check_every_days": 7, "yearly_cost": "12.50"}
        answer = manager_api.post("controls/", sent)
        assert (answer.status_code, answer["ETag"]) == (201, '"1"')
        body = answer.json()
        assert (body["code"], body["state"], body["owner"]) == ("C-101", "active", "head.cleaning")
        assert body["next_check_on"] == days(7).isoformat()

    def test_planned(self, db, manager_api):
        assert (
            manager_api.post("controls/", NEW | {"state": "draft"}).json()["next_check_on"] is None
        )

    def test_the_same_key_is_the_same_control(self, db, manager_api):
        key = {"Idempotency-Key": str(uuid4())}
        found = {manager_api.post("controls/", NEW, **key).json()["code"] for _n in range(3)}
        assert found == {"C-101"}
        answer = manager_api.post("controls/", NEW | {"title": "别的"}, **key)
        assert refusal(answer)[:2] == (409, "key_reused")

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"title": " "}, "title"), ({"type": "x"}, "type"),
            ({"owner_department": "X"}, "owner_department"),
            ({"check_every_days": 0}, "check_every_days"), ({"check_every_days": 731}, "check_every_days"),
            ({"yearly_cost": "-1"}, "yearly_cost"), ({"state": "retired"}, "state"),
            ({"owner": "nobody"}, "owner"), ({"code": "C-7"}, "code"), ({"number": 7}, "number"),
            ({"next_check_on": "0026-01-01"}, "next_check_on"),
        ],
    )  # fmt: skip
    def test_what_is_refused_by_its_field(self, db, manager_api, change, field):
        status, code, errors = refusal(manager_api.post("controls/", NEW | change))
        assert (status, code, list(errors)) == (400, "invalid", [field])
        assert Control.objects.count() == 0

    def test_an_owner_of_another_department(self, db, manager_api, staff_repair):
        answer = manager_api.post("controls/", NEW | {"owner": "staff.repair"})
        assert list(refusal(answer)[2]) == ["owner"]

    def test_a_head_for_their_own(self, db, head_cleaning, tech):
        api = ApiClient(head_cleaning)
        assert list(refusal(api.post("controls/", NEW | {"owner_department": "TECH"}))[2]) == [
            "owner_department"
        ]
        assert api.post("controls/", NEW).status_code == 201

    def test_who_may_not(self, db, auditor, staff_cleaning):
        for user in (auditor, staff_cleaning):
            assert refusal(ApiClient(user).post("controls/", NEW))[:2] == (403, "permission_denied")


class TestEditing:
    def test_only_what_is_sent_changes(self, control, manager_api):
        answer = manager_api.patch("controls/C-101/", {"title": "试压"}, if_match='"1"')
        assert (answer.status_code, answer["ETag"]) == (200, '"2"')
        (event,) = events_of(control, action="control.edited")
        assert event["after"] == {"title": "试压", "row_version": 2}

    def test_without_the_version_or_with_an_old_one(self, control, manager_api, risk_manager):
        sent = {"title": "试压"}
        assert refusal(manager_api.patch("controls/C-101/", sent))[:2] == (428, "version_required")
        edit_control(control, by=risk_manager, version=1, title="别人")
        answer = manager_api.patch("controls/C-101/", sent, if_match='"1"')
        assert refusal(answer)[:2] == (409, "stale_version")

    def test_a_retired_one(self, control, manager_api, risk_manager):
        retire_control(control, by=risk_manager, reason="停用")
        answer = manager_api.patch("controls/C-101/", {"title": "x"}, if_match='"2"')
        assert refusal(answer)[:2] == (409, "retired")

    def test_one_in_use_keeps_its_day(self, control, manager_api):
        answer = manager_api.patch("controls/C-101/", {"next_check_on": None}, if_match='"1"')
        assert list(refusal(answer)[2]) == ["next_check_on"]

    @pytest.mark.parametrize("field", ["state", "code", "retired_reason", "library_code"])
    def test_what_cannot_be_set(self, control, manager_api, field):
        answer = manager_api.patch("controls/C-101/", {field: "x"}, if_match='"1"')
        assert list(refusal(answer)[2]) == [field]


class TestStates:
    def test_retired_and_back(self, control, manager_api):
        answer = manager_api.post("controls/C-101/retire/", {"reason": "设备换了"})
        assert (answer.status_code, answer.json()["retired_reason"]) == (200, "设备换了")
        assert refusal(manager_api.post("controls/C-101/retire/", {"reason": "x"}))[:2] == (
            409, "wrong_state",
        )  # fmt: skip
        answer = manager_api.post("controls/C-101/activate/")
        assert (answer.status_code, answer.json()["state"]) == (200, "active")
        assert refusal(manager_api.post("controls/C-101/activate/"))[0] == 409

    def test_a_reason_is_asked_for(self, control, manager_api):
        assert refusal(manager_api.post("controls/C-101/retire/", {"reason": " "}))[0] == 400
        assert Control.objects.get().state == "active"


class TestChecks:
    SENT = {"design_ok": True, "sample_size": 20, "exceptions": 3}

    @pytest.fixture
    def sent(self):
        return self.SENT | {"done_on": days(0).isoformat()}

    def test_the_one_that_is_due(self, control, manager_api, sent):
        answer = manager_api.post("controls/C-101/checks/", sent | {"evidence": "抽查表"})
        assert answer.status_code == 201
        body = answer.json()
        share = body.pop("share")
        assert [f"{100 * share[part]:.1f}" for part in ("value", "low", "high")] == [
            "15.0", "5.6", "31.4",
        ]  # fmt: skip
        assert body == {
            "due_on": days(30).isoformat(), "done_on": days(0).isoformat(), "done_by": "risk.manager",
            "design_ok": True, "sample_size": 20, "exceptions": 3, "proposed": "partly",
            "effectiveness": "partly", "note": "", "evidence": "抽查表",
        }  # fmt: skip
        assert manager_api.get("controls/C-101/checks/").json()["results"][0]["share"] == share

    def test_sent_twice_for_one_day_is_one(self, control, manager_api, sent):
        sent |= {"due_on": days(30).isoformat()}
        answers = [manager_api.post("controls/C-101/checks/", sent).status_code for _n in range(2)]
        assert (answers, ControlCheck.objects.count()) == ([201, 201], 1)
        answer = manager_api.post("controls/C-101/checks/", sent | {"exceptions": 4})
        assert refusal(answer)[:2] == (409, "checked_already")

    def test_under_one_key_it_is_one_and_two_keys_on_one_day_are_two(
        self, control, manager_api, sent
    ):
        keys = [str(uuid4()) for _n in range(2)]
        for key in (*keys, *keys):
            answer = manager_api.post("controls/C-101/checks/", sent, **{"Idempotency-Key": key})
            assert answer.status_code == 201
        assert ControlCheck.objects.count() == 2
        assert manager_api.get("controls/C-101/").json()["next_check_on"] == days(30).isoformat()
        answer = manager_api.post(
            "controls/C-101/checks/", sent | {"exceptions": 4}, **{"Idempotency-Key": keys[0]}
        )
        assert refusal(answer)[0] == 409

    def test_another_result_needs_a_note(self, control, manager_api, sent):
        answer = manager_api.post("controls/C-101/checks/", sent | {"effectiveness": "effective"})
        assert refusal(answer)[:2] == (400, "invalid")
        noted = sent | {"effectiveness": "effective", "note": "三份是同一张单"}
        assert manager_api.post("controls/C-101/checks/", noted).status_code == 201

    @pytest.mark.parametrize(
        "change",
        [{"exceptions": 21}, {"exceptions": -1}, {"sample_size": None}, {"done_on": "2999-01-01"},
         {"effectiveness": "fine"}, {"proposed": "effective"}, {"done_by": "x"}],
    )  # fmt: skip
    def test_what_cannot_be(self, control, manager_api, sent, change):
        assert refusal(manager_api.post("controls/C-101/checks/", sent | change))[0] == 400
        assert ControlCheck.objects.count() == 0

    def test_what_is_not_in_use(self, ops, manager_api, risk_manager, sent):
        make_control(ops, by=risk_manager, state="draft")
        answer = manager_api.post("controls/C-101/checks/", sent)
        assert refusal(answer)[:2] == (409, "not_in_use")
        sent |= {"due_on": days(3).isoformat()}
        answer = manager_api.post("controls/C-101/checks/", sent)
        assert refusal(answer)[:2] == (409, "not_in_use")

    def test_the_owner_and_who_answers_for_it(
        self, control, clean, risk_manager, staff_cleaning, auditor, head_repair, sent
    ):
        edit_control(
            control, by=risk_manager, version=1, owner=staff_cleaning, owner_department=clean
        )
        for user, status in ((auditor, 403), (head_repair, 404), (staff_cleaning, 201)):
            assert ApiClient(user).post("controls/C-101/checks/", sent).status_code == status
