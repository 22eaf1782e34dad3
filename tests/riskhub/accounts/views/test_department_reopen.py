"""Open again, from the top down."""

from riskhub.accounts.models import Department
from riskhub.accounts.services import close_department
from tests.registers.audit import Trail

URL = "/settings/departments/CLEAN/reopen/"


def test_open_again(as_admin, clean, admin):
    close_department(clean, by=admin)
    trail = Trail()
    assert as_admin.post(URL)["Location"] == "/settings/departments/"
    assert Department.objects.get(pk=clean.pk).is_active
    assert trail.only("accounts_department").action == "department.reopened"


def test_not_below_a_closed_one(as_admin, clean, ops, admin):
    close_department(clean, by=admin)
    close_department(ops, by=admin)
    answer = as_admin.post(URL)
    assert answer.status_code == 409
    assert "服务运营部" in answer.content.decode()
    assert not Department.objects.get(pk=clean.pk).is_active
