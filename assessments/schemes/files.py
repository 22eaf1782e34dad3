"""A matrix from a file: in our own format, or somebody else's grid of 5x5 levels. Pure.

Of a foreign grid only the cells and the name are taken; scales, words and rules stay those in force.
Everything else is refused with the reason in a sentence.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from assessments.matrix import SCORES
from assessments.matrix_checks.drawn import Place
from assessments.schemes.content import FORMAT, SchemeContent, Words
from assessments.schemes.reading import NAME, NotAScheme, read_scheme
from registers.choices import Level
from riskhub.entry.texts import is_broken, one_line
from riskhub.web.required import TOO_LONG, UNREADABLE

MOST_BYTES = 100_000
MOST_LEVELS = 9
FOUR = len(Level)
_IMPACTS = ("grid[impact]", "grid[severity]", "grid[consequence]")
_LISTS = ("risk", "levels", "risk_levels", "rating", "ratings")


@dataclass(frozen=True)
class ForeignGrid:
    """`levels` are their names, lowest first; `cells` the place in that list of each cell."""

    name: str
    levels: Sequence[str]
    cells: Mapping[Place, int]

    @property
    def is_of_four(self) -> bool:
        return len(self.levels) == FOUR

    @property
    def upwards(self) -> list[int]:
        """Places in `levels` by where they stand in the grid: a file may number them from the top."""
        sums: dict[int, list[int]] = {}
        for place, level in self.cells.items():
            sums.setdefault(level, []).append(sum(place))
        return sorted(sums, key=lambda level: sum(sums[level]) / len(sums[level]))

    def content(self, base: SchemeContent, mapped: Sequence[int]) -> SchemeContent:
        """Over `base`; `mapped` gives the level of each of theirs."""
        name = Words(self.name, self.name) if self.name else base.name
        cells = {place: mapped[level] for place, level in self.cells.items()}
        return replace(base, name=name, cells=cells, floors=())


def read_file(raw: bytes, areas: frozenset[str]) -> SchemeContent | ForeignGrid:
    """Raises NotAScheme with the reason."""
    if len(raw) > MOST_BYTES:
        raise NotAScheme(_("The file is larger than 0.1 MB: that is no matrix."))
    data = _parsed(raw)
    if not isinstance(data, dict):
        raise NotAScheme(_("The file holds no object with a matrix in it."))
    if data.get("format") == FORMAT:
        return read_scheme(data, areas)
    return _foreign(data)


def _parsed(raw: bytes) -> Any:  # noqa: ANN401 - whatever a file holds
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse)
    except UnicodeDecodeError:
        raise NotAScheme(_("The file is not text in UTF-8.")) from None
    except (ValueError, RecursionError):
        raise NotAScheme(_("The file is not JSON that can be read.")) from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _foreign(data: dict[str, Any]) -> ForeignGrid:
    rows = _rows(data)
    values = _in_order({(p, i): rows[p - 1][i - 1] for p in SCORES for i in SCORES})
    if _is_by_impact(data):
        values = {(i, p): value for (p, i), value in values.items()}
    ranks = sorted(set(values.values()))
    if len(ranks) > MOST_LEVELS:
        said = _("The grid has %(count)d different values: these are scores, not levels.")
        raise NotAScheme(said % {"count": len(ranks)})
    names = _names(data)
    cells = {place: ranks.index(value) for place, value in values.items()}
    if names and (unknown := sorted(set(ranks) - names.keys())):
        said = _("A cell of the grid has level %(level)s, which the file does not define.")
        raise NotAScheme(said % {"level": str(unknown[0])[:NAME]})
    levels = [_readable(names.get(rank, str(rank))) for rank in ranks]
    given = data.get("name")
    return ForeignGrid(_named(given) if isinstance(given, str) else "", levels, cells)


def _rows(data: dict[str, Any]) -> list[list[Any]]:
    grid = data.get("grid")
    if grid is None:
        raise NotAScheme(_without_grid(data))
    if isinstance(grid, dict):
        sizes = {len(row) for row in grid.values() if isinstance(row, list)}
        if len(grid) == len(SCORES) and sizes == {len(SCORES)}:
            said = _(
                "The rows of the grid have names and no order. List them, probability 1 first."
            )
            raise NotAScheme(said)
        grid = list(grid.values())
    if not isinstance(grid, list) or not all(isinstance(row, list) for row in grid):
        raise NotAScheme(_("“grid” is not a list of rows."))
    widths = {len(row) for row in grid}
    if len(grid) != len(SCORES) or widths != {len(SCORES)}:
        said = _("The grid has %(rows)d rows of %(columns)s cells. Five by five are needed.")
        columns = "/".join(str(width) for width in sorted(widths)) or "0"
        raise NotAScheme(said % {"rows": len(grid), "columns": columns[:NAME]})
    return grid


def _without_grid(data: dict[str, Any]) -> str:
    if any(isinstance(data.get(name), list) for name in ("bands", "risk_levels")):
        return _(
            "The file has bands of scores and no grid: which level a cell has is not said. "
            "A grid of 5x5 levels is needed."
        )
    return _("The file has no “grid”. A grid of 5x5 levels is needed.")


def _in_order(found: dict[Place, Any]) -> dict[Place, int]:
    """Whole numbers as they are; words ranked by where they stand, from the low corner on."""
    values = list(found.values())
    if all(type(value) is int for value in values):
        return found
    if not all(isinstance(value, str) for value in values):
        raise NotAScheme(_("A cell of the grid is neither a level's number nor its name."))
    sums: dict[str, list[int]] = {}
    for place, word in found.items():
        sums.setdefault(word, []).append(sum(place))
    order = sorted(sums, key=lambda word: sum(sums[word]) / len(sums[word]))
    if len(order) > MOST_LEVELS:
        said = _("The grid has %(count)d different values: these are scores, not levels.")
        raise NotAScheme(said % {"count": len(order)})
    return {place: order.index(word) for place, word in found.items()}


def _is_by_impact(data: dict[str, Any]) -> bool:
    said = data.get("orientation")
    return isinstance(said, str) and said.replace(" ", "").lower().startswith(_IMPACTS)


def _names(data: dict[str, Any]) -> dict[int, str]:
    """The names that the file gives its levels, by the numbers in the grid."""
    listed = next((data[name] for name in _LISTS if isinstance(data.get(name), list | dict)), None)
    if isinstance(listed, dict):
        pairs = [
            (key, value) for key, value in listed.items() if key.isdecimal() and len(key) < FOUR
        ]
        return {int(key): value for key, value in pairs if isinstance(value, str)}
    found = {}
    for place, entry in enumerate(listed or ()):
        if isinstance(entry, str):
            found[place] = entry
        elif isinstance(entry, dict) and isinstance(entry.get("name"), str):
            number = entry.get("id")
            found[number if type(number) is int else place] = entry["name"]
    if not found:
        return _words_of(data)
    return found


def _words_of(data: dict[str, Any]) -> dict[int, str]:
    """Where the grid itself holds words, they are the names."""
    grid = data["grid"]
    if not all(isinstance(word, str) for row in grid for word in row):
        return {}
    ranked = _in_order({(p, i): grid[p - 1][i - 1] for p in SCORES for i in SCORES})
    return {rank: grid[p - 1][i - 1] for (p, i), rank in ranked.items()}


def _named(text: str) -> str:
    """The name of the matrix, which is kept: nothing of it is cut without a word."""
    if is_broken(text):
        raise NotAScheme(UNREADABLE)
    name = one_line(text)
    if len(name) > NAME:
        raise NotAScheme(TOO_LONG % {"limit_value": NAME, "show_value": len(name)})
    return name


def _readable(text: str) -> str:
    """The name of a level, which is only asked about: its beginning will do."""
    return one_line(text.encode("utf-8", "ignore").decode("utf-8"))[:NAME]
