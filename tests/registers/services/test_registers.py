import pytest
from django.core.exceptions import ValidationError

from registers.models import Register, ServiceLine
from registers.services import create_register
from tests.builders import make_risk
from tests.registers.audit import Trail


def test_made_with_everything(risk_manager, ops):
    trail = Trail()
    line = ServiceLine.objects.get(code="cleaning")
    create_register(
        by=risk_manager, code="CLEAN", name_zh="保洁风险", name_en="Cleaning risks",
        department=ops, service_line=line, description="家庭保洁",
    )  # fmt: skip
    stored = Register.objects.get()
    assert (stored.code, stored.name_zh, stored.name_en) == ("CLEAN", "保洁风险", "Cleaning risks")
    assert (stored.department, stored.service_line, stored.description, stored.state) == (
        ops,
        line,
        "家庭保洁",
        "active",
    )
    assert trail.events() == [("register.created", "registers_register", "insert")]


@pytest.mark.parametrize(("field", "value"), [("code", ""), ("name_zh", ""), ("code", "SVC")])
def test_refused(register, risk_manager, ops, field, value):
    fields = {"code": "X", "name_zh": "名"} | {field: value}
    with pytest.raises(ValidationError) as refusal:
        create_register(by=risk_manager, department=ops, **fields)
    assert list(refusal.value.message_dict) == [field]
    assert Register.objects.count() == 1


def test_a_code_is_kept_in_capitals(risk_manager, ops):
    made = create_register(by=risk_manager, code=" svc-2 ", name_zh="名", department=ops)
    assert Register.objects.get().code == made.code == "SVC-2"
    assert Register.objects.coded("Svc-2 ").get() == made


def test_the_same_code_in_other_letters_is_the_same(register, risk_manager, ops):
    with pytest.raises(ValidationError) as refusal:
        create_register(by=risk_manager, code="svc", name_zh="名", department=ops)
    assert list(refusal.value.message_dict) == ["code"]
    assert Register.objects.count() == 1


def test_risks_of_a_service_lines_register_belong_to_that_line(register, risk_manager):
    care, other = ServiceLine.objects.order_by("importance")[:2]
    register.service_line = care
    register.save()
    plain = make_risk(register, by=risk_manager)
    assert ([*plain.service_lines.all()], plain.business_importance) == ([care], care.importance)
    named = make_risk(register, by=risk_manager, service_lines=[other])
    assert [*named.service_lines.all()] == [other]
