"""What the company sets, and the numbers that it counts by."""

import threading

import pytest
from django.db import connection, transaction
from django.utils.translation import override

from riskhub.audit.models import AuditEvent
from riskhub.company.models import CompanySetting, Sequence
from riskhub.company.preferences import (
    DEFAULTS,
    company_name,
    company_names,
    company_zone,
    preference,
)
from riskhub.company.services import set_preference, take_numbers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", DEFAULTS)
def test_nothing_set_means_the_default(key):
    assert preference(key) == DEFAULTS[key]


def test_set_and_set_again(risk_manager):
    set_preference("time_zone", "Asia/Tokyo", by=risk_manager)
    set_preference("time_zone", "Asia/Urumqi", by=risk_manager)
    assert (preference("time_zone"), company_zone().key) == ("Asia/Urumqi",) * 2
    row = CompanySetting.objects.get()
    assert (str(row), row.changed_by) == ("time_zone", risk_manager)
    event = AuditEvent.objects.about(row).first()
    assert (event.action, event.actor_name) == ("company.setting_changed", "陈静")
    assert (event.before["value"], event.after["value"]) == ("Asia/Tokyo", "Asia/Urumqi")


def test_a_value_that_is_empty_is_a_value(risk_manager):
    set_preference("orders_per_year", 0, by=risk_manager)
    assert preference("orders_per_year") == 0


def test_no_setting_that_nobody_knows(risk_manager):
    for call in (lambda: set_preference("x", 1, by=risk_manager), lambda: preference("x")):
        with pytest.raises(KeyError):
            call()
    assert CompanySetting.objects.count() == 0


def test_the_name_in_both_languages(risk_manager):
    set_preference("company_name_zh", "和顺到家", by=risk_manager)
    assert company_names() == ("和顺到家", "My company")
    with override("en"):
        assert company_name() == "My company"
    with override("zh-hans"):
        assert company_name() == "和顺到家"


def test_numbers_follow_each_other(risk_manager):
    assert list(take_numbers("x", by=risk_manager)) == [1]
    assert list(take_numbers("x", by=risk_manager, count=3)) == [2, 3, 4]
    assert list(take_numbers("y", by=None)) == [1]
    assert list(take_numbers("x", by=None, count=0)) == []
    assert {str(row) for row in Sequence.objects.all()} == {"x: 5", "y: 2"}
    event = AuditEvent.objects.about(Sequence.objects.get(key="x")).first()
    assert (event.action, event.before, event.after) == (
        "sequence.taken", {"next": 2}, {"next": 5},
    )  # fmt: skip


def test_a_number_not_used_is_given_back():
    with transaction.atomic():
        take_numbers("x", by=None)
        transaction.set_rollback(True)
    assert list(take_numbers("x", by=None)) == [1]


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_and_no_gap():
    """Some of them fail afterwards: their number goes to the next."""
    taken, barrier = [], threading.Barrier(10)

    def take(worker):
        barrier.wait()
        for turn in range(5):
            with transaction.atomic():
                number = take_numbers("x", by=None)[0]
                if turn == worker % 5:
                    transaction.set_rollback(True)
                else:
                    taken.append(number)
        connection.close()

    threads = [threading.Thread(target=take, args=[n]) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 41))
