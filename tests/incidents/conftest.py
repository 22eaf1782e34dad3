import pytest

from incidents.services.activations import start_activation
from riskhub.accounts.choices import Role
from tests.builders import make_risk
from tests.cast import make_user
from tests.contingency import make_contingency
from tests.incidents.reporting import make_incident


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


@pytest.fixture
def plan(clean, risk_manager):
    return make_contingency(clean, by=risk_manager)


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def run(incident, plan, staff_cleaning):
    return start_activation(incident, by=staff_cleaning, plan=plan)
