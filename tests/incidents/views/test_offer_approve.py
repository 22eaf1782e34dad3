"""An offer above somebody's authority is approved by another person."""

from decimal import Decimal

import pytest

from incidents.services.offers import revoke_offer
from tests.incidents.complaining import make_at, offer
from tests.incidents.views.stepping import assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("contacted", service)


@pytest.fixture
def waiting(complaint, service):
    return offer(complaint, service, amount=Decimal(800))


def body(waiting):
    return {"offer": waiting.pk, "row_version": waiting.row_version}


def test_it_is_approved_and_the_customer_sees_it(sign_in, complaint, waiting, risk_manager):
    client = sign_in(risk_manager)
    assert client.get(complaint.get_absolute_url()).context["ways"].next.view == "offer_approve"
    assert "免费更换接口" in client.get(url_of(complaint, "approve")).text
    answer = client.post(url_of(complaint, "approve"), body(waiting))
    waiting.refresh_from_db()
    assert (answer.status_code, waiting.approved_by, stored(complaint).state) == (
        302, risk_manager, "offered",
    )  # fmt: skip


def test_not_by_who_made_it_nor_by_who_may_offer_nothing(
    sign_in, complaint, waiting, service, auditor, head_cleaning
):
    assert_refused(
        sign_in, complaint, "approve", body(waiting), readers=[service, auditor],
        outside=head_cleaning,
    )  # fmt: skip


def test_only_the_offer_that_the_page_showed(sign_in, complaint, waiting, service, risk_manager):
    revoke_offer(waiting, by=service, reason="写错了")
    offer(complaint, service, amount=Decimal(4000))
    client = sign_in(risk_manager)
    assert client.post(url_of(complaint, "approve"), body(waiting)).status_code == 409
    assert stored(complaint).state == "contacted"


def test_a_changed_one_is_looked_at_again(sign_in, complaint, waiting, risk_manager):
    sent = body(waiting) | {"row_version": waiting.row_version + 1}
    assert sign_in(risk_manager).post(url_of(complaint, "approve"), sent).status_code == 409


def test_where_none_waits_it_says_so(sign_in, complaint, risk_manager):
    client = sign_in(risk_manager)
    assert client.get(url_of(complaint, "approve")).status_code == 302
    assert client.post(url_of(complaint, "approve"), {}).status_code == 409
