"""An offer that no customer has seen is taken back, by its maker or by whoever should approve it."""

from decimal import Decimal

import pytest

from tests.incidents.complaining import make_at, offer
from tests.incidents.views.stepping import assert_refused, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("contacted", service)


@pytest.fixture
def waiting(complaint, service):
    return offer(complaint, service, amount=Decimal(8000))


def body(waiting):
    return {"offer": waiting.pk, "row_version": waiting.row_version, "reason": "太多了"}


@pytest.mark.parametrize("who", ["service", "approver"])
def test_it_is_taken_back_and_another_can_be_made(
    sign_in, complaint, waiting, service, who, request
):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(url_of(complaint, "revoke"), body(waiting)).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.answer, waiting.answer_text) == ("revoked", "太多了")
    assert offer(complaint, service).offered_at is not None


def test_not_by_whoever_only_reads_it_nor_by_others(
    sign_in, complaint, waiting, auditor, head_cleaning
):
    assert_refused(
        sign_in, complaint, "revoke", body(waiting), readers=[auditor], outside=head_cleaning
    )


def test_where_none_waits_it_says_so(sign_in, complaint, service):
    client = sign_in(service)
    assert client.get(url_of(complaint, "revoke")).status_code == 302
    assert client.post(url_of(complaint, "revoke"), {}).status_code == 409
