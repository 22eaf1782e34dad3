"""Who may do what to risks and filings, person by person."""

import pytest

from registers.models import Risk
from registers.permissions import (
    ALL_FIELDS,
    OWN_FIELDS,
    TEXT_FIELDS,
    can_close_risk,
    can_create_register,
    can_create_risk,
    can_decide_proposal,
    can_edit_risk,
    can_file_proposal,
    can_manage_department,
    can_read_proposal,
    can_read_triage,
    can_reopen_risk,
    can_triage,
    editable_fields,
    sees_risks,
)
from registers.services import file_proposal

EVERYBODY = [
    "risk_manager", "ops_manager", "head_cleaning", "staff_cleaning", "head_repair",
    "staff_repair", "approver", "auditor", "admin", "outsider",
]  # fmt: skip
MANAGERS = {"risk_manager", "ops_manager"}
FILERS = set(EVERYBODY) - {"auditor", "admin", "outsider"}


@pytest.fixture(params=EVERYBODY)
def person(request):
    return request.param, request.getfixturevalue(request.param)


def test_roles_alone(person):
    name, user = person
    assert sees_risks(user) is (name != "outsider")
    assert can_create_risk(user) is (name in MANAGERS)
    assert can_create_register(user) is (name in MANAGERS)
    assert can_triage(user) is (name in MANAGERS)
    assert can_read_triage(user) is (name in MANAGERS | {"auditor"})
    assert can_file_proposal(user) is (name in FILERS)


def test_the_fields_of_a_risk_of_ops(person, risk):
    name, user = person
    expected = {
        "risk_manager": ALL_FIELDS,
        "ops_manager": ALL_FIELDS,
        "head_cleaning": OWN_FIELDS,
    }.get(name, frozenset())
    assert editable_fields(user, risk) == expected
    assert can_edit_risk(user, risk) is bool(expected)
    assert can_close_risk(user, risk) is (name in MANAGERS)
    assert can_reopen_risk(user, risk) is False


def test_a_risk_of_their_own_team(staff_cleaning, head_cleaning, risk, clean):
    Risk.objects.update(owner_department=clean)
    risk.refresh_from_db()
    assert editable_fields(staff_cleaning, risk) == TEXT_FIELDS
    assert editable_fields(head_cleaning, risk) == OWN_FIELDS


def test_a_closed_risk(person, risk):
    name, user = person
    risk.state = "closed"
    assert editable_fields(user, risk) == frozenset()
    assert can_close_risk(user, risk) is False
    assert can_reopen_risk(user, risk) is (name in MANAGERS)


def test_a_department_manager_keeps_its_own_departments(ops_manager, clean, tech):
    assert can_manage_department(ops_manager, clean.pk) is True
    assert can_manage_department(ops_manager, tech.pk) is False
    assert can_manage_department(ops_manager, None) is False


def test_a_filing_of_ops(person, ops, staff_cleaning):
    name, user = person
    proposal, _new = file_proposal(
        by=staff_cleaning, client_uuid="7d5d3c1e-0000-4000-8000-000000000001", text="漏",
        department=ops,
    )  # fmt: skip
    assert can_decide_proposal(user, proposal) is (name in MANAGERS)
    assert can_read_proposal(user, proposal) is (name in MANAGERS | {"auditor"})
    proposal.state = "declined"
    assert can_decide_proposal(user, proposal) is False
