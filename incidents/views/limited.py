"""How often customers may send, try and write: wide for what they send, narrow for wrong secrets.

A whole office stands behind one network, and whoever tries secrets behind many. A number alone is
locked late: else anybody could lock its customer out.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from riskhub.entry.day_words import moment
from riskhub.web.limits import Limit, network_of
from riskhub.web.requests import client_ip

TOO_MANY = 429
_QUARTER, _HOUR, _DAY = 15 * 60, 60 * 60, 24 * 60 * 60
SENT_FROM = Limit("complaint.network", 100, _HOUR)
TOLD_FROM = Limit("complaint.steps", 1000, _HOUR)
PHOTOS_FROM = Limit("complaint.photos", 300, _HOUR)
SENT_BY = Limit("complaint.contact", 10, _DAY)
WRONG_THERE = Limit("track.both", 10, _QUARTER)
WRONG_FROM = Limit("track.network", 30, _QUARTER)
WRONG_ABOUT = Limit("track.number", 100, _HOUR)
WRITTEN_ABOUT = Limit("track.written", 30, _HOUR)
ANSWERED_ABOUT = Limit("track.answered", 30, _HOUR)
"""Offers answered, complaints taken up again and opinions told, all together."""


def network(request: HttpRequest) -> str:
    return network_of(client_ip(request))


def sending(request: HttpRequest, contact_hashes: Iterable[str]) -> int:
    """Seconds to wait before a complaint is taken; counts this one."""
    waits = [SENT_BY.count(one) for one in contact_hashes]
    return max([SENT_FROM.count(network(request)), *waits])


def telling(request: HttpRequest) -> int:
    """Seconds to wait before a page of a complaint is looked at, its photos too; counts this one."""
    here = network(request)
    photos = [PHOTOS_FROM.count(here) for _photo in request.FILES.getlist("photos")]
    return max([TOLD_FROM.count(here), *photos])


def trying(request: HttpRequest, number: str) -> int:
    """Seconds to wait before a secret is looked at, the right one too."""
    return max(limit.wait(who) for limit, who in _tries(request, number))


def tried_wrong(request: HttpRequest, number: str) -> None:
    for limit, who in _tries(request, number):
        limit.count(who)


def after(seconds: int) -> str:
    """The moment, in words."""
    return moment(timezone.now() + timedelta(seconds=seconds + 60))


def told_to_wait(answer: HttpResponse, seconds: int) -> HttpResponse:
    answer["Retry-After"] = str(seconds)
    return answer


def _tries(request: HttpRequest, number: str) -> list[tuple[Limit, str]]:
    here = network(request)
    return [(WRONG_THERE, f"{number} {here}"), (WRONG_FROM, here), (WRONG_ABOUT, number)]
