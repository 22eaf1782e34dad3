"""How often: in Redis for all processes, in one's own process where Redis is off."""

import pytest
import time_machine
from redis.exceptions import ConnectionError as NoRedis

from riskhub.web import limits
from riskhub.web.limits import Limit, network_of

MORNING = "2026-09-23T02:00:00Z"
LIMIT = Limit("test", 2, 900)


@pytest.fixture(params=["Redis", "no Redis"])
def _counted_in(request, monkeypatch):
    monkeypatch.setattr(limits, "_asleep_until", 0.0)
    if request.param == "no Redis":

        def off(_url):
            raise NoRedis

        monkeypatch.setattr(limits, "_redis", off)


@pytest.mark.usefixtures("_counted_in")
def test_so_many_may_and_then_one_waits_until_the_span_ends():
    with time_machine.travel(MORNING, tick=False) as clock:
        assert [LIMIT.count("a"), LIMIT.count("a")] == [0, 0]
        clock.shift(100)
        assert (LIMIT.wait("a"), LIMIT.count("a")) == (800, 800)
        assert (LIMIT.wait("b"), LIMIT.count("b")) == (0, 0)
        clock.shift(800)
        assert (LIMIT.wait("a"), LIMIT.count("a")) == (0, 0)


def test_all_processes_count_in_the_same_place():
    LIMIT.count("a")
    assert limits._in_redis(lambda redis: int(redis.get(LIMIT._key("a")))) == 1
    assert limits._in_redis(lambda redis: redis.ttl(LIMIT._key("a"))) > 0


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("redis+socket:///run/v.sock?virtual_host=3", {"path": "/run/v.sock", "db": 3}),
        ("redis://cache:6380/2", {"host": "cache", "port": 6380, "db": 2}),
    ],
)
def test_the_address_is_read_in_both_spellings(url, kept):
    known = limits._redis(url).connection_pool.connection_kwargs
    assert known | kept == known


@pytest.mark.usefixtures("_counted_in")
def test_asking_counts_nothing():
    assert [LIMIT.wait("a") for _ in range(5)] == [0] * 5


def test_where_redis_is_off_it_is_not_asked_at_each_page(monkeypatch):
    asked = []

    def off(url):
        asked.append(url)
        raise NoRedis

    monkeypatch.setattr(limits, "_asleep_until", 0.0)
    monkeypatch.setattr(limits, "_redis", off)
    assert [LIMIT.count("a") for _ in range(4)][:2] == [0, 0]
    assert len(asked) == 1


def test_many_customers_behind_one_address_have_more(settings):
    settings.PUBLIC_LIMIT_TIMES = 3
    assert [LIMIT.count("a") > 0 for _ in range(7)] == [False] * 6 + [True]


def test_no_address_can_be_read_in_a_key():
    assert "192.0.2.7" not in LIMIT._key("192.0.2.7")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff::7", "2001:db8:1:200::/56"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_neighbours_are_counted_together(address, network):
    assert network_of(address) == network
