"""The compound file of an old workbook (.xls): its streams by name, and one put into a plain file again."""

import struct
from collections.abc import Iterator
from io import BytesIO

from riskhub.imports.packages import refuse_damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
REGULAR = 0xFFFFFFFA  # what is above is no sector
HEADER, ENTRY, SMALL_SECTOR, CUTOFF = 512, 128, 64, 4096
IN_HEADER = 109
LARGE = 4096
STREAM, ROOT = 2, 5


class CompoundFile:
    """Every chain is followed at most as far as the file has sectors. Raises FileRefusedError."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise refuse_damaged() from error

    def _open(self) -> None:
        shift, small_shift = struct.unpack_from("<2H", self.data, 30)
        if shift not in {9, 12} or small_shift != 6:  # noqa: PLR2004 - powers of two: 512 or 4096, and 64
            raise refuse_damaged()
        self.size = 1 << shift
        directory, small, more = (struct.unpack_from("<I", self.data, at)[0] for at in (48, 60, 68))
        self.fat = self._numbers(self._fat_sectors(more))
        self.entries = dict(self._entries(self._chain(directory)))
        self.small_fat = self._numbers(self._chain(small)) if small < REGULAR else ()
        start, size = self.root
        self.small = self._content(self._chain(start), size) if start < REGULAR else b""

    def names(self) -> frozenset[str]:
        return frozenset(self.entries)

    def stream(self, name: str) -> bytes:
        """The content of a stream that is there."""
        start, size = self.entries[name]
        try:
            if size >= CUTOFF:
                return self._content(self._chain(start), size)
            return self._small_content(start, size)
        except (struct.error, IndexError) as error:
            raise refuse_damaged() from error

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        sector = self.data[at : at + self.size]
        if not sector:
            raise refuse_damaged()
        return sector

    def _fat_sectors(self, more: int) -> list[int]:
        """Those in the header, and those in the sectors that go on where it ends."""
        found = list(struct.unpack_from(f"<{IN_HEADER}I", self.data, 76))
        for _step in range(len(self.data) // self.size):
            if more >= REGULAR:
                break
            numbers = self._numbers([more])
            found += numbers[:-1]
            more = numbers[-1]
        return [number for number in found if number < REGULAR]

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        content = b"".join(self._sector(number) for number in sectors)
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _chain(self, number: int) -> list[int]:
        return follow(number, self.fat, len(self.data) // self.size)

    def _content(self, sectors: list[int], size: int) -> bytes:
        content = b"".join(self._sector(number) for number in sectors)
        return content[:size]

    def _small_content(self, start: int, size: int) -> bytes:
        if not size:
            return b""
        sectors = follow(start, self.small_fat, len(self.small) // SMALL_SECTOR + 1)
        places = (number * SMALL_SECTOR for number in sectors)
        return b"".join(self.small[at : at + SMALL_SECTOR] for at in places)[:size]

    def _entries(self, sectors: list[int]) -> Iterator[tuple[str, tuple[int, int]]]:
        """Those at the top, which a tree of neighbours names; a workbook within the workbook is none."""
        directory = b"".join(self._sector(number) for number in sectors)
        entries = [directory[at : at + ENTRY] for at in range(0, len(directory) - ENTRY + 1, ENTRY)]
        waiting, seen = [struct.unpack_from("<I", entries[0], 76)[0]], set()
        self.root = struct.unpack_from("<2I", entries[0], 116)
        while waiting:
            number = waiting.pop()
            if number >= len(entries) or number in seen:
                continue
            seen.add(number)
            left, right = struct.unpack_from("<2I", entries[number], 68)
            waiting += [left, right]
            length = min(int.from_bytes(entries[number][64:66], "little"), 64)
            name = entries[number][: max(length - 2, 0)].decode("utf-16-le", "replace")
            yield name, struct.unpack_from("<2I", entries[number], 116)


def follow(number: int, table: tuple[int, ...], most: int) -> list[int]:
    """The sectors of a chain; a ring, or a chain longer than the file, is refused."""
    found: list[int] = []
    while number < REGULAR:
        if len(found) >= most:
            raise refuse_damaged()
        found.append(number)
        number = table[number]
    return found


def packed_stream(name: str, content: bytes) -> BytesIO:
    """A plain file with this stream alone, in large sectors, so that its table fits into the header."""
    content = content.ljust(CUTOFF, b"\0")
    count = -(-len(content) // LARGE)
    tables = 1
    while tables * (LARGE // 4) < tables + 1 + count:
        tables += 1
    first = tables + 1
    fat = [FAT_SECTOR] * tables + [END] + [first + i + 1 for i in range(count - 1)] + [END]
    fat += [FREE] * (tables * LARGE // 4 - len(fat))
    header = bytearray(HEADER)
    header[:8] = SIGNATURE
    struct.pack_into("<5H", header, 24, 0x3E, 4, 0xFFFE, 12, 6)
    struct.pack_into("<9I", header, 40, 1, tables, tables, 0, CUTOFF, END, 0, END, 0)
    listed = list(range(tables)) + [FREE] * (IN_HEADER - tables)
    struct.pack_into(f"<{IN_HEADER}I", header, 76, *listed)
    directory = entry("Root Entry", ROOT, first, 0, child=1) + entry(
        name, STREAM, first, len(content)
    )
    return BytesIO(
        bytes(header).ljust(LARGE, b"\0")
        + struct.pack(f"<{len(fat)}I", *fat)
        + directory.ljust(LARGE, b"\0")
        + content.ljust(count * LARGE, b"\0")
    )


def entry(name: str, kind: int, start: int, size: int, *, child: int = FREE) -> bytes:
    found = bytearray(ENTRY)
    encoded = name.encode("utf-16-le") + b"\0\0"
    found[: len(encoded)] = encoded
    struct.pack_into("<H2B3I", found, 64, len(encoded), kind, 1, FREE, FREE, child)
    struct.pack_into("<2I", found, 116, start, size)
    return bytes(found)
