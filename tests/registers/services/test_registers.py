import pytest
from django.core.exceptions import ValidationError

from registers.choices import REGISTER_NEXT_STATES
from registers.models import LibraryRisk, Register, Risk, ServiceLine
from registers.services import (
    RegisterInUse,
    adopt_risks,
    archive_register,
    close_risk,
    create_register,
    edit_register,
    redo_risks,
    reopen_register,
    reopen_risk,
    undo_risks,
)
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from tests.builders import make_risk
from tests.registers.audit import Trail
from tests.registers.services.test_risks import draft


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


def test_every_pair_of_states(register):
    for before, allowed in REGISTER_NEXT_STATES.items():
        for after in REGISTER_NEXT_STATES:
            Register.objects.update(state=before)
            with acting(None, "test"):
                try:
                    moved = move(register, after).state == after
                except WrongState:
                    moved = False
            assert moved == (after in allowed), (before, after)


def test_not_given_to_a_department_that_was_closed_meanwhile(register, risk_manager, tech):
    type(tech).objects.filter(pk=tech.pk).update(is_active=False)
    with pytest.raises(ValidationError) as refusal:
        edit_register(register, by=risk_manager, version=1, department=tech)
    assert list(refusal.value.message_dict) == ["department"]
    assert Register.objects.get().department == register.department


def test_archived_with_nothing_open_and_opened_again(register, risk, risk_manager):
    with pytest.raises(RegisterInUse) as refusal:
        archive_register(register, by=risk_manager)
    assert [blocker.url for blocker in refusal.value.blockers] == ["/risks/?register=SVC"]
    assert str(refusal.value) == refusal.value.blockers[0].text
    close_risk(risk, by=risk_manager, reason="停办")
    assert archive_register(register, by=risk_manager).state == "archived"
    assert reopen_register(register, by=risk_manager).state == "active"


@pytest.fixture
def archived(register, risk_manager):
    return archive_register(register, by=risk_manager)


def test_an_archived_one_takes_no_risk(archived, risk_manager):
    with pytest.raises(ValidationError) as refusal:
        make_risk(archived, by=risk_manager)
    assert list(refusal.value.message_dict) == ["register"]
    assert "SVC" in refusal.value.messages[0]
    with pytest.raises(ValidationError):
        adopt_risks(LibraryRisk.objects.all()[:1], by=risk_manager, register=archived)
    assert not Risk.objects.exists()


def test_in_an_archived_one_no_risk_opens_again(register, risk, other_risk, risk_manager):
    close_risk(risk, by=risk_manager, reason="停办")
    undo_risks([other_risk], by=risk_manager, acts=[], reason="误录")
    archive_register(register, by=risk_manager)
    with pytest.raises(ValidationError):
        reopen_risk(risk, by=risk_manager, reason="又开始了")
    with pytest.raises(ValidationError):
        redo_risks([(other_risk, draft(register))], by=risk_manager)
    assert not Risk.objects.open().exists()
