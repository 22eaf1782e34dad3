import pytest

from registers.models import NodeRisk, ProcessNode
from registers.services import close_risk, link_control
from tests.assessments.changing import make_change
from tests.builders import make_control, make_risk


@pytest.fixture
def node(db):
    return ProcessNode.objects.get(map__code="PM-01", key="intake")


@pytest.fixture
def risks(register, risk_manager, clean, tech, node):
    """R001 of CLEAN and R002 of TECH at the step, R003 under a control, R004 apart, R005 closed."""
    made = [
        make_risk(register, by=risk_manager, department=where, title=f"风险{n}")
        for n, where in enumerate((clean, tech, clean, clean, clean), start=1)
    ]
    for risk in (made[0], made[1], made[4]):
        NodeRisk.objects.create(map=node.map, node_key=node.key, risk=risk)
    close_risk(made[4], by=risk_manager, reason="停止")
    return made


@pytest.fixture
def control(risks, risk_manager, clean):
    control = make_control(clean, by=risk_manager)
    for risk in (risks[0], risks[2]):
        link_control(risk, control, by=risk_manager)
    return control


@pytest.fixture
def change(clean, staff_cleaning, node, control):
    return make_change(clean, by=staff_cleaning, nodes=[node], controls=[control])
