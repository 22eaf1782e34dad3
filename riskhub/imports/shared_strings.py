"""How long the shared strings of an old workbook are, counted before anybody repeats them."""

from collections.abc import Iterator, Sequence

from riskhub.imports.limits import Limits
from riskhub.imports.packages import refuse_damaged

IS_WIDE, HAS_PHONETICS, HAS_RUNS = 0x01, 0x04, 0x08
HEAD = 8


def lengths_of(records: Sequence[bytes], limits: Limits) -> list[int]:
    """Characters per string, in order; IndexError where a string ends too early."""
    reader = Reader([records[0][HEAD:], *records[1:]]) if records else Reader([])
    found: list[int] = []
    for length in reader.strings():
        if len(found) == limits.cells:
            raise refuse_damaged()
        found.append(length)
    return found


class Reader:
    """Reads on over the ends of records. Characters cut in two begin again with a byte of flags."""

    def __init__(self, records: list[bytes]) -> None:
        self.records = records
        self.number = self.at = 0

    def strings(self) -> Iterator[int]:
        while self._has_more():
            length = self._number(2)
            flags = self._number(1)
            runs = self._number(2) if flags & HAS_RUNS else 0
            phonetics = self._number(4) if flags & HAS_PHONETICS else 0
            self._skip_characters(length, flags)
            self._skip(runs * 4 + phonetics)
            yield length

    def _has_more(self) -> bool:
        while self.number < len(self.records) and self.at >= len(self.records[self.number]):
            self.number, self.at = self.number + 1, 0
        return self.number < len(self.records)

    @property
    def _left(self) -> int:
        return len(self.records[self.number]) - self.at

    def _number(self, size: int) -> int:
        """A number stands in one record."""
        if not self._has_more() or self._left < size:
            raise IndexError
        self.at += size
        return int.from_bytes(self.records[self.number][self.at - size : self.at], "little")

    def _skip_characters(self, length: int, flags: int) -> None:
        while length:
            if not self._left:
                self.number, self.at = self.number + 1, 0
                flags = self._number(1)
            width = 2 if flags & IS_WIDE else 1
            taken = min(length, self._left // width)
            if not taken and self._left:
                raise IndexError
            self.at += taken * width
            length -= taken

    def _skip(self, size: int) -> None:
        while size > 0:
            if not self._has_more():
                raise IndexError
            taken = min(size, self._left)
            self.at += taken
            size -= taken
