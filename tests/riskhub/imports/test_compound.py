"""Streams of a compound file: read as they were put, and no chain is followed without end."""

import struct

import pytest

from riskhub.imports.compound import CompoundFile, packed_stream
from riskhub.imports.sentences import FileRefusedError
from tests.riskhub.imports.made_books import compound

CONTENT = bytes(range(256)) * 40


@pytest.mark.parametrize("size", [1, 63, 64, 65, 4095, 4096, 4097, 9000])
def test_streams_of_every_size(size):
    file = CompoundFile(compound({"Book": CONTENT[:size], "Empty": b"", "Other": b"x" * 100}))
    assert file.names() == {"Book", "Empty", "Other"}
    assert file.stream("Book") == CONTENT[:size]
    assert (file.stream("Empty"), file.stream("Other")) == (b"", b"x" * 100)


@pytest.mark.parametrize("size", [10, 4096, 10_000_000])
def test_what_is_packed_is_read_again(size):
    content = (CONTENT * (size // len(CONTENT) + 1))[:size]
    file = CompoundFile(packed_stream("Workbook", content).getvalue())
    assert file.stream("Workbook").rstrip(b"\0") == content.rstrip(b"\0")


def changed(at, number, size=4):
    data = bytearray(compound({"Book": CONTENT}))
    data[at : at + size] = number.to_bytes(size, "little")
    return bytes(data)


def ring():
    """The first sector of the stream is followed by itself."""
    data = bytearray(compound({"Book": CONTENT}))
    table = struct.unpack_from("<I", data, 76)[0]
    struct.pack_into("<I", data, (table + 1) * 512, 0)
    return bytes(data)


def many():
    """The table of sectors goes on in a sector that follows itself."""
    data = bytearray(compound({"Book": CONTENT}))
    struct.pack_into("<I", data, 68, 0)
    struct.pack_into("<I", data, 512 + 508, 0)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        changed(30, 3, 2),
        changed(32, 9, 2),
        changed(48, 0x00FFFFFF),
        changed(76, 0x00FFFFFF),
        ring(),
        many(),
        compound({"Book": CONTENT})[:700],
        compound({"Book": CONTENT})[:30],
    ],
)
def test_what_leads_nowhere_is_refused(data):
    with pytest.raises(FileRefusedError):
        CompoundFile(data).stream("Book")
