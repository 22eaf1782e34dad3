from collections import Counter

import pytest
from django.utils.translation import override

from registers.models import LibraryRisk, Risk, RiskOrigin
from registers.services import adopt_risks, create_register
from registers.services.library import adopted_codes
from riskhub.accounts.models import Department
from tests.registers.audit import Trail


@pytest.fixture
def fall(db):
    return LibraryRisk.objects.get(code="LIB-001")


def test_the_library_has_48_risks(db):
    assert LibraryRisk.objects.count() == 48


def test_an_adopted_risk_is_an_ordinary_one(fall, register, risk_manager):
    trail = Trail()
    (made,) = adopt_risks([fall], by=risk_manager, register=register)
    risk = Risk.objects.get(pk=made.pk)
    assert (risk.code, risk.state, risk.residual_level) == ("R001", "identified", None)
    assert (risk.title, risk.title_alt, risk.lang) == (
        "高处作业坠落",
        "Fall from height",
        "zh-hans",
    )
    assert (risk.category.code, risk.area.code, risk.velocity) == (
        "operational",
        "staff_safety",
        "instant",
    )
    assert (risk.primary_source.code, {s.code for s in risk.sources.all()}) == (
        "incident",
        {"incident", "checklist"},
    )
    assert (risk.owner_department.code, risk.business_importance) == ("OPS", 5)
    assert {line.code for line in risk.service_lines.all()} == {"cleaning", "install"}
    origin = risk.origins.get()
    assert (origin.kind, origin.ref_id, origin.label) == ("library", "LIB-001", "高处作业坠落")
    assert {action for action, _table, _operation in trail.events()} == {
        "sequence.taken",
        "risk.created",
        "node_risk.pinned",
    }


def test_what_one_cannot_control_is_adopted_as_such(register, risk_manager):
    adopted = adopt_risks(LibraryRisk.objects.all(), register=register, by=risk_manager)
    kinds = Counter(risk.controllability for risk in adopted)
    assert kinds == {"own": 37, "shared": 8, "outside": 3}
    assert "极端天气与自然灾害" in {r.title for r in adopted if r.controllability == "outside"}


def test_in_english_the_english_text_comes_first(fall, register, risk_manager):
    with override("en"):
        adopt_risks([fall], by=risk_manager, register=register)
    risk = Risk.objects.get()
    assert (risk.title, risk.title_alt, risk.lang) == ("Fall from height", "高处作业坠落", "en")
    assert risk.event == "A worker falls from height"


def test_all_of_them_at_once(register, risk_manager):
    made = adopt_risks(LibraryRisk.objects.all(), by=risk_manager, register=register)
    assert [risk.number for risk in made] == list(range(1, 49))


def test_what_the_register_has_is_passed_over(register, risk_manager, ops):
    ten = list(LibraryRisk.objects.all()[:10])
    adopt_risks(ten[:6], by=risk_manager, register=register)
    made = adopt_risks(ten, by=risk_manager, register=register)
    assert [risk.number for risk in made] == [7, 8, 9, 10]
    assert adopted_codes(register, ["LIB-001", "LIB-048"]) == ["LIB-001"]
    other = create_register(by=risk_manager, code="B", name_zh="另一份", department=ops)
    assert len(adopt_risks(ten, by=risk_manager, register=other)) == 10
    assert RiskOrigin.objects.from_library().filter(ref_id="LIB-001").count() == 2


def test_a_department_that_one_does_not_keep_gives_way_to_the_registers(register, ops_manager):
    electric = LibraryRisk.objects.get(code="LIB-002")
    assert electric.body["department"] == "TECH"
    adopt_risks([electric], by=ops_manager, register=register)
    assert Risk.objects.get().owner_department.code == "OPS"


def test_a_company_without_that_department(register, risk_manager, fall):
    Department.objects.filter(code="OPS").update(code="NEW")
    adopt_risks([fall], by=None, register=register)
    assert Risk.objects.get().owner_department == register.department
