"""Who may do what to controls, person by person."""

import pytest

from registers.models import Risk
from registers.permissions import (
    can_attach_to_risk,
    can_check_control,
    can_create_control,
    can_edit_control,
    can_link_controls,
    may_link_controls,
)
from registers.services import edit_control, link_control
from riskhub.accounts.models import User

EVERYBODY = [
    "risk_manager", "ops_manager", "head_cleaning", "staff_cleaning", "head_repair",
    "staff_repair", "approver", "auditor", "admin", "outsider",
]  # fmt: skip
KEEPERS = {"risk_manager", "ops_manager", "head_cleaning"}


@pytest.fixture(params=EVERYBODY)
def person(request):
    return request.param, request.getfixturevalue(request.param)


def test_controls_of_ops(person, control, risk):
    name, user = person
    assert can_create_control(user) is (name in KEEPERS | {"head_repair"})
    assert can_edit_control(user, control) is (name in KEEPERS)
    assert can_check_control(user, control) is (name in KEEPERS)
    assert can_link_controls(user, risk) is (name in KEEPERS)


def test_the_owner_checks_and_changes_nothing(control, clean, staff_cleaning, risk_manager):
    edit_control(
        control, by=risk_manager, version=None, owner=staff_cleaning, owner_department=clean
    )
    control.refresh_from_db()
    assert can_check_control(staff_cleaning, control) is True
    assert can_edit_control(staff_cleaning, control) is False


def test_an_owner_who_became_an_auditor_only_reads(control, auditor):
    control.owner = auditor
    assert can_check_control(auditor, control) is False


def test_a_closed_risk(risk, risk_manager):
    Risk.objects.update(state="closed", closed_reason="停办")
    closed, user = Risk.objects.get(), User.objects.get(pk=risk_manager.pk)
    assert can_link_controls(user, closed) is False
    assert may_link_controls(user, closed) is True


def test_files_of_a_risk_of_ops(person, risk):
    name, user = person
    assert can_attach_to_risk(user, risk) is (name in KEEPERS)


def test_the_owner_of_a_control_brings_files_to_its_open_risks(
    control, risk, clean, staff_cleaning, risk_manager
):
    edit_control(
        control, by=risk_manager, version=None, owner=staff_cleaning, owner_department=clean
    )
    assert can_attach_to_risk(staff_cleaning, risk) is False
    link_control(risk, control, by=risk_manager)
    assert can_attach_to_risk(staff_cleaning, risk) is True
    Risk.objects.update(state="closed", closed_reason="停办")
    assert can_attach_to_risk(staff_cleaning, Risk.objects.get()) is False


def test_an_auditor_brings_no_files_whatever_they_own(control, risk, auditor, risk_manager):
    link_control(risk, control, by=risk_manager)
    type(control).objects.update(owner=auditor)
    assert can_attach_to_risk(auditor, risk) is False
