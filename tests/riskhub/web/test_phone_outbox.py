"""The page of what waits on a phone: who is signed in, and no name for it."""

import re
from datetime import timedelta

import pytest

from riskhub.web.offline import LONGEST, Waited, owner_of

pytestmark = pytest.mark.django_db
URL = "/m/outbox"


def owner(page):
    (found,) = re.findall('data-owner="([0-9a-f]{64})"', page.text)
    return found


def test_it_tells_the_phone_who_is_signed_in_without_a_name(
    sign_in, staff_cleaning, staff_repair, settings
):
    first, other = (sign_in(one).get(URL) for one in (staff_cleaning, staff_repair))
    assert owner(first) == owner_of(staff_cleaning)
    assert owner(other) == owner_of(staff_repair) != owner(first)
    settings.SECRET_KEY = "changed" * 10
    assert owner(sign_in(staff_cleaning).get(URL)) == owner(first)


def test_it_brings_a_token_to_send_with(sign_in, staff_cleaning):
    assert 'name="csrfmiddlewaretoken"' in sign_in(staff_cleaning).get(URL).text


def test_whoever_is_signed_out_is_asked_to_sign_in(client):
    assert client.get(URL)["Location"] == "/accounts/login/?next=/m/outbox"


@pytest.mark.parametrize(
    ("said", "waited"),
    [
        ("", 0), ("59", 0), ("60", 60), ("7200", 7200), ("-5", 0), ("1e9", 0), ("a", 0), ("٣٦٠٠", 0),
        ("9" * 12, 0), ("999999999", LONGEST.total_seconds()),
    ],
)  # fmt: skip
def test_how_long_it_waited_is_taken_within_reason(said, waited):
    assert Waited(required=False).clean(said) == timedelta(seconds=waited)
