from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import Q
from django.utils import timezone

from registers.choices import RiskState
from registers.models import LibraryRisk, Register, Risk, RiskOrigin, RiskProposal
from registers.querysets import (
    ABOVE,
    WITHOUT_PLAN,
    departments_of,
    late_on,
    number_of,
    people_of,
)
from registers.services import adopt_risks, create_register, file_proposal
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department
from tests.builders import assess, make_plan, make_risk


@pytest.fixture
def company(risk, other_risk, register, risk_manager, clean, repair):
    """R001 OPS, R002 TECH, R003 CLEAN, R004 REPAIR."""
    make_risk(register, by=risk_manager, department=clean)
    make_risk(register, by=risk_manager, department=repair)


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("risk_manager", ["R001", "R002", "R003", "R004"]),
        ("approver", ["R001", "R002", "R003", "R004"]),
        ("auditor", ["R001", "R002", "R003", "R004"]),
        ("admin", ["R001", "R002", "R003", "R004"]),
        ("ops_manager", ["R001", "R003"]),
        ("head_cleaning", ["R001", "R003"]),
        ("staff_cleaning", ["R003"]),
        ("head_repair", ["R002", "R004"]),
        ("staff_repair", ["R004"]),
        ("outsider", []),
    ],
)
def test_who_sees_which_risks(who, codes, company, request):
    user = request.getfixturevalue(who)
    seen = Risk.objects.visible_to(user).order_by("number")
    assert [risk.code for risk in seen] == codes
    origins = RiskOrigin.objects.visible_to(user)
    assert origins.count() == 0
    for risk in seen:
        RiskOrigin.objects.create(risk=risk, kind="manual", ref_id=risk.code)
    assert origins.count() == len(codes)


def test_a_register_is_seen_by_its_department_and_by_whom_has_a_risk_in_it(
    register, risk_manager, ops, tech, staff_cleaning, head_repair, outsider, head_cleaning
):
    create_register(by=risk_manager, code="TECH", name_zh="技术", department=tech)

    def seen(user):
        return sorted(Register.objects.visible_to(user).values_list("code", flat=True))

    assert seen(risk_manager) == ["SVC", "TECH"]
    assert seen(head_repair) == ["TECH"]
    assert seen(head_cleaning) == ["SVC"]
    assert seen(staff_cleaning) == []
    assert seen(outsider) == []
    make_risk(register, by=risk_manager, department=tech)
    make_risk(register, by=risk_manager, department=tech)
    assert seen(head_repair) == ["SVC", "TECH"]


def test_a_register_is_kept_by_the_managers_of_its_department(
    register, risk_manager, ops_manager, head_cleaning, tech
):
    create_register(by=risk_manager, code="TECH", name_zh="技术", department=tech)
    old = create_register(by=risk_manager, code="OLD", name_zh="旧", department=tech)
    Register.objects.filter(pk=old.pk).update(state="archived")
    assert [r.code for r in Register.objects.kept_by(risk_manager).order_by("code")] == [
        "SVC",
        "TECH",
    ]
    assert [r.code for r in Register.objects.kept_by(ops_manager)] == ["SVC"]
    assert not Register.objects.kept_by(head_cleaning)


def test_filings_are_seen_by_their_filer_and_those_above(
    staff_cleaning, staff_repair, head_cleaning, risk_manager, auditor, clean, repair, outsider
):
    for who, where in ((staff_cleaning, clean), (staff_repair, repair)):
        file_proposal(by=who, client_uuid=uuid4(), text=who.username, department=where)

    def seen(user):
        return sorted(RiskProposal.objects.visible_to(user).values_list("text", flat=True))

    assert seen(staff_cleaning) == ["staff.cleaning"]
    assert seen(head_cleaning) == ["staff.cleaning"]
    assert seen(staff_repair) == ["staff.repair"]
    assert seen(risk_manager) == seen(auditor) == ["staff.cleaning", "staff.repair"]
    assert seen(outsider) == []
    RiskProposal.objects.filter(text="staff.repair").update(
        state="declined", decision_reason="重复"
    )
    assert RiskProposal.objects.waiting().count() == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("R012", 12), ("r12", 12), ("R0012", 12), ("R001\n", None), (" R1", None), ("R1000", 1000),
        ("R\u0661", None), ("R000", None), ("R", None),
        ("12", None), ("R12a", None), ("", None), ("R9999999999", None), ("R１２", None),
    ],
)  # fmt: skip
def test_a_code_in_whatever_writing(text, number):
    assert number_of(text) == number


def test_a_risk_by_its_code(company):
    assert Risk.objects.coded("r2").get().code == "R002"
    assert not Risk.objects.coded("R099")
    assert not Risk.objects.coded("new")


class TestSearch:
    @pytest.fixture(autouse=True)
    def _risks(self, register, risk_manager):
        make_risk(register, by=risk_manager, title="高处作业坠落", event="人员坠落")
        make_risk(register, by=risk_manager, title="Water leak", event="Pipe leaks", lang="en")
        for _n in range(18):
            make_risk(register, by=risk_manager, title="其他", event="其他")
        make_risk(register, by=risk_manager, title="数据泄露", title_alt="Data leak", event="泄露")

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ("坠落", ["R001"]),
            ("leak", ["R002", "R021"]),
            ("WATER leak", ["R002"]),
            ("R021", ["R021"]),
            ("r21", ["R021"]),
            ("R2", ["R002"]),
            ("r 021", ["R021"]),
            ("Ｒ０２１", ["R021"]),
            ("021", ["R021"]),
            ("没有", []),
            ("！？", []),
            ("'; DROP TABLE--", []),
        ],
    )
    def test_words_in_both_languages_and_numbers(self, text, codes):
        found = Risk.objects.matching(text).order_by("number")
        assert [risk.code for risk in found] == codes


class TestViews:
    TODAY = date(2026, 9, 1)

    @pytest.fixture(autouse=True)
    def _risks(self, company, risk, other_risk, risk_manager, second_manager):
        """R001 High without plan, R002 High with one and overdue, R003 Low, R004 not rated."""
        assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
        assess(other_risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
        assess(Risk.objects.get(number=3), (2, 2), (1, 1), by=risk_manager)
        make_plan(other_risk, by=risk_manager)
        Risk.objects.update(next_review_on=self.TODAY + timedelta(1))
        Risk.objects.filter(number=2).update(next_review_on=self.TODAY - timedelta(1))
        Risk.objects.filter(number=3).update(owner=risk_manager)

    def test_each_view(self, risk_manager):
        def codes(risks):
            return [risk.code for risk in risks.order_by("number")]

        assert codes(Risk.objects.above_appetite()) == ["R001", "R002"]
        assert codes(Risk.objects.without_plan()) == ["R001"]
        assert codes(Risk.objects.review_overdue(self.TODAY)) == ["R002"]
        assert codes(Risk.objects.owned_by(risk_manager)) == ["R003"]
        assert codes(Risk.objects.not_rated()) == ["R004"]

    def test_counted_in_one_query(self, risk_manager, head_repair, django_assert_num_queries):
        asked = {
            "above": ABOVE,
            "bare": WITHOUT_PLAN,
            "late": late_on(self.TODAY),
            "not_rated": Q(residual_level=None),
        }
        with django_assert_num_queries(1):
            tally = Risk.objects.in_ranking().tally(asked)
        assert tally == {"all": 4, "above": 2, "bare": 1, "late": 1, "not_rated": 1}
        own = Risk.objects.visible_to(head_repair).tally(asked)
        assert own == {"all": 2, "above": 1, "bare": 0, "late": 1, "not_rated": 1}
        assert Risk.objects.none().tally(asked) == dict.fromkeys(tally, 0)

    def test_closed_ones_are_in_no_view(self, risk_manager):
        Risk.objects.update(state=RiskState.CLOSED, closed_reason="停办")
        assert not Risk.objects.open()
        assert not Risk.objects.above_appetite()
        assert not Risk.objects.review_overdue(self.TODAY)

    def test_by_register(self, register, risk_manager, ops):
        create_register(by=risk_manager, code="B", name_zh="空", department=ops)
        assert Risk.objects.by_register() == {register.pk: {"all": 4, "above": 2, "not_rated": 1}}

    def test_the_order_is_level_then_unrated(self):
        assert [r.code for r in Risk.objects.in_ranking()] == ["R001", "R002", "R003", "R004"]


def test_choices_are_those_of_the_covered_departments(
    risk_manager, ops_manager, head_cleaning, staff_cleaning, staff_repair, outsider, clean, ops
):
    assert departments_of(risk_manager, Role.RISK_MANAGER).count() == Department.objects.count()
    assert list(departments_of(ops_manager, Role.RISK_MANAGER)) == [ops, clean]
    assert not departments_of(head_cleaning, Role.RISK_MANAGER)
    Department.objects.filter(pk=clean.pk).update(is_active=False)
    assert list(departments_of(ops_manager, Role.RISK_MANAGER)) == [ops]
    assert staff_repair in people_of(risk_manager)
    assert set(people_of(head_cleaning)) == {head_cleaning, staff_cleaning, ops_manager}
    assert set(people_of(outsider)) == {outsider}
    staff_repair.is_active = False
    staff_repair.save()
    assert staff_repair not in people_of(risk_manager)


def test_from_the_library(register, risk_manager, risk):
    adopt_risks(LibraryRisk.objects.all()[:2], by=risk_manager, register=register)
    RiskOrigin.objects.create(risk=risk, kind="manual", ref_id="x", at=timezone.now())
    assert RiskOrigin.objects.from_library().count() == 2
