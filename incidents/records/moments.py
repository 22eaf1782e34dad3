"""Moments as files write them. Pure: which comes first, day or month, is never guessed from one cell."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from riskhub.imports.sheets import Cell

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
_CLOCK = r"(?:[T\s]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:[.,]\d{1,9})?秒?)?分?)?"
_ZONE = r"\s*(Z|[+-]\d{2}:?\d{2})?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?{_CLOCK}{_ZONE}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_CLOCK}{_ZONE}")
_MONTHS = 12
_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})(?:月|[-/.月]\d{1,2}日?)?")


def moment_in(cell: Cell, zone: tzinfo, order: str = "") -> datetime | None:
    """The moment of a cell; None where it is none, or where `order` would have to be known."""
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=zone)
    if isinstance(cell, date):
        return datetime.combine(cell, time(0), zone)
    return _read(cell.strip(), zone, order) if isinstance(cell, str) else None


def month_in(cell: Cell) -> date | None:
    """The first day of the month of a cell, as 2026-03, 202603 or any day of it."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, 1)
    match = _MONTH.fullmatch(str(cell).strip())
    if match is None or not 1 <= int(match[2]) <= _MONTHS or not int(match[1]):
        return None
    return date(int(match[1]), int(match[2]), 1)


def order_in(cells: Iterable[Cell]) -> str:
    """Which comes first where the year stands last, as far as all cells together tell it; else empty."""
    found = [match for cell in cells if (match := _year_last(cell))]
    is_month_first = any(int(one[2]) > _MONTHS for one in found)
    is_day_first = any(int(one[1]) > _MONTHS for one in found)
    if is_month_first == is_day_first:
        return ""
    return MONTH_FIRST if is_month_first else DAY_FIRST


def is_in_doubt(cell: Cell) -> bool:
    """The year stands last: the order of day and month has to be known."""
    return _year_last(cell) is not None


def _year_last(cell: Cell) -> re.Match[str] | None:
    return _YEAR_LAST.fullmatch(cell.strip()) if isinstance(cell, str) else None


def _read(text: str, zone: tzinfo, order: str) -> datetime | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return _moment(match, (1, 2, 3), zone)
    match = _YEAR_LAST.fullmatch(text)
    if match is None or not order:
        return None
    return _moment(match, (3, 2, 1) if order == DAY_FIRST else (3, 1, 2), zone)


def _moment(match: re.Match[str], places: tuple[int, int, int], zone: tzinfo) -> datetime | None:
    year, month, day = (int(match[place]) for place in places)
    hour, minute, second = (int(match[place] or 0) for place in (4, 5, 6))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match[7], zone))
    except ValueError:
        return None


def _zone(text: str | None, zone: tzinfo) -> tzinfo:
    if not text:
        return zone
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
