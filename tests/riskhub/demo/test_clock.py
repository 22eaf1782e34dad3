from datetime import UTC, datetime

import pytest
from django.utils import timezone

from registers.models import Risk
from riskhub.demo.clock import standing_at

THEN = datetime(2020, 2, 29, 16, 30, tzinfo=UTC)


def test_everything_that_asks_django_is_told_the_other_day():
    default = Risk._meta.get_field("accepted_at").get_default
    with standing_at(THEN):
        assert timezone.now() == THEN
        assert timezone.localdate().isoformat() == "2020-03-01"  # in Shanghai
        assert default() == THEN
    assert timezone.now().year > 2020


def test_a_failure_puts_the_clock_right():
    with pytest.raises(ZeroDivisionError), standing_at(THEN):
        raise ZeroDivisionError
    assert timezone.now().year > 2020
