"""Suggests which column is what, from the names and, where a name is doubtful, from the values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assessments.register_import.fields import AXES, JOINED_FIELDS, TEXT_FIELDS
from assessments.register_import.names import Name, normal_form, qualifier_of, read_name
from assessments.register_import.values import (
    is_scale_word,
    look,
    number_of,
    share_of_names,
    text_length,
)
from assessments.register_import.words import is_strategy
from riskhub.imports.headers import HeaderRow, header_names
from riskhub.imports.sheets import Cell, column_letter, text_of

SAMPLE = 2000
LONG = 60
SECOND_GROUP = 2
IMPACTS = ("impact", "residual_impact")
LEC = ("l", "e", "c")


@dataclass(frozen=True)
class Column:
    """One column of the table. `over` is the text of a spanning cell above its own name."""

    index: int
    over: str
    text: str
    name: Name
    cells: tuple[Cell, ...] = ()

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    @property
    def look(self) -> str:
        return look(self.cells)

    @property
    def has_numbers(self) -> bool:
        return any(number_of(cell) is not None for cell in self.cells)

    @property
    def filled(self) -> int:
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True)
class Doubt:
    """A column whose name may mean a score or a text, and whose values do not tell."""

    column: Column
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    columns: Mapping[str, tuple[Column, ...]]
    doubts: tuple[Doubt, ...] = ()


def read_columns(header: HeaderRow, last_row: int) -> list[Column]:
    """The named columns with their values down to the last row of the table."""
    rows = range(header.first_data_row, min(last_row, header.first_data_row + SAMPLE) + 1)
    return [
        Column(
            index,
            over,
            text,
            column_name(over, text),
            tuple(header.sheet.cell(row, index) for row in rows),
        )
        for index, over, text in header_names(header)
    ]


def column_name(over: str, text: str) -> Name:
    """The meaning of the lower text, with the qualifier of the text over it.

    A lower text that says nothing by itself (影响 over 范围, 质量, 进度, 成本) takes the upper meaning.
    """
    name = read_name(text)
    above = read_name(over) if over else Name()
    if not name.fields or (name.fields == ("unused",) and "impact" in above.fields):
        return above if set(above.fields) & set(AXES) else name
    if over and not name.qualifier and set(name.fields) & {*AXES, "level", "score", "consequence"}:
        return replace(name, qualifier=qualifier_of(normal_form(over))[0])
    return name


def suggest_columns(
    columns: Iterable[Column], given: Mapping[str, object] | None = None
) -> Suggestion:
    """Fields and their columns. `given` has the fields that the mapping settles, null included."""
    taken = given or {}
    has_impact = any(taken.get(field) is not None for field in IMPACTS)
    known = [column for column in without_lec(list(columns)) if column.name.fields]
    found = [column for column in known if column.name.qualifier != "target"]
    axes, texts, doubts = settle_axes(found, has_impact=has_impact)
    texts = [*texts, *(column for column in found if not set(column.name.fields) & set(AXES))]
    result = {**axes, **suggest_title(texts), **suggest_texts(texts)}
    return Suggestion(
        {field: columns for field, columns in result.items() if columns and field not in taken},
        () if "impact" in taken else tuple(doubts),
    )


def without_lec(columns: list[Column]) -> list[Column]:
    """L, E and C side by side are another method (LEC), not probability and impact."""
    letters = {normal_form(column.text) for column in columns}
    if "l" in letters and "c" in letters and any(normal_form(c.text) == "e" for c in columns):
        return [column for column in columns if normal_form(column.text) not in LEC]
    return columns


def settle_axes(
    columns: list[Column], *, has_impact: bool
) -> tuple[dict[str, tuple[Column, ...]], list[Column], list[Doubt]]:
    """Score columns by field; the columns that turned out to be texts; the undecided."""
    named = [column for column in columns if set(column.name.fields) & set(AXES)]
    has_impact = has_impact or any(map(is_plain_impact, named))
    scores: dict[str, list[Column]] = {axis: [] for axis in AXES}
    texts: list[Column] = []
    doubts: list[Doubt] = []
    for column in named:
        meaning = axis_meaning(column, has_impact=has_impact)
        if meaning in AXES:
            scores[meaning].append(column)
        elif meaning:
            texts.append(replace(column, name=Name((meaning,))))
        else:
            doubts.append(Doubt(column, tuple(sorted(column.name.fields))))
    if scores["impact"]:
        texts += [replace(doubt.column, name=Name(("consequence",))) for doubt in doubts]
        doubts = []
    return (
        {field: cols for axis in AXES for field, cols in split_axis(axis, scores[axis])},
        texts,
        doubts,
    )


def is_plain_impact(column: Column) -> bool:
    """An impact by its name alone, or by a doubtful name and its values."""
    if column.name.fields == ("impact",):
        return axis_meaning(column, has_impact=False) == "impact"
    return column.name.fields == ("impact", "consequence") and column.look == "scores"


def axis_meaning(column: Column, *, has_impact: bool) -> str:
    """The one field that a column of an axis means; empty where its values do not tell."""
    fields, seen = column.name.fields, column.look
    if fields in {("probability",), ("impact",)}:
        is_prose = seen == "text" and prose(column)
        return ("notes" if fields == ("probability",) else "consequence") if is_prose else fields[0]
    if "level" in fields:
        return "level" if has_impact else "impact"
    if seen == "empty":
        return fields[0]
    if has_impact and (seen != "scores" or (fields[0] == "consequence" and not column.has_numbers)):
        return "consequence"
    return {"scores": "impact", "text": "consequence"}.get(seen, "")


def prose(column: Column) -> bool:
    """Sentences rather than words of a scale that we do not know."""
    texts = [text_of(cell) for cell in column.cells if cell is not None]
    return sum(text_length(text) > LONG for text in texts) * 2 > len(texts)


def split_axis(axis: str, columns: list[Column]) -> list[tuple[str, tuple[Column, ...]]]:
    """Which columns of an axis are the first pair's, and which the residual's."""
    by: dict[str, list[Column]] = {"": [], "inherent": [], "current": [], "residual": []}
    for column in columns:
        by[column.name.qualifier].append(column)
    now = by["current"] or (by[""] if by["inherent"] else [])
    first = by["inherent"] or by[""] or by["current"]
    after = by["residual"] or (now if now is not first else [])
    return [(axis, same_question(first)), (f"residual_{axis}", same_question(after))]


def same_question(columns: list[Column]) -> tuple[Column, ...]:
    """Several columns under one spanning cell belong together; else the numbered one, or the first."""
    if not columns:
        return ()
    if len(columns) > 1 and columns[0].over and len({column.over for column in columns}) == 1:
        return tuple(columns)
    numbered = [c for c in columns if c.filled and not any(is_scale_word(cell) for cell in c.cells)]
    filled = [column for column in columns if column.filled]
    return ((numbered or filled or columns)[0],)


def suggest_title(columns: list[Column]) -> dict[str, tuple[Column, ...]]:
    """The best named column whose values can be names; a second description is the event."""
    ranked = sorted(
        (column for column in columns if "title" in column.name.fields),
        key=lambda column: column.name.rank,
    )
    usable = [column for column in ranked if can_be_title(column)]
    if not usable:
        return {"title": tuple(ranked[:1])}
    title, *others = usable
    events = [column for column in others if column.name.rank >= SECOND_GROUP]
    return {"title": (title,), "event": tuple(sorted(events, key=is_event)[:1])}


def is_event(column: Column) -> float:
    """Descriptions before second names of the risk."""
    return -column.name.rank


def can_be_title(column: Column) -> bool:
    share = share_of_names(column.cells)
    return share is None or 2 * share >= 1


def suggest_texts(columns: list[Column]) -> dict[str, tuple[Column, ...]]:
    """One column of each field, all of a field whose texts may be joined."""
    found: dict[str, list[Column]] = {
        field: [] for field in TEXT_FIELDS if field not in {"title", "event"}
    }
    for column in columns:
        field = text_field(column)
        if field in found and not (
            field in {"level", "score"} and column.name.qualifier == "residual"
        ):
            found[field].append(column)
    return {
        field: tuple(several) if field in JOINED_FIELDS else best_filled(several)
        for field, several in found.items()
    }


def best_filled(columns: list[Column]) -> tuple[Column, ...]:
    """The filled column with the best known name."""
    return tuple(sorted(columns, key=lambda column: (not column.filled, column.name.rank))[:1])


def text_field(column: Column) -> str:
    """The field of a column of texts; answers in one word are a strategy whatever the name says."""
    field = column.name.fields[0]
    if field not in {"measures", "strategy"} or not column.filled:
        return field
    texts = [text_of(cell) for cell in column.cells if cell is not None]
    return "strategy" if 2 * sum(map(is_strategy, texts)) > len(texts) else "measures"
