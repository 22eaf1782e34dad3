"""A role ends at once or after a day; the last administrator stays, and nobody ends their own."""

from datetime import timedelta

import pytest

from riskhub.accounts.models import RoleAssignment
from riskhub.accounts.services import assign_role
from tests.builders import make_control, make_risk
from tests.cast import make_user
from tests.registers.audit import Trail
from tests.registers.pages import main_of


def url_of(assignment):
    return f"/settings/roles/{assignment.pk}/end/"


@pytest.fixture
def held(staff_cleaning, today):
    """Since a week."""
    assignment = staff_cleaning.role_assignments.get()
    assignment.valid = (today - timedelta(days=7), None)
    assignment.save()
    return assignment


def stored(assignment):
    row = RoleAssignment.objects.get(pk=assignment.pk)
    return row.valid.lower, row.valid.upper


def test_at_once(as_admin, held, sign_in, staff_cleaning, today):
    theirs = sign_in(staff_cleaning)
    assert theirs.get("/m/new").status_code == 200
    trail = Trail()
    response = as_admin.post(url_of(held), {"last_on": ""})
    assert response["Location"] == f"/settings/people/{staff_cleaning.pk}/"
    assert theirs.get("/m/new").status_code == 403
    assert stored(held) == (today - timedelta(days=7), today)
    event = trail.only("accounts_roleassignment")
    assert (event.action, event.operation) == ("role.ended", "update")


def test_what_is_open_in_their_name_is_said_before(
    as_admin, held, register, risk_manager, clean, staff_cleaning
):
    assert "负责" not in main_of(as_admin.get(url_of(held)))
    risk = make_risk(register, by=risk_manager, department=clean, owner=staff_cleaning)
    control = make_control(clean, by=risk_manager, owner=staff_cleaning)
    words = as_admin.get(url_of(held)).content.decode()
    for link in (risk.get_absolute_url(), control.get_absolute_url()):
        assert f'href="{link}"' in words
    assert f'href="/settings/people/{staff_cleaning.pk}/deactivate/"' in words


def test_after_a_day(as_admin, held, today, tomorrow):
    as_admin.post(url_of(held), {"last_on": tomorrow.isoformat()})
    assert stored(held)[1] == today + timedelta(days=2)
    held.refresh_from_db()
    assert (held.standing, held.last_on) == ("current", tomorrow)


def test_sooner_than_planned_and_never_later(as_admin, held, today, tomorrow):
    as_admin.post(url_of(held), {"last_on": (tomorrow + timedelta(days=5)).isoformat()})
    assert as_admin.post(url_of(held), {"last_on": tomorrow.isoformat()}).status_code == 302
    later = as_admin.post(url_of(held), {"last_on": (tomorrow + timedelta(days=9)).isoformat()})
    assert (later.status_code, list(later.context["form"].errors)) == (422, ["last_on"])
    assert stored(held)[1] == tomorrow + timedelta(days=1)


def test_not_in_the_past(as_admin, held, today):
    answer = as_admin.post(url_of(held), {"last_on": (today - timedelta(days=1)).isoformat()})
    assert answer.status_code == 422


def test_what_never_began_is_gone(as_admin, outsider, tomorrow):
    coming = assign_role(outsider, by=None, role="auditor", valid_from=tomorrow)
    assert as_admin.post(url_of(coming), {"last_on": ""}).status_code == 302
    assert outsider.role_assignments.count() == 0


def test_what_is_over_ends_no_more(as_admin, held):
    as_admin.post(url_of(held), {"last_on": ""})
    assert as_admin.get(url_of(held)).status_code == 302
    assert as_admin.post(url_of(held), {"last_on": ""}).status_code == 409


def test_nobody_ends_their_own_administration(as_admin, admin):
    make_user("second.admin", "孙二", "admin")
    own = admin.role_assignments.get()
    for last_on in ("", "2027-01-01"):
        answer = as_admin.post(url_of(own), {"last_on": last_on})
        assert answer.status_code == 422
        assert "另一位管理员" in answer.content.decode()
    assert stored(own)[1] is None


def test_the_last_administrator_stays(sign_in, admin, tomorrow):
    """Whose own role ends tomorrow leaves nobody behind for the day after."""
    passing = make_user("passing", "代管")
    assign_role(passing, by=None, role="admin", valid_until=tomorrow)
    only = admin.role_assignments.get()
    answer = sign_in(passing).post(url_of(only), {"last_on": ""})
    assert answer.status_code == 422
    make_user("second.admin", "孙二", "admin")
    assert sign_in(passing).post(url_of(only), {"last_on": ""}).status_code == 302


def test_a_closed_account_administers_nothing(sign_in, admin, tomorrow):
    closed = make_user("second.admin", "孙二", "admin")
    closed.is_active = False
    closed.save()
    passing = make_user("passing", "代管")
    assign_role(passing, by=None, role="admin", valid_until=tomorrow)
    assert sign_in(passing).post(url_of(admin.role_assignments.get()), {}).status_code == 422


def test_nobody_else_may(sign_in, risk_manager, auditor, held):
    for person in (risk_manager, auditor):
        assert sign_in(person).post(url_of(held), {}).status_code == 403
