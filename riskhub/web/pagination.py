"""Pages of a list: one count, and the joins only for the rows that are shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

PER_PAGE = 50
Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """`rows` of page `number` (from 1) out of `count` rows; iterates over its rows."""

    rows: Sequence[Item]
    number: int
    count: int
    per_page: int = PER_PAGE

    def __iter__(self) -> Iterator[Item]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def last(self) -> int:
        return max(1, -(-self.count // self.per_page))

    @property
    def first_row(self) -> int:
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1 if self.rows else 0

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None

    @property
    def numbers(self) -> list[int | None]:
        """1 ... 4 5 6 ... 20: the page, its neighbours and both ends; None where pages are left out."""
        paginator: Paginator[int] = Paginator(range(self.last), 1)
        elided = paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return [number if isinstance(number, int) else None for number in elided]


def paginate(
    request: HttpRequest,
    ordered: QuerySet[Row],
    *,
    load: QuerySet[Row] | None = None,
    per_page: int = PER_PAGE,
) -> Page[Row]:
    """The page that `?page=` names; an impossible number gives the nearest one that exists.

    `ordered` is filtered and sorted and should end in a unique key. `load`, where given, brings the
    joins and annotations: the page's keys are found first in `ordered`, without them (a deferred
    join, so that a far page costs no more than a near one), and the rows come from `load`.
    """
    count = ordered.order_by().count()
    last = max(1, -(-count // per_page))
    number = min(max(page_asked(request), 1), last)
    window = ordered[(number - 1) * per_page : number * per_page] if count else ordered.none()
    return Page(_rows(window, load), number, count, per_page)


def paginate_list(
    request: HttpRequest, items: Sequence[Item], *, per_page: int = PER_PAGE
) -> Page[Item]:
    """The same for what is no table of the database, such as the rows of a file."""
    count = len(items)
    number = min(max(page_asked(request), 1), max(1, -(-count // per_page)))
    return Page(items[(number - 1) * per_page : number * per_page], number, count, per_page)


def page_asked(request: HttpRequest) -> int:
    """The number behind `?page=`; 1 where it is no number."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1  # noqa: PLR2004 - fits any count


def _rows(window: QuerySet[Row], load: QuerySet[Row] | None) -> list[Row]:
    if load is None:
        return list(window)
    keys = list(window.values_list("pk", flat=True))
    by_key = {row.pk: row for row in load.filter(pk__in=keys)}
    return [by_key[key] for key in keys if key in by_key]
