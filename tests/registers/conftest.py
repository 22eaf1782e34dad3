import pytest

from riskhub.accounts.services import assign_role, create_user
from tests.builders import make_risk


@pytest.fixture
def risk(register, risk_manager):
    """R001 of OPS, identified."""
    return make_risk(register, by=risk_manager)


@pytest.fixture
def other_risk(risk, register, risk_manager, tech):
    """R002, of the other department."""
    return make_risk(register, by=risk_manager, department=tech, title="外包师傅违规")


@pytest.fixture
def ops_manager(ops):
    """Keeps the register of OPS and its children only."""
    user = create_user(by=None, username="ops.manager", display_name="郑敏", department=ops)
    assign_role(user, by=None, role="risk_manager", department=ops)
    return user
