import pytest

from tests.builders import make_risk
from tests.photos import made_attachment


@pytest.fixture
def risk(register, risk_manager, clean):
    return make_risk(register, by=risk_manager, department=clean)


@pytest.fixture
def attachment(risk, risk_manager):
    return made_attachment(risk, by=risk_manager)


@pytest.fixture
def part():
    """`part(client, url, "removal-form", data)` is what htmx gets for that element."""

    def post(client, url, target, data):
        return client.post(url, data, headers={"HX-Request": "true", "HX-Target": target})

    return post
