"""The fixed cast of every test: two departments with their people, and those who see everything.

OPS has the child CLEAN, TECH the child REPAIR. The outsider can sign in and holds no role.
"""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from registers.models import Register
from registers.services import create_register
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import assign_role, create_department, create_user

PASSWORD = "correct horse battery"


def make_user(username, display_name, role=None, department=None, **fields):
    """A signed-in-able person with one role, in a department or (None) everywhere."""
    user = create_user(
        by=None, username=username, display_name=display_name, department=department, **fields
    )
    if role:
        assign_role(user, by=None, role=role, department=department)
    return user


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """The same algorithm with few rounds: a million of them take a third of a second each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
        yield


@pytest.fixture
def ops(db):
    return Department.objects.get(code="OPS")


@pytest.fixture
def tech(db):
    return Department.objects.get(code="TECH")


@pytest.fixture
def clean(ops):
    return create_department(
        by=None, code="CLEAN", name_zh="家庭保洁组", name_en="House cleaning", parent=ops
    )


@pytest.fixture
def repair(tech):
    return create_department(
        by=None, code="REPAIR", name_zh="维修组", name_en="Repair", parent=tech
    )


@pytest.fixture
def risk_manager(db):
    return make_user("risk.manager", "陈静", "risk_manager", email="chen@example.com")


@pytest.fixture
def second_manager(db):
    return make_user("second.manager", "李强", "risk_manager")


@pytest.fixture
def approver(db):
    return make_user("approver", "马文斌", "approver", email="ma@example.com")


@pytest.fixture
def auditor(db):
    return make_user("auditor", "孙悦", "auditor")


@pytest.fixture
def admin(db):
    return make_user("admin", "钱程", "admin")


@pytest.fixture
def head_cleaning(ops):
    return make_user("head.cleaning", "周立", "department_head", ops)


@pytest.fixture
def staff_cleaning(clean):
    return make_user("staff.cleaning", "王芳", "staff", clean)


@pytest.fixture
def head_repair(tech):
    return make_user("head.repair", "何志强", "department_head", tech)


@pytest.fixture
def staff_repair(repair):
    return make_user("staff.repair", "赵勇", "staff", repair)


@pytest.fixture
def outsider(db):
    return make_user("outsider", "路人")


@pytest.fixture
def register(risk_manager, ops) -> Register:
    return create_register(
        by=risk_manager,
        code="SVC",
        name_zh="服务风险登记表",
        name_en="Service risks",
        department=ops,
    )


@pytest.fixture
def sign_in():
    """`sign_in(user)` gives a client of that user; without a user an anonymous one."""

    def make(user: User | None = None) -> Client:
        client = Client()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
