"""A complaint is closed with its category, what was behind it, and the risk that it made real."""

import pytest

from incidents.models import ComplaintCategory
from registers.models import ContractClause, RiskOrigin
from riskhub.audit.context import acting
from tests.builders import make_risk
from tests.incidents.complaining import make_at
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("fulfilled", service)


@pytest.fixture
def category(db):
    return ComplaintCategory.objects.get(code="damage_water")


def body(complaint, **fields):
    kind = ComplaintCategory.objects.get(code="damage_water").pk
    return {
        "category": kind,
        "root_cause": "密封圈老化",
        "row_version": complaint.row_version,
    } | fields


def test_it_is_closed_with_a_risk_named_by_its_code(sign_in, complaint, risk_manager, risk):
    answer = sign_in(risk_manager).post(
        url_of(complaint, "close"), body(complaint, other=risk.code.lower())
    )
    assert_done(answer, complaint, "complaint.closed")
    link = complaint.risk_links.get()
    assert (link.risk, link.known_before, stored(complaint).category.code) == (
        risk, False, "damage_water",
    )  # fmt: skip


def test_the_risk_that_the_category_usually_makes_real_is_proposed(
    sign_in, service, risk_manager, risk, category
):
    complaint = make_at("fulfilled", service)
    with acting(service, "complaint.edited"):
        RiskOrigin.objects.create(risk=risk, kind="library", ref_id="LIB-017")
        complaint.category = category
        complaint.save(update_fields=["category"])
    client = sign_in(risk_manager)
    form = client.get(url_of(complaint, "close")).context["form"]
    assert [*form.fields["risks"].queryset] == [risk]
    client.post(url_of(complaint, "close"), body(complaint, risks=[risk.pk]))
    page = client.get(complaint.get_absolute_url())
    assert [(link.risk, seen) for link, seen in page.context["links"]] == [(risk, True)]
    assert page.context["links"][0][0].known_before


@pytest.mark.parametrize("left_out", ["category", "root_cause", "other"])
def test_each_of_the_three_is_asked_for(sign_in, complaint, risk_manager, risk, left_out):
    sent = body(complaint, other=risk.code) | {left_out: ""}
    page = sign_in(risk_manager).post(url_of(complaint, "close"), sent)
    assert (page.status_code, stored(complaint).state) == (422, "fulfilled")


def test_a_risk_that_one_does_not_see_is_none(
    sign_in, complaint, service, register, risk_manager, clean
):
    hidden = make_risk(register, by=risk_manager, department=clean)
    with acting(service, "complaint.edited"):
        complaint.department = clean.parent
        complaint.save(update_fields=["department"])
    page = sign_in(service).post(url_of(complaint, "close"), body(complaint, other="R987"))
    assert "other" in page.context["form"].errors
    assert hidden.code != "R987"


def test_who_saw_an_older_one_is_told(sign_in, complaint, risk_manager, risk):
    sent = body(complaint, other=risk.code, row_version=1)
    assert sign_in(risk_manager).post(url_of(complaint, "close"), sent).status_code == 409


def test_before_the_offer_is_fulfilled_there_is_no_such_page(sign_in, service):
    offered = make_at("offered", service)
    assert sign_in(service).get(url_of(offered, "close")).status_code == 302


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "close", body(complaint), readers=[auditor], outside=head_cleaning
    )


@pytest.fixture
def clause(service):
    with acting(service, "clause.entered"):
        return ContractClause.objects.create(code="K-7", name_zh="漏水责任")


def test_the_clause_that_the_dispute_turned_on_is_noted_with_its_outcome(
    sign_in, complaint, service, risk_manager, risk, clause
):
    sent = body(complaint, other=risk.code, clause=clause.pk, clause_outcome="failed")
    assert_done(
        sign_in(risk_manager).post(url_of(complaint, "close"), sent), complaint, "complaint.closed"
    )
    noted = complaint.clauses.get()
    assert (noted.clause, noted.outcome, noted.noted_by) == (clause, "failed", risk_manager)


@pytest.mark.parametrize("half", ["clause", "clause_outcome"])
def test_half_of_it_says_nothing(sign_in, complaint, risk_manager, risk, clause, half):
    sent = {"clause": clause.pk, "clause_outcome": "failed"}
    sent = body(complaint, other=risk.code, **{half: sent[half]})
    page = sign_in(risk_manager).post(url_of(complaint, "close"), sent)
    (missing,) = {"clause", "clause_outcome"} - {half}
    assert (page.status_code, list(page.context["form"].errors)) == (422, [missing])
    assert not complaint.clauses.exists()


def test_a_company_without_clauses_is_not_asked(sign_in, complaint, service):
    assert "clause" not in sign_in(service).get(url_of(complaint, "close")).context["form"].fields
