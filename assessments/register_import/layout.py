"""Chooses the sheet, the header row and the columns: as the mapping says, else as suggested."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from assessments.register_import.body import BodyRow, has_names
from assessments.register_import.columns import Column, Doubt, read_columns, suggest_columns
from assessments.register_import.mapping import ColumnName, RegisterMapping, wrong
from assessments.register_import.names import SEARCH, Name
from assessments.register_import.values import value_key
from riskhub.imports.headers import HeaderRow, find_header, find_headers, header_at
from riskhub.imports.sentences import FileRefusedError, place, refuse, refuse_at
from riskhub.imports.sheets import Cell, Sheet, TableFile, column_index, column_letter, text_of

LETTERS = re.compile(r"[A-Z]{1,3}")
SAMPLES = 3


@dataclass(frozen=True)
class Layout:
    """The columns by field, all columns that have a name, and the columns still in doubt."""

    columns: Mapping[str, tuple[Column, ...]]
    named: Sequence[Column]
    doubts: tuple[Doubt, ...] = ()

    @property
    def indexes(self) -> dict[str, tuple[int, ...]]:
        return {
            field: tuple(column.index for column in found) for field, found in self.columns.items()
        }

    def reference(self, field: str) -> ColumnName | list[ColumnName] | None:
        """The columns of a field as a mapping file names them."""
        names = [self.unique_name(column) for column in self.columns.get(field, ())]
        return (names[0] if len(names) == 1 else names) or None

    def unique_name(self, column: Column) -> ColumnName:
        """Its text; its letter where the text is not alone; its number where a text is that letter."""
        texts = [plain(other.text) for other in self.named]
        if column.text and texts.count(plain(column.text)) == 1:
            return column.text
        return column.index + 1 if plain(column.letter) in texts else column.letter


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def judge_header(rows: list[list[Cell]]) -> float:
    """How much of a header a text has when it is cut at one delimiter."""
    header = find_header(Sheet(None, rows), SEARCH)
    return header.known if header else 0


def choose_header(file: TableFile, mapping: RegisterMapping) -> HeaderRow:
    """The header row of the mapping, else the best one of its sheet, else of the file."""
    sheets = [named_sheet(file, mapping.sheet)] if mapping.sheet else list(file.sheets)
    found = find_headers(sheets, SEARCH)
    if mapping.header_row:
        sheet = found[0].sheet if found else sheets[0]
        return given_header(sheet, mapping.header_row)
    if found:
        return found[0]
    raise no_header(sheets)


def named_sheet(file: TableFile, name: str) -> Sheet:
    for sheet in file.sheets:
        if sheet.name is not None and plain(sheet.name) == plain(name):
            return sheet
    raise wrong(
        _(
            "The mapping's %(key)s is “%(name)s”, and the file has no such sheet. It has: %(known)s."
        ),
        key="sheet",
        name=name,
        known=", ".join(sheet.name or "CSV" for sheet in file.sheets),
    )


def given_header(sheet: Sheet, row: int) -> HeaderRow:
    if not any(cell is not None for cell in sheet.row(row)):
        raise wrong(
            _("The mapping's %(key)s is %(row)s, and that row is empty."), key="header_row", row=row
        )
    return header_at(sheet, row, SEARCH) or HeaderRow(sheet, row, frozenset(), known=0)


def no_header(sheets: Iterable[Sheet]) -> FileRefusedError:
    """Why no row is a header: the best try, with its place."""
    filled = [
        sheet for sheet in sheets if any(any(c is not None for c in row) for row in sheet.rows)
    ]
    if not filled:
        return refuse(_("No sheet has a filled cell. Choose a file with a table in it."))
    tries = [
        h
        for s in filled
        for r in range(1, min(len(s.rows), 100) + 1)
        if (h := header_at(s, r, SEARCH))
    ]
    best = max(tries, key=lambda header: header.known, default=None)
    if best is None or best.known < SEARCH.least:
        return refuse_at(
            place(filled[0].name, *first_cell(filled[0])),
            _("no row here names the columns of a risk register, such as “Risk” or “风险描述”. "
              "Put the column names into one row above the risks."),
        )  # fmt: skip
    cells = best.sheet.row(best.row)
    known = [text_of(cell) for cell in cells if SEARCH.fields(cell)]
    column = next(i for i, cell in enumerate(cells) if SEARCH.fields(cell))
    return refuse_at(
        place(best.sheet.name, best.row, column_letter(column)),
        _("the columns %(known)s are known, and none has the names of the risks. "
          "Name it “Risk” or “风险描述”, or set columns.title in the mapping."),
        known=", ".join(f"“{' '.join(name.split())}”" for name in known),
    )  # fmt: skip


def first_cell(sheet: Sheet) -> tuple[int, str]:
    """Row number and column letter of the first filled cell of a sheet that has one."""
    return next(
        (row, column_letter(column))
        for row, cells in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(cells)
        if cell is not None
    )


def lay_out(header: HeaderRow, end: int, mapping: RegisterMapping) -> Layout:
    """The given columns, and for the other fields the suggested ones among the columns left."""
    named = read_columns(header, end)
    given = {
        field: tuple(find_column(f"columns.{field}", name, header, named) for name in names)
        for field, names in mapping.columns.items()
        if names is not None
    }
    used = {column.index for columns in given.values() for column in columns}
    left = [column for column in named if column.index not in used]
    suggestion = suggest_columns(left, mapping.columns)
    answered = [doubt for doubt in suggestion.doubts if is_answered(doubt, mapping)]
    impact = {"impact": (answered[0].column,)} if answered else {}
    columns = {**impact, **suggestion.columns, **given}
    if "title" not in columns:
        raise no_title(header, named)
    return Layout(columns, named, tuple(d for d in suggestion.doubts if d not in answered))


def is_answered(doubt: Doubt, mapping: RegisterMapping) -> bool:
    """True where the mapping's scale of the impact names a value of the column: then it is a score."""
    rule = mapping.scales.get("impact")
    return rule is not None and any(value_key(cell) in rule.scores for cell in doubt.column.cells)


def find_column(key: str, name: ColumnName, header: HeaderRow, named: Sequence[Column]) -> Column:
    """By its text, else by its letter or number; MappingError when the table has no such column."""
    if isinstance(name, str):
        alike = [column for column in named if plain(column.text) == plain(name)]
        if alike:
            return alike[0]
        index = column_index(name) if LETTERS.fullmatch(name) else -1
    else:
        index = name - 1
    if 0 <= index < max((len(row) for row in header.sheet.rows), default=0):
        known = [column for column in named if column.index == index]
        return known[0] if known else Column(index, "", "", Name())
    raise wrong(
        _(
            "The mapping's %(key)s is “%(name)s”, and row %(row)s has no such column. It has: %(known)s."
        ),
        key=key,
        name=str(name),
        row=header.row,
        known=", ".join(f"{column.letter} “{' '.join(column.text.split())}”" for column in named),
    )


def no_title(header: HeaderRow, named: Sequence[Column]) -> FileRefusedError:
    column = named[0].letter if named else "A"
    return refuse_at(
        place(header.sheet.name, header.row, column),
        _("none of the columns has the names of the risks. "
          "Name it “Risk” or “风险描述”, or set columns.title in the mapping."),
    )  # fmt: skip


def check_filled(header: HeaderRow, layout: Layout, body: Sequence[BodyRow]) -> None:
    """Refuses an empty template, and a column of codes that names no risk."""
    title = layout.columns["title"][0]
    where = place(header.sheet.name, header.row, title.letter)
    name = " ".join(title.text.split())
    if not any(row.outcome == "risk" for row in body):
        raise refuse_at(
            where,
            _("the column “%(name)s” has no risk below it: the table is empty. "
              "Fill in the rows, then import it again."),
            name=name,
        )  # fmt: skip
    if not has_names(body, layout.indexes["title"]):
        raise refuse_at(
            where,
            _("the column “%(name)s” holds only codes or numbers, no names of risks. "
              "Set columns.title in the mapping to the column with the names."),
            name=name,
        )  # fmt: skip
