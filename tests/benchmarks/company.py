from types import SimpleNamespace

from registers.services import create_register
from riskhub.accounts.models import Department
from riskhub.accounts.services import assign_role, create_user


def found():
    """A risk manager who sees everything, and a head who sees one department of twelve."""
    department = Department.objects.get(code="OPS")
    manager = create_user(by=None, username="manager", display_name="陈静")
    head = create_user(by=None, username="head", display_name="周立", department=department)
    assign_role(manager, by=None, role="risk_manager")
    assign_role(head, by=None, role="department_head", department=department)
    register = create_register(by=manager, code="BENCH", name_zh="测试", department=department)
    return SimpleNamespace(manager=manager, head=head, register=register)
