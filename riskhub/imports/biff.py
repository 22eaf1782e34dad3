"""The records of an old workbook (.xls, BIFF5 and BIFF8): counted, and made plain for the reader.

What the reader does not need is blanked out before it sees the stream: formulas, names, the size that
a sheet claims to have (for which it would take the memory at once), what is nested in a sheet.
"""

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from riskhub.imports.extents import SheetFacts, check_extent, check_totals, refuse_cells
from riskhub.imports.kinds import PROTECTED
from riskhub.imports.limits import Limits
from riskhub.imports.packages import refuse_damaged
from riskhub.imports.sentences import refuse
from riskhub.imports.shared_strings import lengths_of
from riskhub.imports.sheets import Flaw

BOF, EOF, CONTINUE, FILE_PASS, CODE_PAGE, BOUND_SHEET, SHARED = (
    0x809, 0x0A, 0x3C, 0x2F, 0x42, 0x85, 0xFC,
)  # fmt: skip
FORMULA, NUMBER, LABEL, RICH_LABEL, BOOLEAN, STRING, RK, SHARED_LABEL, SEVERAL_RK = (
    0x06, 0x203, 0x204, 0xD6, 0x205, 0x207, 0x27E, 0xFD, 0xBD,
)  # fmt: skip
# Of the workbook: dates from 1904, formats and cell styles tell numbers from dates.
KEPT = frozenset({BOF, EOF, CONTINUE, CODE_PAGE, BOUND_SHEET, SHARED, 0x22, 0x41E, 0xE0})
# Of a sheet, with the bytes that each has at least.
CELLS = {
    FORMULA: 22, NUMBER: 14, LABEL: 8, RICH_LABEL: 8, BOOLEAN: 8, RK: 10, SHARED_LABEL: 10,
    SEVERAL_RK: 12,
}  # fmt: skip
BIFF8, OLDEST = 0x600, 0x500
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
          0x24: "#NUM!", 0x2A: "#N/A"}  # fmt: skip
CHINESE = "cp936"


@dataclass(frozen=True)
class Record:
    """`at` is where its four bytes of kind and length stand."""

    kind: int
    at: int
    data: bytes


@dataclass(frozen=True)
class Bound:
    """A sheet as the workbook announces it: where its records begin."""

    name: str
    at: int


class Workbook:
    """The stream of a workbook: `plain` is what is left of it, `sheets` are the facts of each in order."""

    def __init__(self, stream: bytes, limits: Limits) -> None:
        self.plain = bytearray(stream)
        self.limits = limits
        self.sheets: list[SheetFacts] = []
        self.version, self.codec = BIFF8, CHINESE
        self.left = len(stream)
        self.shared: list[bytes] = []
        try:
            bounds = self._scan_workbook(stream)
            self.lengths = lengths_of(self.shared, limits)
            self._scan_sheets(stream, bounds)
        except (struct.error, IndexError, ValueError, LookupError) as error:
            raise refuse_damaged() from error
        names = [bound.name for bound in bounds]
        check_totals(dict(zip(names, self.sheets, strict=True)), self.lengths, limits)

    def _scan_workbook(self, stream: bytes) -> list[Bound]:
        bounds: list[Bound] = []
        before = 0
        for record in self._records(stream, 0):
            if record.kind not in KEPT:
                self._blank(record)
            elif record.kind == BOUND_SHEET:
                bounds.append(self._bound(record.data))
            elif record.kind == SHARED or (record.kind == CONTINUE and before == SHARED):
                self.shared.append(record.data)
            self._note(record)
            before = before if record.kind == CONTINUE else record.kind
            if record.kind == EOF:
                break
        return bounds

    def _note(self, record: Record) -> None:
        """What the whole workbook says of itself."""
        if record.kind == FILE_PASS:
            raise refuse(PROTECTED)
        if record.kind == CODE_PAGE:
            self.codec = codec_of(struct.unpack("<H", record.data)[0])
        if record.kind == BOF:
            self.version = struct.unpack_from("<H", record.data)[0]
            if self.version not in {BIFF8, OLDEST}:
                raise refuse_damaged()

    def _scan_sheets(self, stream: bytes, bounds: list[Bound]) -> None:
        if len({bound.name for bound in bounds}) < len(bounds) or len(bounds) > self.limits.parts:
            raise refuse_damaged()
        for bound in bounds:
            if bound.at >= len(stream):
                raise refuse_damaged()
            self.sheets.append(SheetFacts())
            self._scan_sheet(stream, bound, self.sheets[-1])

    def _records(self, stream: bytes, at: int) -> Iterator[Record]:
        """All sheets together are no longer than the stream, else some stand within others."""
        while at < len(stream):
            kind, length = struct.unpack_from("<2H", stream, at)
            data = stream[at + 4 : at + 4 + length]
            self.left -= length + 4
            if len(data) < length or self.left < 0:
                raise refuse_damaged()
            yield Record(kind, at, data)
            at += 4 + length

    def _bound(self, data: bytes) -> Bound:
        at, _state, _kind, length = struct.unpack_from("<I3B", data)
        if self.version == BIFF8:
            codec = "utf-16-le" if data[7] & 1 else "latin-1"
            length *= 2 if data[7] & 1 else 1
            name = data[8 : 8 + length].decode(codec, "replace")
        else:
            name = data[7 : 7 + length].decode(self.codec, "replace")
        return Bound(name.replace("\0", ""), at)

    def _scan_sheet(self, stream: bytes, bound: Bound, facts: SheetFacts) -> None:
        depth = 0
        for record in self._records(stream, bound.at):
            depth += (record.kind == BOF) - (record.kind == EOF)
            if depth > 1 or (record.kind == EOF and depth == 1):
                self._blank(record)
            elif record.kind in CELLS:
                self._scan_cells(record, bound.name, facts)
            elif record.kind == STRING:
                facts.characters += len(record.data)
            elif record.kind not in {BOF, EOF, CONTINUE}:
                self._blank(record)
            if depth < 1:
                break

    def _scan_cells(self, record: Record, where: str, facts: SheetFacts) -> None:
        data = record.data
        if len(data) < CELLS[record.kind]:
            raise refuse_damaged()
        row, first = struct.unpack_from("<2H", data)
        last = last_column(record, first)
        check_extent(where, row + 1, last, self.limits)
        for column in range(first, last + 1):
            facts.count(row + 1, column)
        if facts.grid > self.limits.cells:
            raise refuse_cells(where, row + 1, last, self.limits)
        if record.kind == SHARED_LABEL:
            number = struct.unpack_from("<I", data, 6)[0]
            if number >= len(self.lengths):
                raise refuse_damaged()
            facts.strings[number] += 1
        elif record.kind in {LABEL, RICH_LABEL}:
            facts.characters += len(data)
        self._settle(record, (row + 1, first), facts)

    def _settle(self, record: Record, place: tuple[int, int], facts: SheetFacts) -> None:
        """An error becomes a flaw, a formula its value."""
        code = error_in(record)
        if code is not None:
            facts.flaws[place] = Flaw(ERRORS.get(code, "#VALUE!"))
            self._blank(record)
        elif record.kind == FORMULA:
            struct.pack_into("<H", self.plain, record.at + 4 + 20, 0)

    def _blank(self, record: Record) -> None:
        struct.pack_into("<H", self.plain, record.at, 0)


def last_column(record: Record, first: int) -> int:
    """Of several numbers side by side the record says it at its end, and must have room for them."""
    if record.kind != SEVERAL_RK:
        return first
    last: int = struct.unpack_from("<H", record.data, len(record.data) - 2)[0]
    if len(record.data) != 6 + 6 * (last - first + 1):
        raise refuse_damaged()
    return last


def codec_of(page: int) -> str:
    """For the names of sheets in sentences; the reader knows more code pages."""
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "latin-1"


def error_in(record: Record) -> int | None:
    """The code of the error that a cell or a formula has; None where it has a value."""
    data = record.data
    if record.kind == BOOLEAN and data[7]:
        return data[6]
    if record.kind == FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:  # noqa: PLR2004 - of the format
        return data[8]
    return None
