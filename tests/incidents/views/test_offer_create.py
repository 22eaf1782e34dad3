"""An offer is made."""

import pytest

from incidents.models import ComplaintCategory
from riskhub.audit.context import acting
from tests.incidents.complaining import make_at
from tests.incidents.views.stepping import assert_done, assert_refused, keyed, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("contacted", service)


def body(_complaint):
    return keyed(kind="redo", text="免费返工")


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "offer"), body(complaint))
    assert_done(answer, complaint, "offer.made")


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "offer", body(complaint), readers=[auditor], outside=head_cleaning
    )


def test_the_customer_sees_it_at_once_and_twice_is_one(sign_in, complaint, service):
    client, sent = sign_in(service), body(complaint)
    for _time in range(2):
        assert client.post(url_of(complaint, "offer"), sent).status_code == 302
    assert (complaint.offers.count(), stored(complaint).state) == (1, "offered")


def test_the_page_says_from_where_on_another_person_approves(sign_in, complaint, service):
    """R-62: 800 with authority for 500."""
    client = sign_in(service)
    assert "500 元" in client.get(url_of(complaint, "offer")).text
    client.post(url_of(complaint, "offer"), body(complaint) | {"amount": "800"})
    page = client.get(complaint.get_absolute_url())
    assert (stored(complaint).state, "800 元" in page.text) == ("contacted", True)
    assert page.context["ways"].waiting == complaint.offers.get()
    assert page.context["ways"].next is None or page.context["ways"].next.view == "complaint_take"
    again = client.post(url_of(complaint, "offer"), body(complaint))
    assert again.status_code == 422


def test_what_is_usual_for_the_category_comes_first(sign_in, complaint, service):
    with acting(service, "complaint.edited"):
        complaint.category = ComplaintCategory.objects.get(code="damage_item")
        complaint.save(update_fields=["category"])
    form = sign_in(service).get(url_of(complaint, "offer")).context["form"]
    (_usual, first), _others = form.fields["kind"].choices
    assert [code for code, _words in first] == ["repair", "compensation", "insurance"]
    assert form["kind"].value() == "repair"


def test_more_than_anybody_may_approve_is_refused(sign_in, complaint, service):
    page = sign_in(service).post(
        url_of(complaint, "offer"), body(complaint) | {"amount": "1000001"}
    )
    assert page.status_code == 422
    assert "amount" in page.context["form"].errors
