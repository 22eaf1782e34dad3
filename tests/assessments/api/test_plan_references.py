import pytest

from assessments.plans.content import PlannedAction
from tests.api_client import ApiClient, refusal
from tests.assessments.changing import make_change
from tests.builders import make_control, make_plan, make_risk
from tests.contingency import make_contingency

pytestmark = pytest.mark.django_db


def test_a_plan_names_a_change_by_its_code(high_risk, risk_manager, head_cleaning, clean, repair):
    manager_api = ApiClient(risk_manager)
    change = make_change(clean, by=risk_manager)
    other = make_change(repair, by=risk_manager)
    sent = {"strategy": "avoid", "avoid_what": "停做", "change": change.code}
    answer = manager_api.post("plans/", sent | {"risk": "R001"})
    assert answer.json()["head"]["content"]["change"] == change.code
    theirs = ApiClient(head_cleaning)
    for code in (other.code, "PC-999"):
        refused = theirs.put("plans/RP-001/", sent | {"change": code}, if_match=answer["ETag"])
        assert (refusal(refused)[0], list(refusal(refused)[2])) == (400, ["change"])


@pytest.mark.parametrize("letter", ["\x00", "\ud800"])
@pytest.mark.parametrize(
    ("field", "start"),
    [("change", "CH-"), ("avoid_node", "PM-01/"), ("contingency", "CP-"), ("transfers", "policy:")],
)
def test_no_reference_holds_what_the_database_cannot_be_asked_for(
    field, start, letter, high_risk, risk_manager
):
    code = f"{start}{letter}"
    sent = {"risk": "R001", "strategy": "avoid", field: [code] if field == "transfers" else code}
    refused = ApiClient(risk_manager).post("plans/", sent)
    status, _code, errors = refusal(refused)
    assert (status, [name.partition(".")[0] for name in errors]) == (400, [field])


def test_a_head_sends_back_what_the_plan_names(
    risk_manager, second_manager, approver, head_repair, register, tech, clean
):
    risk = make_risk(register, by=risk_manager, department=tech)
    change = make_change(clean, by=risk_manager)
    foreign = make_contingency(clean, by=risk_manager)
    control = make_control(clean, by=risk_manager)
    action = PlannedAction("a1", "Refit", second_manager.pk, "2030-05-01", control.pk, 30)
    make_plan(
        risk, by=risk_manager, sponsor=approver.pk, actions=(action,), change=change.pk,
        contingency=foreign.pk,
    )  # fmt: skip
    theirs = ApiClient(head_repair)
    read = theirs.get("plans/RP-001/")
    content = read.json()["head"]["content"]
    assert (content["sponsor"], content["actions"][0]["owner"]) == ("approver", "second.manager")
    answer = theirs.put("plans/RP-001/", content, if_match=read["ETag"])
    assert answer.status_code == 200, answer.json()
    assert answer.json()["head"]["content"] == content
    emptied = theirs.put("plans/RP-001/", {"strategy": "mitigate"}, if_match=answer["ETag"])
    refused = theirs.put("plans/RP-001/", content, if_match=emptied["ETag"])
    assert list(refusal(refused)[2]) == [
        "change", "contingency", "actions.0.owner", "actions.0.control",
    ]  # fmt: skip


def test_a_head_names_as_sponsor_whoever_approves_for_the_department(
    high_risk, risk_manager, head_cleaning, staff_cleaning, approver
):
    theirs = ApiClient(head_cleaning)
    sent = {"risk": high_risk.code, "strategy": "mitigate"}
    for other in (staff_cleaning, risk_manager):
        refused = theirs.post("plans/", sent | {"sponsor": other.username})
        said = f"“{other.username}” cannot stand for it: name somebody who approves for the department."
        assert (refusal(refused)[0], refusal(refused)[2]) == (400, {"sponsor": [said]})
    made = theirs.post("plans/", sent | {"sponsor": approver.username})
    assert made.status_code == 201, made.json()
    changed = theirs.put(
        "plans/RP-001/", {"strategy": "mitigate", "sponsor": approver.username},
        if_match=made["ETag"],
    )  # fmt: skip
    assert changed.json()["head"]["content"]["sponsor"] == approver.username
    refused = theirs.put(
        "plans/RP-001/", {"strategy": "mitigate", "sponsor": staff_cleaning.username},
        if_match=changed["ETag"],
    )  # fmt: skip
    assert list(refusal(refused)[2]) == ["sponsor"]


def test_a_plan_for_no_risk_is_refused_for_the_risk_alone(risk_manager, approver):
    refused = ApiClient(risk_manager).post(
        "plans/", {"risk": "R999", "strategy": "mitigate", "sponsor": approver.username}
    )
    assert list(refusal(refused)[2]) == ["risk"]
