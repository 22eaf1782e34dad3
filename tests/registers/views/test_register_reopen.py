import pytest

from registers.models import Register
from registers.services import archive_register
from riskhub.accounts.services import close_department
from tests.registers.audit import Trail

URL = "/registers/SVC/reopen/"


@pytest.fixture
def archived(register, risk_manager):
    return archive_register(register, by=risk_manager)


def test_in_use_again(archived, manager):
    trail = Trail()
    response = manager.post(URL)
    assert (response.status_code, response["Location"]) == (302, "/registers/")
    event = trail.only("registers_register")
    assert (event.action, event.after) == (
        "register.reopened", {"state": "active", "row_version": 3},
    )  # fmt: skip


def test_in_use_already(register, manager):
    assert manager.post(URL).status_code == 409
    assert Register.objects.get().row_version == 1


def test_not_in_a_closed_department(archived, manager, ops, admin):
    close_department(ops, by=admin)
    response = manager.post(URL)
    assert (response.status_code, ops.name in response.content.decode()) == (409, True)
    assert Register.objects.get().state == "archived"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ops_manager", 302), ("head_cleaning", 403), ("approver", 403), ("auditor", 403),
        ("admin", 403), ("staff_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(archived, sign_in, request, who, status):
    assert sign_in(request.getfixturevalue(who)).post(URL).status_code == status
    assert Register.objects.get().state == ("active" if status == 302 else "archived")


def test_never_by_looking(archived, manager):
    assert (manager.get(URL).status_code, manager.head(URL).status_code) == (405, 405)
    assert Register.objects.get().state == "archived"
