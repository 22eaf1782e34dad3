"""What is new and what changed in one week, as the packages that own the facts tell it.

    register_feed("risks", news_of_risks)

A provider answers for one user and one span what this user may see, newest first, MOST at the most,
with a fixed number of queries. One sentence each; the kind is the chip by which it is filtered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django_stubs_ext import StrOrPromise

from riskhub.accounts.models import User
from riskhub.company.calendar import first_moment

MOST = 200
"""Of one provider in one week: more nobody reads; the lists have them all."""
DAYS = 7


@dataclass(frozen=True)
class Week:
    """From Monday's first moment to the next one's, by the company's clock."""

    monday: date
    zone: ZoneInfo

    @classmethod
    def of(cls, day: date, zone: ZoneInfo) -> Self:
        return cls(day - timedelta(days=day.weekday()), zone)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=DAYS - 1)

    @property
    def since(self) -> datetime:
        return first_moment(self.monday, self.zone)

    @property
    def until(self) -> datetime:
        """The first moment that is no longer in it."""
        return first_moment(self.monday + timedelta(days=DAYS), self.zone)

    @property
    def previous(self) -> "Week":
        return Week(self.monday - timedelta(days=DAYS), self.zone)

    @property
    def following(self) -> "Week":
        return Week(self.monday + timedelta(days=DAYS), self.zone)


@dataclass(frozen=True)
class News:
    """`name` is what it is about and leads to `url`; `words` say what happened to it."""

    at: datetime
    kind: str
    words: StrOrPromise
    name: str = ""
    url: str = ""
    meta: Sequence[str] = field(default_factory=tuple)


Provider = Callable[[User, datetime, datetime], Sequence[News]]
_providers: dict[str, tuple[StrOrPromise, Provider]] = {}


def register_feed(kind: str, label: StrOrPromise, provider: Provider) -> None:
    """The same kind again replaces the provider; `label` is its chip."""
    _providers[kind] = (label, provider)


def kinds() -> list[tuple[str, StrOrPromise]]:
    return [(kind, label) for kind, (label, _provider) in _providers.items()]


def news_for(user: User, since: datetime, until: datetime, kind: str = "") -> list[News]:
    """Newest first; of one kind or of all."""
    chosen = [kind] if kind else list(_providers)
    found = [news for one in chosen for news in _providers[one][1](user, since, until)]
    return sorted(found, key=lambda news: news.at, reverse=True)
