"""Reads delimited text: comma, semicolon, tab or pipe, with quoted line breaks."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import islice, takewhile

from django.utils.translation import gettext_noop as _

from riskhub.imports.encodings import decode
from riskhub.imports.limits import Limits
from riskhub.imports.sentences import place, refuse, refuse_at
from riskhub.imports.sheets import Cell, Sheet, TableFile, clean_text, column_letter

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 200
LONGEST_CELL = 32_767
SEPARATOR_LINE = re.compile(r"sep=([,;\t|:^~])\r?\n", re.IGNORECASE)
END = "\x01end of file"
RULE_LINE = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*$", re.MULTILINE)
FORMULA_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)

Judge = Callable[[list[list[Cell]]], float]


def read_delimited(data: bytes, limits: Limits, judge: Judge) -> TableFile:
    """One sheet without a name. Of the delimiters, the one whose rows the judge values most."""
    text, encoding = decode(data)
    if RULE_LINE.search(text[:20_000]):
        raise refuse(
            _("This is a Markdown text, not a table file. "
              "Copy its table into a sheet, save it as .xlsx."),
        )  # fmt: skip
    usual = csv.field_size_limit(LONGEST_CELL)  # it holds for the whole process
    try:
        delimiter = find_delimiter(text, judge)
        rows = list(read_rows(text, delimiter, limits))
    finally:
        csv.field_size_limit(usual)
    return TableFile("csv", (Sheet(None, rows),), encoding, delimiter)


def find_delimiter(text: str, judge: Judge) -> str:
    if named := SEPARATOR_LINE.match(text):
        return named[1]
    samples = {delimiter: sample(text, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda d: (judge(samples[d]), evenness(samples[d])))


def sample(text: str, delimiter: str) -> list[list[Cell]]:
    """The first records, as far as they can be read."""
    rows: list[list[Cell]] = []
    try:
        rows.extend(
            [clean_text(field) or None for field in record]
            for record in islice(reader(text, delimiter), SAMPLE_ROWS)
        )
    except csv.Error:
        return rows
    return rows


def evenness(rows: list[list[Cell]]) -> float:
    """Share of the rows with the commonest width above one; wider wins a tie."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count / len(rows) + width / 1000


def reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)


def read_rows(text: str, delimiter: str, limits: Limits) -> Iterator[list[Cell]]:
    """The records, numbered as a spreadsheet numbers its rows. Stops at the first limit passed."""
    row = cells = 0
    ended = text if text.endswith(("\n", "\r")) else text + "\n"
    try:
        for record in takewhile(lambda record: record != [END], reader(ended + END, delimiter)):
            row += 1
            cells += len(record)
            check_record(row, record, cells, limits)
            yield [field_value(field) for field in record]
    except csv.Error as error:
        raise refuse_at(
            place(None, row + 1),
            _("a cell has more than %(limit)s characters. Look for a quotation mark never closed."),
            limit=LONGEST_CELL,
        ) from error


def check_record(row: int, record: list[str], cells: int, limits: Limits) -> None:
    width = len(record)
    if record and record[-1].endswith(END):
        raise refuse_at(
            place(None, row, column_letter(width - 1)),
            _("a quotation mark is opened and never closed. Close it, or write it twice."),
        )
    if row > limits.rows:
        raise refuse_at(
            place(None, row),
            _("the limit is %(limit)s rows. Delete what stands below the table, or split it."),
            limit=limits.rows,
        )
    if width > limits.columns:
        raise refuse_at(
            place(None, row, column_letter(width - 1)),
            _("the limit is %(limit)s columns. Delete what stands right of the table."),
            limit=limits.columns,
        )
    if cells > limits.cells:
        raise refuse_at(
            place(None, row),
            _("the limit is %(limit)s cells. Copy the table alone into a new workbook."),
            limit=limits.cells,
        )


def field_value(field: str) -> Cell:
    """Text as it stands; the spreadsheet habit ="0001" is read as 0001."""
    text = clean_text(field)
    if formula := FORMULA_TEXT.match(text):
        text = formula[1].replace('""', '"')
    return text or None
