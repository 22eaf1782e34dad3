import pytest

from tests.api_client import ApiClient
from tests.builders import make_risk


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


@pytest.fixture
def other_risk(risk, register, risk_manager, tech):
    """R002, of the other department."""
    return make_risk(register, by=risk_manager, department=tech, title="外包师傅违规")


@pytest.fixture
def manager_api(risk_manager):
    return ApiClient(risk_manager)
