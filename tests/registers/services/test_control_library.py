import pytest
from django.utils.translation import override

from registers.models import Control, LibraryControl, LibraryRisk, RiskControl
from registers.services import adopt_controls, adopt_risks, retire_control
from registers.services.control_library import adopt_controls_of, adopted_controls
from registers.services.starter import load_library_controls
from riskhub.accounts.models import Department
from tests.builders import make_control
from tests.registers.audit import Trail


@pytest.fixture
def entries(db):
    return LibraryControl.objects.filter(code__in=["C-03", "C-04"])


def adopted(entries, user, department, **fields):
    return adopt_controls(entries, by=user, department=department, **fields)


def test_the_library_has_55_controls(db):
    assert LibraryControl.objects.count() == 55
    assert load_library_controls(by=None) == 0


def test_every_control_that_the_risks_name_is_there(db):
    named = {code for risk in LibraryRisk.objects.all() for code in risk.controls}
    assert named <= set(LibraryControl.objects.values_list("code", flat=True))


def test_an_adopted_control_keeps_its_code(entries, risk_manager, ops):
    trail = Trail()
    made = adopted(entries, risk_manager, ops)
    assert [(one.code, one.library_code, one.state, one.type) for one in made] == [
        ("C-03", "C-03", "draft", "preventive"),
        ("C-04", "C-04", "draft", "preventive"),
    ]
    assert [one.owner_department.code for one in made] == ["OPS", "TECH"]
    first = made[0]
    assert first.title.startswith("高处作业许可")
    assert first.title_alt.startswith("Work-at-height permit")
    assert (first.evidence, first.check_every_days, first.lang) == (
        "许可单与现场照片", 30, "zh-hans",
    )  # fmt: skip
    assert (first.next_check_on, first.created_by) == (None, risk_manager)
    assert {event.action for event in trail.rows() if event.object_type == "registers_control"} == {
        "library_control.adopted"
    }


def test_in_use_at_once_it_has_a_day_of_its_first_check(entries, risk_manager, ops):
    assert all(one.next_check_on for one in adopted(entries, risk_manager, ops, state="active"))


def test_in_english_the_english_text_comes_first(entries, risk_manager, ops):
    with override("en"):
        first = adopted(entries, risk_manager, ops)[0]
    assert (first.lang, first.evidence) == ("en", "Permit and site photo")


def test_what_is_there_is_passed_over(entries, risk_manager, ops):
    adopted(entries[:1], risk_manager, ops)
    assert [one.code for one in adopted(entries, risk_manager, ops)] == ["C-04"]
    assert adopted(entries, risk_manager, ops) == []


def test_a_retired_one_is_adopted_anew_under_another_number(entries, risk_manager, ops):
    (first,) = adopted(entries[:1], risk_manager, ops)
    retire_control(first, by=risk_manager, reason="停用")
    (anew,) = adopted(entries[:1], risk_manager, ops)
    assert (anew.code, anew.library_code) == ("C-101", "C-03")
    assert adopted_controls(risk_manager, ["C-03"])["C-03"] == anew


def test_a_number_that_the_company_gave_meanwhile(risk_manager, ops):
    make_control(ops, by=risk_manager)
    newer = LibraryControl(code="C-101", order=99, body=LibraryControl.objects.first().body)
    newer.save()
    (made,) = adopted([newer], risk_manager, ops)
    assert (made.code, made.library_code) == ("C-102", "C-101")


def test_a_department_that_one_does_not_keep_gives_way(entries, ops_manager, ops):
    made = adopted(entries, ops_manager, ops)
    assert [one.owner_department for one in made] == [ops, ops]


def test_nobody_learns_what_another_department_adopted(entries, risk_manager, ops_manager, ops):
    adopted(entries[1:], risk_manager, ops)  # of TECH
    (_first, second) = adopted(entries, ops_manager, ops)
    assert (second.code, second.owner_department) == ("C-101", ops)


def test_a_company_without_that_department(entries, ops):
    Department.objects.filter(code="TECH").update(code="NEW")
    made = adopted(entries, None, ops)
    assert [one.owner_department.code for one in made] == ["OPS", "OPS"]


class TestWithTheRisks:
    def test_adopted_risks_bring_their_controls(self, register, risk_manager):
        fall = LibraryRisk.objects.get(code="LIB-001")
        (risk,) = adopt_risks([fall], by=risk_manager, register=register, with_controls=True)
        links = RiskControl.objects.filter(risk=risk).select_related("control")
        assert {(one.control.code, one.acts_on, one.strength) for one in links} == {
            ("C-03", "probability", 1), ("C-01", "probability", 1), ("C-07", "probability", 1),
            ("C-20", "probability", 1), ("C-50", "impact", 1),
        }  # fmt: skip
        assert {one.control.state for one in links} == {"draft"}

    def test_only_where_it_is_asked_for(self, register, risk_manager):
        fall = LibraryRisk.objects.get(code="LIB-001")
        adopt_risks([fall], by=risk_manager, register=register)
        assert Control.objects.count() == 0

    def test_two_risks_share_a_control(self, register, risk_manager):
        two = LibraryRisk.objects.filter(code__in=["LIB-001", "LIB-002"])
        adopt_risks(two, by=risk_manager, register=register, with_controls=True)
        shared = Control.objects.get(code="C-50")
        assert RiskControl.objects.filter(control=shared).count() == 2
        adopt_risks(two, by=risk_manager, register=register, with_controls=True)
        assert RiskControl.objects.filter(control=shared).count() == 2

    def test_all_of_them_in_a_handful_of_queries(
        self, register, risk_manager, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(90):
            adopt_risks(
                LibraryRisk.objects.all(), by=risk_manager, register=register, with_controls=True
            )
        assert Control.objects.count() == 55

    def test_nothing_adopted_is_nothing_linked(self, db, risk_manager):
        assert adopt_controls_of({}, by=risk_manager) == []
