import pytest

from riskhub.accounts.services import assign_role
from tests.cast import make_user


@pytest.fixture
def cast(
    risk_manager, second_manager, head_cleaning, staff_cleaning, approver, head_repair, auditor
):
    """The people of the models by their names there."""
    both = make_user("both", "郑兼", "risk_manager")
    assign_role(both, by=None, role="approver", department=None)
    return {
        "manager": risk_manager, "second": second_manager, "both": both, "head": head_cleaning,
        "staff": staff_cleaning, "approver": approver,
        "boss": make_user("boss", "总经理", "approver"), "neighbour": head_repair,
        "auditor": auditor,
    }  # fmt: skip
