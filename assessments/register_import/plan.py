"""From a file to the plan of its import: what would become of every row, and what is still asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessments.register_import.body import read_body
from assessments.register_import.evidence import Evidence, evidence_in, third_factor
from assessments.register_import.fields import AXES, FIELDS
from assessments.register_import.layout import (
    Layout,
    check_filled,
    choose_header,
    judge_header,
    lay_out,
)
from assessments.register_import.mapping import DEFAULTS, RegisterMapping, parse_mapping
from assessments.register_import.names import SEARCH
from assessments.register_import.reading import Table
from assessments.register_import.rows import ImportedRow, interpret_rows
from assessments.register_import.scales import AxisScale, read_scales
from assessments.register_import.words import USUAL, Words
from riskhub.imports.headers import HeaderRow, find_end
from riskhub.imports.limits import DEFAULT_LIMITS, Limits
from riskhub.imports.sentences import FileRefusedError, Sentence
from riskhub.imports.sheets import Cell, TableFile, text_of
from riskhub.imports.tables import read_tables

LevelOf = Callable[[ImportedRow], str | None]


@dataclass(frozen=True)
class ImportPlan:
    """`mapping` is the one in effect, in the form of a mapping file; `refused` only for no register.

    `layout` has the columns that the wizard shows, `sheets` the names to choose from.
    """

    file: str
    sheet: str | None = None
    header_row: int | None = None
    mapping: Mapping[str, Any] = field(default_factory=dict)
    scales: Mapping[str, Any] = field(default_factory=dict)
    refused: Sentence | None = None
    rows: tuple[ImportedRow, ...] = ()
    layout: Layout | None = None
    sheets: tuple[str, ...] = ()

    @property
    def undecided(self) -> bool:
        return any(scale["undecided"] for scale in self.scales.values())

    def as_json(self, level_of: LevelOf = lambda _row: None) -> dict[str, Any]:
        """The object that `import_register --json` prints; levels are the caller's to find."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "mapping": dict(self.mapping),
            "scales": dict(self.scales),
            "refused": str(self.refused) if self.refused else None,
            "rows": [row.as_json(level_of(row)) for row in self.rows],
        }


def describe(
    source: bytes | str | Path,
    filename: str,
    mapping: object = None,
    limits: Limits = DEFAULT_LIMITS,
) -> ImportPlan:
    """Reads a file by its suggested mapping, changed by the given one.

    A file that is no register gives a plan with `refused`; a wrong mapping raises MappingError.
    """
    parsed = parse_mapping(mapping)
    try:
        data = source if isinstance(source, bytes) else Path(source)
        file = read_tables(data, filename, judge_header, limits)
        return plan_table(file, filename, parsed)
    except FileRefusedError as refusal:
        return ImportPlan(filename, refused=refusal.sentence)


def plan_table(
    file: TableFile, filename: str, mapping: RegisterMapping, words: Words = USUAL
) -> ImportPlan:
    header = choose_header(file, mapping)
    end = find_end(header, SEARCH)
    layout = lay_out(header, end, mapping)
    columns = layout.indexes
    body = list(read_body(header, end, columns))
    check_filled(header, layout, body)
    scales = settle_scales(
        header, layout, [row.cells for row in body if row.outcome == "risk"], mapping
    )
    table = Table(columns, scales, mapping.defaults, layout.doubts, words)
    return ImportPlan(
        file=filename,
        sheet=header.sheet.name,
        header_row=header.row,
        mapping=effective_mapping(header, layout, scales, mapping),
        scales={axis: scale.as_json(layout.reference(axis)) for axis, scale in scales.items()},
        rows=tuple(interpret_rows(table, iter(body))),
        layout=layout,
        sheets=tuple(sheet.name for sheet in file.sheets if sheet.name is not None),
    )


def settle_scales(
    header: HeaderRow, layout: Layout, rows: list[tuple[Cell, ...]], mapping: RegisterMapping
) -> dict[str, AxisScale]:
    """One scale per axis from the values of the risks alone, both pairs together."""
    indexes = {
        axis: [*layout.indexes.get(axis, ()), *layout.indexes.get(f"residual_{axis}", ())]
        for axis in AXES
    }
    cells = {axis: [row[i] for row in rows for i in indexes[axis] if i < len(row)] for axis in AXES}
    notes = [
        text_of(cell)
        for row in range(1, header.row)
        for cell in header.sheet.row(row)
        if isinstance(cell, str)
    ]
    evidence = {axis: axis_evidence(layout, axis, notes) for axis in AXES}
    return read_scales(cells, mapping.scales, evidence)


def axis_evidence(layout: Layout, axis: str, notes: list[str]) -> Evidence:
    columns = [*layout.columns.get(axis, ()), *layout.columns.get(f"residual_{axis}", ())]
    texts = [f"{column.over} {column.text}" for column in columns]
    found = evidence_in(" ".join(texts), notes)
    return found if found != Evidence() else third_factor(column.text for column in layout.named)


def effective_mapping(
    header: HeaderRow, layout: Layout, scales: Mapping[str, AxisScale], mapping: RegisterMapping
) -> dict[str, Any]:
    """What was used, ready to be stored, changed and given back.

    It names every field, null for those that the file lacks, so that nothing is suggested anew;
    only a question still open leaves out the fields between which it asks.
    """
    asked = {name for doubt in layout.doubts for name in doubt.fields} - layout.columns.keys()
    columns = {name: layout.reference(name) for name in FIELDS if name not in asked}
    return {
        "sheet": header.sheet.name,
        "header_row": header.row,
        "columns": columns,
        "scales": {axis: scale.as_mapping() for axis, scale in scales.items()},
        "defaults": {name: mapping.defaults.get(name) or value for name, value in DEFAULTS.items()},
    }
