"""A contract clause is noted with a dispute, also once that is over."""

import pytest

from registers.models import ContractClause
from riskhub.audit.context import acting
from tests.incidents.complaining import make_closed, make_complaint
from tests.incidents.views.stepping import assert_refused, last_action, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause(service):
    with acting(service, "clause.entered"):
        return ContractClause.objects.create(code="K-7", name_zh="漏水责任")


def test_it_is_noted_and_stands_on_the_page(sign_in, service, clause):
    complaint = make_complaint()
    client = sign_in(service)
    answer = client.post(url_of(complaint, "clause"), {"clause": clause.pk, "outcome": "failed"})
    assert (answer.status_code, answer.url) == (302, complaint.get_absolute_url())
    assert last_action(complaint.clauses.get()) == "complaint.clause_noted"
    page = client.get(complaint.get_absolute_url()).text
    assert "K-7 漏水责任" in page
    assert "没起作用" in page


def test_said_anew_the_newer_word_counts(sign_in, service, clause, risk):
    complaint = make_closed(service, risk)
    for outcome in ("failed", "helped", "helped"):
        sign_in(service).post(
            url_of(complaint, "clause"), {"clause": clause.pk, "outcome": outcome}
        )
    assert complaint.clauses.get().outcome == "helped"


def test_both_are_asked_for_and_one_that_was_ended_is_not_offered(sign_in, service, clause):
    with acting(service, "clause.ended"):
        clause.state = "ended"
        clause.save(update_fields=["state"])
    page = sign_in(service).post(url_of(make_complaint(), "clause"), {"clause": clause.pk})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"clause", "outcome"})


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, clause, auditor, head_cleaning):
    assert_refused(
        sign_in, make_complaint(), "clause", {"clause": clause.pk, "outcome": "failed"},
        readers=[auditor], outside=head_cleaning,
    )  # fmt: skip
