"""The table of departments: what each has, and how much of it in time.

The packages that own the facts register their columns in `ready()`:

    register_columns(50, lambda user: [Column(_("Open actions"), {3: Part(7)})])

A provider answers by department, each row once and in the department that it belongs to, and asks the
database a fixed number of times. The table adds the parts of a department's children to its own, as
the lists do that a number leads to.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django_stubs_ext import StrOrPromise

from riskhub.accounts.models import Department, User
from riskhub.oversight.permissions import SUPERVISORS

HUNDRED = 100


@dataclass(frozen=True)
class Part:
    """So many, or so many of `whole`."""

    count: int
    whole: int = 0

    def __add__(self, other: "Part") -> "Part":
        return Part(self.count + other.count, self.whole + other.whole)


@dataclass(frozen=True)
class Column:
    """`url` leads to the list of exactly these rows, `{code}` in it is the department's code.

    A share is shown in per cent and says of how many; `is_alarm` where every one is one too many.
    """

    label: StrOrPromise
    parts: Mapping[int, Part]
    url: str = ""
    hint: StrOrPromise = ""
    is_share: bool = False
    is_alarm: bool = False


@dataclass(frozen=True)
class Shown:
    part: Part
    column: Column
    url: str

    @property
    def percent(self) -> int | None:
        """None where there was nothing to be in time with."""
        if not self.part.whole:
            return None
        return round(HUNDRED * self.part.count / self.part.whole)


@dataclass(frozen=True)
class Line:
    department: Department
    depth: int
    cells: list[Shown] = field(default_factory=list)

    @property
    def step(self) -> int:
        """How far it is set in: 0 to 4."""
        return min(self.depth, 4)


Provider = Callable[[User], Sequence[Column]]
_providers: dict[int, Provider] = {}


def register_columns(order: int, provider: Provider) -> None:
    """The same order again replaces the provider."""
    _providers[order] = provider


def columns_for(user: User) -> list[Column]:
    return [column for order in sorted(_providers) for column in _providers[order](user)]


def supervised_by(user: User) -> QuerySet[Department]:
    """The active departments for which the user holds such a role, children behind their parents."""
    departments = Department.objects.active().order_by("path")
    if user.roles.everywhere(*SUPERVISORS):
        return departments
    return departments.filter(pk__in=user.roles.department_ids(*SUPERVISORS))


def lines_of(departments: Iterable[Department], columns: Sequence[Column]) -> list[Line]:
    """In the order given; departments whose parent is not among them stand at the edge."""
    rows = list(departments)
    known = {row.pk for row in rows}
    return [
        Line(
            row,
            depth=len(known.intersection(_ids(row))) - 1,
            cells=[
                Shown(_within(row, rows, column), column, column.url.format(code=row.code))
                for column in columns
            ],
        )
        for row in rows
    ]


def _within(root: Department, rows: Iterable[Department], column: Column) -> Part:
    parts = (
        column.parts[row.pk]
        for row in rows
        if row.pk in column.parts and row.path.startswith(root.path)
    )
    return sum(parts, Part(0))


def _ids(department: Department) -> set[int]:
    return {int(pk) for pk in department.path.split("/") if pk}
