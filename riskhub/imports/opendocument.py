"""Reads the sheets of an OpenDocument file (.ods) in the one pass that counts its cells.

Not by calamine, as the other workbooks are: it goes on for ever where a table ends too early, and
writes out what a file repeats (a thousand million spaces in a few bytes) before anybody can count it.
"""

import re
from datetime import datetime
from typing import ClassVar
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from django.utils.translation import gettext_noop as _

from riskhub.imports.extents import SheetFacts, check_extent, check_totals, refuse_cells
from riskhub.imports.kinds import PROTECTED
from riskhub.imports.limits import Limits
from riskhub.imports.packages import (
    CONTENT,
    MANIFEST,
    check_opendocument,
    read_parts,
    refuse_damaged,
)
from riskhub.imports.parts import scan
from riskhub.imports.sentences import refuse
from riskhub.imports.sheets import NOT_CALCULATED, Cell, Flaw, Sheet, TableFile, clean_cell

CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
# What stands in a cell and is not its text: a note, a drawing, the reading of a Chinese word.
ASIDE = ("office:annotation", "text:note", "text:ruby-text", "table:shapes", "draw:")
WHITE = re.compile(r"[ \t\r\n]+")
NUMBERS = frozenset({"float", "percentage", "currency"})
ERROR = re.compile(r"#(?:DIV/0!|REF!|VALUE!|NAME\?|N/A|NUM!|NULL!)|Err:\d{3}|#[A-Z/0]{2,8}[!?]")


def read_opendocument(data: bytes, limits: Limits) -> TableFile:
    """All sheets in order. Formulas give their stored value, errors and lost values a Flaw."""
    parts = read_parts(data, limits, check_opendocument)
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise refuse(PROTECTED)
    content = ContentScan(limits)
    scan(parts[CONTENT], content)
    if not content.is_spreadsheet:
        raise refuse(
            _("This OpenDocument file is no sheet. Copy its table into a sheet, save it as .ods."),
        )
    return TableFile("ods", tuple(content.sheets))


class ContentScan(ContentHandler):
    """Tables, rows and cells of `content.xml`; what repeats is counted before it is kept."""

    starts: ClassVar[dict[str, str]] = {
        "style:style": "start_style",
        "style:table-properties": "start_properties",
        "table:table-row": "start_row",
        "text:p": "start_paragraph",
        "text:s": "start_spaces",
        "text:tab": "start_tab",
        "text:line-break": "start_break",
    }

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.is_spreadsheet = False
        self.sheets: list[Sheet] = []
        self.facts: dict[str, SheetFacts] = {}
        self.path: list[str] = []
        self.aside = 0
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.table: Table | None = None
        self.cell: CellScan | None = None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (the interface's name)
        parent = self.path[-1] if self.path else ""
        self.path.append(name)
        if self.aside or (self.table and name.startswith(ASIDE)):
            self.aside += 1
        elif name == "office:spreadsheet":
            self.is_spreadsheet = True
        elif name == "table:table":
            self.start_table(parent, attrs)
        elif name in CELLS:
            if self.table and not self.cell:
                self.cell = CellScan(attrs, self.limits)
        elif name in self.starts:
            getattr(self, self.starts[name])(attrs)

    def start_table(self, parent: str, attrs: AttributesImpl) -> None:
        """A table within a cell is not read."""
        if self.cell:
            self.aside = 1
        elif parent == "office:spreadsheet":
            style = attrs.get("table:style-name", "")
            name = attrs.get("table:name") or f"{len(self.sheets) + 1}"
            if name in self.facts or len(self.sheets) == self.limits.parts:
                raise refuse_damaged()
            self.table = Table(name, self.limits, is_hidden=style in self.hidden_styles)

    def start_style(self, attrs: AttributesImpl) -> None:
        self.style = attrs.get("style:name", "")

    def start_properties(self, attrs: AttributesImpl) -> None:
        if attrs.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def start_row(self, attrs: AttributesImpl) -> None:
        if self.table and not self.cell:
            self.table.start_row(times(attrs, "table:number-rows-repeated"))

    def start_paragraph(self, _attrs: AttributesImpl) -> None:
        if self.cell:
            self.cell.start_paragraph()

    def start_spaces(self, attrs: AttributesImpl) -> None:
        if self.cell:
            self.cell.add(" " * min(times(attrs, "text:c"), self.limits.columns))

    def start_tab(self, _attrs: AttributesImpl) -> None:
        if self.cell:
            self.cell.add("\t")

    def start_break(self, _attrs: AttributesImpl) -> None:
        if self.cell:
            self.cell.add("\n")

    def characters(self, content: str) -> None:
        if self.cell and not self.aside:
            self.cell.flow(WHITE.sub(" ", content))

    def endElement(self, name: str) -> None:  # noqa: N802 (the interface's name)
        self.path.pop()
        if self.aside:
            self.aside -= 1
        elif name in CELLS and self.cell and self.table:
            self.table.add(self.cell)
            self.cell = None
        elif name == "text:p" and self.cell:
            self.cell.is_open = False
        elif name == "table:table-row" and self.table and not self.cell:
            self.table.end_row()
        elif name == "table:table" and self.table and not self.cell:
            self.end_table(self.table)

    def end_table(self, table: "Table") -> None:
        self.facts[table.name] = table.facts
        check_totals(self.facts, (), self.limits)
        self.sheets.append(Sheet(table.name, table.rows, is_hidden=table.is_hidden))
        self.table = None


def times(attrs: AttributesImpl, name: str) -> int:
    """How often something repeats; ValueError for what is no count."""
    count = int(attrs.get(name, "1"))
    if count < 1:
        raise ValueError(name)
    return count


class CellScan:
    """One cell while it is read."""

    def __init__(self, attrs: AttributesImpl, limits: Limits) -> None:
        self.left = limits.characters
        self.attrs = {name: attrs[name] for name in attrs.getNames()}
        self.times = times(attrs, "table:number-columns-repeated")
        self.paragraphs: list[list[str]] = []
        self.is_open = False

    def start_paragraph(self) -> None:
        self.paragraphs.append([])
        self.is_open = True

    def flow(self, text: str) -> None:
        """Line ends and blanks between words are one blank, however the parser cuts them."""
        before = self.paragraphs[-1] if self.is_open else []
        self.add(text.lstrip(" ") if before and before[-1].endswith(" ") else text)

    def add(self, text: str) -> None:
        self.left -= len(text)
        if self.left < 0:
            raise refuse_damaged()
        if self.is_open:
            self.paragraphs[-1].append(text)

    @property
    def text(self) -> str:
        return "\n".join("".join(parts) for parts in self.paragraphs)

    def value(self) -> Cell:
        """What the file stores; a text where it says no kind, a Flaw for an error."""
        kind, text = self.attrs.get("office:value-type", ""), self.text
        has_formula = "table:formula" in self.attrs
        if self.attrs.get("calcext:value-type") == "error":
            return Flaw(text.strip() or "#VALUE!")
        if has_formula and ERROR.fullmatch(text.strip()):
            return Flaw(text.strip())
        if has_formula and not kind:
            return NOT_CALCULATED
        return clean_cell(self.typed(kind, text))

    def typed(self, kind: str, text: str) -> object:
        if kind in NUMBERS:
            return float(self.attrs["office:value"])
        if kind == "boolean":
            return self.attrs.get("office:boolean-value") == "true"
        if kind == "date":
            return day(self.attrs.get("office:date-value", "")) or text
        return self.attrs.get("office:string-value") or text


def day(text: str) -> datetime | None:
    """A day before year 1 or after 9999 is no day that can be meant."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


class Table:
    """One sheet while it is read. Empty cells and rows wait until something follows them."""

    def __init__(self, name: str, limits: Limits, *, is_hidden: bool) -> None:
        self.name, self.limits, self.is_hidden = name, limits, is_hidden
        self.facts = SheetFacts()
        self.rows: list[list[Cell]] = []
        self.above = 0
        self.row: list[Cell] = []
        self.column = 0
        self.times = 1

    def start_row(self, count: int) -> None:
        self.row, self.column, self.times = [], 0, count

    def add(self, cell: CellScan) -> None:
        value = cell.value()
        first, self.column = self.column, self.column + cell.times
        if value is None:
            return
        last = self.above + self.times
        check_extent(self.name, last, self.column - 1, self.limits)
        self.row.extend([None] * (first - len(self.row)))
        self.row.extend([value] * cell.times)
        self.facts.count(last, self.column - 1)
        size = len(value) if isinstance(value, str) else 0
        self.facts.characters += size * cell.times * self.times
        if self.facts.grid > self.limits.cells or self.facts.characters > self.limits.characters:
            raise refuse_cells(self.name, last, self.column - 1, self.limits)

    def end_row(self) -> None:
        if self.row:
            self.rows.extend([] for _row in range(self.above - len(self.rows)))
            self.rows.extend(list(self.row) for _row in range(self.times))
        self.above += self.times
        self.row, self.column, self.times = [], 0, 1
