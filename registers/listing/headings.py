"""Which columns a list shows, and the orders that their heads give.

The address says it (`?columns=level,owner`), else what the user keeps, else the default of the spec.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django_stubs_ext import StrOrPromise

from registers.columns import ALWAYS, BY_KEY, DEFAULT, Column, known
from registers.filters import RESIDUAL, RiskFilter
from registers.listing.addresses import changed
from registers.permissions import LETTERS


@dataclass(frozen=True)
class Heading:
    """The head of a column; without `url` it is no order. `aria` says the order that is in force.

    `may` are the letters (`registers.listing.cells`) of the rows in which the column is edited.
    """

    name: StrOrPromise
    url: str = ""
    aria: str = ""
    key: str = ""
    may: str = ""


def chosen_in(filtered: RiskFilter, kept: Sequence[str] | None) -> list[str]:
    """What is shown besides number and name. Whose level is asked for is shown with it."""
    asked = ",".join(filtered.data.getlist("columns"))
    keys = known(asked.split(",")) if asked else known(DEFAULT if kept is None else kept)
    kind = filtered.chosen_kind
    return keys if kind == RESIDUAL else known([*keys, kind])


def columns_of(keys: Sequence[str]) -> list[Column]:
    return [BY_KEY[key] for key in (*ALWAYS, *keys)]


def headings_of(filtered: RiskFilter, columns: Sequence[Column]) -> list[Heading]:
    sort = filtered.data.get("sort") or "rank"
    return [_heading(filtered, column, sort) for column in columns]


def _heading(filtered: RiskFilter, column: Column, sort: str) -> Heading:
    heading = Heading(column.name, key=column.key, may=_may(column))
    if not column.order:
        return heading
    first = column.first or column.order
    other = first.removeprefix("-") if first.startswith("-") else f"-{first}"
    url = changed(filtered.data, sort=other if sort == first else first)
    aria = {column.order: "ascending", f"-{column.order}": "descending"}.get(sort, "")
    if column.key == "level" and sort == "rank":
        aria = "descending"
    return replace(heading, url=url, aria="" if column.order == "rank" else aria)


def _may(column: Column) -> str:
    fields = set(column.fields)
    if not fields:
        return ""
    return "".join(letter for letter, allowed in LETTERS if fields <= allowed)
