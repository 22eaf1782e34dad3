"""The ten plans of the library become drafts of the company's own."""

import pytest

from assessments.models import ContingencyPlan, LibraryContingencyPlan
from assessments.services import adopt_contingency_plans, retire_contingency_plan
from assessments.services.contingency_library import load_library_contingency_plans
from registers.models import LibraryRisk
from registers.services import adopt_risks
from tests.contingency import make_contingency, stored
from tests.registers.pages import messages_of

URL = "/contingency/library/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in, risk_manager):
    return sign_in(risk_manager)


def test_the_ten_are_there_and_loading_again_adds_none():
    assert LibraryContingencyPlan.objects.count() == 10
    assert load_library_contingency_plans(by=None) == 0


def test_adopted_with_number_steps_drill_and_risks(client, register, risk_manager):
    (risk,) = adopt_risks(
        LibraryRisk.objects.filter(code="LIB-001"), by=risk_manager, register=register
    )
    response = client.post(URL, {"entries": ["CP-01", "CP-10"], "department": "RISK"})
    assert (response.status_code, response["Location"]) == (302, "/contingency/")
    plan = stored(ContingencyPlan.objects.get(library_code="CP-01"))
    draft = plan.draft
    assert (plan.code, plan.owner_department.code, plan.drill_months) == ("CP-01", "OPS", 6)
    assert (draft.in_charge, draft.drill_kind, draft.target_minutes) == (
        "Service operations", "field", 5,
    )  # fmt: skip
    assert draft.steps.count() == 6
    assert draft.triggers.count() == 2
    assert draft.steps.first().actor == "Staff on the spot"
    assert [link.risk for link in plan.contingency_risks.all()] == [risk]


def test_what_is_there_is_passed_over(client, risk_manager, ops):
    client.post(URL, {"entries": ["CP-01"], "department": "OPS"})
    response = client.post(URL, {"entries": ["CP-01", "CP-02"], "department": "OPS"})
    assert ContingencyPlan.objects.count() == 2
    assert "1 was there already" in messages_of(response)[-1]
    first = ContingencyPlan.objects.get(library_code="CP-01")
    retire_contingency_plan(first, by=risk_manager, reason="停")
    client.post(URL, {"entries": ["CP-01"], "department": "OPS"})
    assert ContingencyPlan.objects.latest("pk").code == "CP-101"


def test_a_head_adopts_for_their_own(sign_in, head_cleaning):
    sign_in(head_cleaning).post(URL, {"entries": ["CP-01", "CP-03"], "department": "OPS"})
    owners = ContingencyPlan.objects.values_list("owner_department__code", flat=True)
    assert list(owners) == ["OPS", "OPS"]


def test_none_ticked(client):
    response = client.post(URL, {"department": "OPS"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["entries"])


def test_others_read(sign_in, auditor, staff_cleaning, risk_manager, tech):
    entries = LibraryContingencyPlan.objects.filter(code="CP-03")
    adopt_contingency_plans(entries, by=risk_manager, department=tech)
    for user, sees in ((auditor, True), (staff_cleaning, False)):
        client = sign_in(user)
        page = client.get(URL)
        assert page.status_code == 200
        assert ("/contingency/CP-03/" in page.content.decode()) == sees
        assert client.post(URL, {"entries": ["CP-01"]}).status_code == 403


def test_wrong_method(client):
    assert client.delete(URL).status_code == 405


def test_a_number_that_is_taken(risk_manager, ops):
    make_contingency(ops, by=risk_manager, number=1)
    (made,) = adopt_contingency_plans(
        LibraryContingencyPlan.objects.filter(code="CP-01"), by=None, department=ops
    )
    assert made.number == 101
