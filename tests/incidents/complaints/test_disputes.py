"""A clause that fails often within a year is looked at again (R-59)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from incidents.services.clauses import note_clause
from registers.models import ContractClause
from riskhub.audit.context import acting
from tests.incidents.complaining import make_complaint

pytestmark = pytest.mark.django_db
URL = "/transfers/?kind=clause"
OFTEN = "经常不起作用"


@pytest.fixture
def clause(service):
    with acting(service, "clause.entered"):
        return ContractClause.objects.create(code="K-7", name_zh="漏水责任")


def dispute(clause, by, outcome="failed"):
    return note_clause(make_complaint(), by=by, clause=clause, outcome=outcome)


def test_the_third_failure_of_a_year_flags_it(sign_in, risk_manager, service, clause):
    with time_machine.travel(timezone.now() - timedelta(days=366)):
        dispute(clause, service)
    for outcome in ("failed", "failed", "helped"):
        dispute(clause, service, outcome)
    client = sign_in(risk_manager)
    page = client.get(URL)
    assert next(iter(page.context["page"])).disputes_of_year == (1, 2)
    assert OFTEN not in page.text
    dispute(clause, service)
    assert OFTEN in client.get(URL).text


def test_as_many_queries_for_three_clauses_as_for_one(
    sign_in, risk_manager, service, clause, django_assert_max_num_queries
):
    client = sign_in(risk_manager)
    dispute(clause, service)
    client.get(URL)
    with django_assert_max_num_queries(30) as counted:
        client.get(URL)
    for number in (8, 9):
        with acting(service, "clause.entered"):
            dispute(ContractClause.objects.create(code=f"K-{number}", name_zh="甲"), service)
    with django_assert_max_num_queries(len(counted)):
        client.get(URL)


def test_policies_are_not_asked_about(sign_in, risk_manager, clause):
    assert sign_in(risk_manager).get("/transfers/").status_code == 200
