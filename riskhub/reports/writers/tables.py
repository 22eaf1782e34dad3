"""What every writer takes: columns and rows, and how one value becomes a cell."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext

from riskhub.reports.writers.formulas import neutralise

Cell = str | int | float | Decimal | date | datetime | None

EXACT_INTEGER = 10**15  # a spreadsheet keeps 15 digits; longer numbers are names, not amounts
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Kind(StrEnum):
    """How a column is written where the format knows types."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names the attribute or mapping key of a row; the caller translates `header`."""

    key: str
    header: str | Promise
    kind: Kind = Kind.TEXT
    width: int = 16


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one CSV file. Rows are mappings or objects, read once and never kept."""

    title: str | Promise
    columns: tuple[Column, ...]
    rows: Iterable[object]

    def cells(self) -> Iterator[list[Cell]]:
        for row in self.rows:
            yield [to_cell(_value(row, column.key), column.kind) for column in self.columns]

    def headers(self) -> list[str]:
        return [to_text(column.header) for column in self.columns]


def to_cell(value: object, kind: Kind = Kind.TEXT) -> Cell:
    """Return a number, a date (company time, without zone) or a text that computes nothing."""
    match value:
        case None:
            return None
        case bool():
            return gettext("Yes") if value else gettext("No")
        case int() | float() | Decimal() if kind is not Kind.TEXT and _is_exact(value):
            return value
        case datetime():
            return _local(value)
        case date():
            return value
    return to_text(value)


def to_text(value: object) -> str:
    """Return text without control signs, with one kind of line end, and neutralised."""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return neutralise(_FORBIDDEN.sub("\ufffd", text))


def _value(row: object, key: str) -> object:
    return row[key] if isinstance(row, Mapping) else getattr(row, key)


def _is_exact(value: float | Decimal) -> bool:
    return math.isfinite(value) and (not isinstance(value, int) or abs(value) < EXACT_INTEGER)


def _local(value: datetime) -> datetime:
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.replace(tzinfo=None)
