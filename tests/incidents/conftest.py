import pytest

from riskhub.accounts.choices import Role
from tests.builders import make_risk
from tests.cast import make_user


@pytest.fixture
def service(db):
    """Customer service for the whole company."""
    return make_user("service", "吴敏", Role.CUSTOMER_SERVICE)


@pytest.fixture
def second_service(db):
    return make_user("second.service", "李娜", Role.CUSTOMER_SERVICE)


@pytest.fixture
def risk(register, risk_manager, clean):
    return make_risk(register, by=risk_manager, department=clean)
