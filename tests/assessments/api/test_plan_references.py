import pytest

from tests.api_client import ApiClient, refusal
from tests.assessments.changing import make_change

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
