import pytest

from tests.builders import assess, make_risk


@pytest.fixture
def risk(register, risk_manager, clean):
    """R001 of the cleaning team, identified and not assessed."""
    return make_risk(register, by=risk_manager, department=clean)


@pytest.fixture
def high_risk(risk, risk_manager, second_manager):
    """(4,3): High, confirmed by a second person."""
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    return risk


@pytest.fixture
def low_risk(risk, risk_manager):
    """(2,2): Low, and so small that accepting it needs nobody."""
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    return risk
