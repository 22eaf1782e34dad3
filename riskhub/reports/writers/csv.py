"""CSV: UTF-8 with byte order mark, so that Excel reads Chinese; dates and numbers unformatted.

An import reads a text cell back with `formulas.restore`.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from riskhub.reports.writers.tables import Cell, Table

CONTENT_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"


class _Line:
    """Takes one line from csv.writer and hands it on."""

    def write(self, line: str) -> str:
        return line


def stream_csv(table: Table) -> Iterator[bytes]:
    """Yield the file line by line, for a streaming response."""
    # mypy's stub says that writerow returns Any: it is what _Line.write returns.
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield (BYTE_ORDER_MARK + str(writer.writerow(table.headers()))).encode()
    for row in table.cells():
        yield str(writer.writerow([_plain(cell) for cell in row])).encode()


def write_csv(table: Table, out: BinaryIO) -> None:
    out.writelines(stream_csv(table))


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M")
        case date():
            return cell.isoformat()
    return str(cell)
