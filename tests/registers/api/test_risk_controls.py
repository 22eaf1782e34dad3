"""`/api/v1/risks/R001/controls/`: what acts on a risk, linked, changed and taken off."""

import pytest

from registers.services import link_control
from tests.api_client import ApiClient, refusal
from tests.builders import make_control


@pytest.fixture
def control(risk_manager, ops):
    return make_control(ops, by=risk_manager)


class TestControlsOfARisk:
    @pytest.fixture
    def link(self, risk, control, risk_manager):
        return link_control(risk, control, by=risk_manager)

    def test_as_json(self, risk, link, manager_api):
        (row,) = manager_api.get("risks/R001/controls/").json()
        assert row.pop("control")["code"] == "C-101"
        assert row == {
            "number": link.pk, "risk": "R001", "acts_on": "probability", "strength": 1, "note": "",
            "row_version": 1,
        }  # fmt: skip

    def test_linked_changed_taken_off(self, risk, control, manager_api):
        answer = manager_api.post("risks/R001/controls/", {"control": "C-101", "strength": 2})
        assert (answer.status_code, answer["ETag"]) == (201, '"1"')
        url = f"risk-controls/{answer.json()['number']}/"
        assert refusal(manager_api.patch(url, {"strength": 0}))[0] == 428
        answer = manager_api.patch(url, {"strength": 0}, if_match='"1"')
        assert (answer.json()["strength"], answer.json()["acts_on"]) == (0, "probability")
        assert refusal(manager_api.patch(url, {"strength": 1}, if_match='"1"'))[0] == 409
        assert manager_api.get(url)["ETag"] == '"2"'
        assert manager_api.ask("delete", url).status_code == 204
        assert manager_api.get(url).status_code == 404
        assert manager_api.get("risks/R001/controls/").json() == []

    def test_linked_already_with_another_effect(self, risk, link, manager_api):
        sent = {"control": "C-101", "strength": 2}
        assert list(refusal(manager_api.post("risks/R001/controls/", sent))[2]) == ["control"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"control": "C-999"}, "control"),
            ({"strength": 3}, "strength"),
            ({"acts_on": "x"}, "acts_on"),
        ],
    )
    def test_what_cannot_be(self, risk, control, manager_api, change, field):
        answer = manager_api.post("risks/R001/controls/", {"control": "C-101"} | change)
        assert list(refusal(answer)[2]) == [field]

    def test_a_control_that_one_does_not_see_does_not_exist(
        self, risk, tech, risk_manager, head_cleaning
    ):
        make_control(tech, by=risk_manager)
        answer = ApiClient(head_cleaning).post("risks/R001/controls/", {"control": "C-101"})
        assert refusal(answer)[2] == {"control": ["“C-101” does not exist."]}

    def test_who_may_not(self, risk, link, auditor, staff_cleaning, head_repair):
        url = f"risk-controls/{link.pk}/"
        for user, status in ((auditor, 403), (staff_cleaning, 404), (head_repair, 404)):
            api = ApiClient(user)
            assert api.post("risks/R001/controls/", {"control": "C-101"}).status_code == status
            assert api.patch(url, {"strength": 2}, if_match='"1"').status_code == status
            assert api.ask("delete", url).status_code == status
