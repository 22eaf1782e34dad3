"""Closed when nothing is left there; what is left stands on the page with the way to it."""

from riskhub.accounts.models import Department
from riskhub.accounts.services import close_department
from tests.builders import make_risk
from tests.registers.audit import Trail

URL = "/settings/departments/CLEAN/close/"


def test_nothing_is_left(as_admin, clean):
    trail = Trail()
    assert as_admin.get(URL).context["blockers"] == []
    assert as_admin.post(URL)["Location"] == "/settings/departments/"
    assert not Department.objects.get(pk=clean.pk).is_active
    event = trail.only("accounts_department")
    assert (event.action, event.after) == (
        "department.closed", {"is_active": False, "row_version": 2},
    )  # fmt: skip


def test_what_is_left_is_listed_and_nothing_happens(
    as_admin, clean, staff_cleaning, register, risk_manager, part
):
    make_risk(register, by=risk_manager, department=clean)
    assert len(as_admin.get(URL).context["blockers"]) == 2
    response = part(as_admin, URL, "department-form", {"sent": "1"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="/risks/?department=CLEAN"' in page
    assert 'href="/settings/people/?department=CLEAN"' in page
    assert Department.objects.get(pk=clean.pk).is_active


def test_twice(as_admin, clean, admin):
    close_department(clean, by=admin)
    assert as_admin.get(URL).status_code == 302
    assert as_admin.post(URL).status_code == 409
