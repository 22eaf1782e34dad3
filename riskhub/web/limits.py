"""How often something may be done without an account, counted for all web processes in Redis.

Where Redis is off each process counts for itself, so that nobody is locked out and nothing is unlimited.
Signing in counts its own attempts (allauth, axes); its cache cannot move to Redis, as clearing it would take
the broker's queue along. A count is kept under a keyed hash: no address and no contact can be read there.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as once
from ipaddress import ip_address, ip_network

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger("riskhub.limits")
_PATIENCE = 0.3
"""Seconds that a page waits for Redis."""
_REST = 30
"""Seconds for which Redis is not asked again once it did not answer."""
_V4, _V6 = 24, 56
_NAMES = "limit"
_asleep_until = 0.0


@dataclass(frozen=True)
class Limit:
    """`most` in each span of so many seconds; the spans are those of the clock."""

    name: str
    most: int
    within: int

    def wait(self, who: str) -> int:
        """Seconds until it may be done again, 0 where it may be now. Counts nothing."""
        key = self._key(who)
        held = _in_redis(lambda redis: int(redis.get(key) or 0))
        return self._wait((cache.get(key, 0) if held is None else held) + 1)

    def count(self, who: str) -> int:
        """Counts one; the same answer, about this one."""
        key = self._key(who)
        counted = _in_redis(lambda redis: _add(redis, key, self.within))
        if counted is None:
            cache.add(key, 0, self.within)
            counted = cache.incr(key)
        return self._wait(counted)

    def _wait(self, counted: int) -> int:
        if counted <= self.most * settings.PUBLIC_LIMIT_TIMES:
            return 0
        return self.within - int(time.time()) % self.within

    def _key(self, who: str) -> str:
        digest = salted_hmac(f"riskhub.limit.{self.name}", who, algorithm="sha256").hexdigest()
        return f"{_NAMES}:{self.name}:{int(time.time()) // self.within}:{digest}"


def network_of(address: str) -> str:
    """The neighbours of an address: /24, of IPv6 /56; what is no address stands for itself."""
    try:
        bits = _V4 if ip_address(address).version == 4 else _V6  # noqa: PLR2004 - IPv4
        return str(ip_network(f"{address}/{bits}", strict=False))
    except ValueError:
        return address


def _add(redis: Redis, key: str, within: int) -> int:
    """Set and counted in one go: no count is left without its end."""
    pipe = redis.pipeline(transaction=True)
    pipe.set(key, 0, ex=within, nx=True)
    pipe.incr(key)
    return int(pipe.execute()[-1])


def _in_redis(ask: Callable[[Redis], int]) -> int | None:
    """What Redis answers; None while it is off."""
    global _asleep_until  # noqa: PLW0603 - of this process
    if time.monotonic() < _asleep_until:
        return None
    try:
        return ask(_redis(settings.REDIS_URL))
    except (RedisError, OSError):
        _asleep_until = time.monotonic() + _REST
        log.warning("no Redis: each process counts for itself")
        return None


@once
def _redis(url: str) -> Redis:
    """Celery writes the address of a socket in its own way."""
    plain = url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    if plain.startswith("unix://"):
        return Redis.from_url(plain, socket_timeout=_PATIENCE)
    return Redis.from_url(plain, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
