"""Gone is only what nothing names and what the next upgrade would not bring back."""

import pytest

from registers.models import ServiceLine
from registers.services import create_term
from tests.builders import make_risk
from tests.registers.audit import Trail

URL = "/settings/taxonomy/line:windows/delete/"


@pytest.fixture
def line(risk_manager):
    return create_term(ServiceLine, by=risk_manager, code="windows", name_zh="擦窗")


def test_nothing_names_it(manager, line):
    assert "/delete/" in manager.get("/settings/taxonomy/line:windows/edit/").content.decode()
    trail = Trail()
    assert manager.post(URL)["Location"] == "/settings/taxonomy/"
    assert trail.events() == [("term.deleted", "registers_serviceline", "delete")]
    assert not ServiceLine.objects.filter(code="windows").exists()


def test_a_risk_names_it(manager, line, register, risk_manager):
    make_risk(register, by=risk_manager, service_lines=[line])
    assert "/delete/" not in manager.get("/settings/taxonomy/line:windows/edit/").content.decode()
    answer = manager.post(URL)
    assert answer.status_code == 409
    assert "擦窗" in answer.content.decode()


@pytest.mark.parametrize("key", ["line:repair", "category:technical", "area:property"])
def test_what_ships_with_the_product_stays(manager, key):
    assert manager.post(f"/settings/taxonomy/{key}/delete/").status_code == 409
