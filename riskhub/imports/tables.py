"""From the bytes of an upload to its sheets: the one way in."""

from pathlib import Path

from riskhub.imports.delimited import Judge, read_delimited
from riskhub.imports.kinds import kind_of
from riskhub.imports.limits import DEFAULT_LIMITS, Limits
from riskhub.imports.opendocument import read_opendocument
from riskhub.imports.sheets import TableFile
from riskhub.imports.workbooks import read_old_workbook, read_workbook

BOOKS = {"xlsx": read_workbook, "xls": read_old_workbook, "ods": read_opendocument}


def read_tables(
    source: bytes | Path, filename: str, judge: Judge, limits: Limits = DEFAULT_LIMITS
) -> TableFile:
    """The sheets of the file, or FileRefusedError.

    The judge values the first rows of a text under one delimiter, so that the delimiter
    is taken under which a known header row appears.
    """
    data = source if isinstance(source, bytes) else read_bytes(source, limits)
    kind = kind_of(data, filename, limits)
    if kind == "csv":
        return read_delimited(data, limits, judge)
    return BOOKS[kind](data, limits)


def read_bytes(path: Path, limits: Limits) -> bytes:
    """At most one byte more than the limit, enough to see that it is passed."""
    with path.open("rb") as stream:
        return stream.read(limits.file_bytes + 1)
