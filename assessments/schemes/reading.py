"""Our own JSON of a matrix, read with suspicion: every refusal says where and what, in a sentence. Pure."""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from assessments.matrix import SCORES
from assessments.matrix_checks.drawn import Place
from assessments.schemes.content import (
    FORMAT,
    FORMAT_VERSION,
    WORDED,
    DeclaredFloor,
    Rule,
    SchemeContent,
    Step,
    Words,
)
from registers.choices import LEVEL_RANKS, LEVEL_WORDS
from riskhub.entry.texts import is_broken, one_line

NAME, TEXT = 100, 300
"""How many characters a name, an anchor or a reason may have."""
LEAST, MOST = Decimal("0.0001"), Decimal("9999999999.9999")
MOST_ORDERS, MOST_DAYS, MOST_MONTHS, MOST_FLOORS = 2_000_000_000, 366, 60, 25
_PLACES = Decimal("0.0001")
_PARTS = (
    "format", "version", "name", "reference_orders", "probability", "impact", "cells", "floors",
    "appetite",
)  # fmt: skip
_SCALE = ("limits", "bands")
_FLAGS = ("needs_plan", "needs_approval", "needs_special_measures", "needs_contingency")


class NotAScheme(Exception):  # noqa: N818 - reads as what it says
    """What was sent is not a matrix that can be read; the message says why."""


def read_scheme(data: Any, areas: frozenset[str]) -> SchemeContent:  # noqa: ANN401 - whatever a file holds
    """From our own format; `areas` are the codes that exist. Raises NotAScheme."""
    found = _object(data, _("The file"))
    version = found.get("version")
    if found.get("format") != FORMAT or type(version) is not int or version != FORMAT_VERSION:
        raise NotAScheme(_("This is not a matrix in the format of this program, version 1."))
    _require_known(found, _("matrix"), _PARTS)
    probability = _object(found.get("probability"), "probability", _SCALE)
    impact = _object(found.get("impact"), "impact", _SCALE)
    cells = read_cells(found.get("cells"))
    return SchemeContent(
        name=_words(found.get("name"), "name", NAME),
        reference_orders=_whole(found.get("reference_orders"), "reference_orders", MOST_ORDERS),
        probability_limits=_limits(probability.get("limits"), "probability.limits"),
        impact_limits=_limits(impact.get("limits"), "impact.limits"),
        probability=_steps(probability.get("bands"), "probability.bands", ("anchor",)),
        impact=_steps(impact.get("bands"), "impact.bands", tuple(d.value for d in WORDED)),
        cells=cells,
        floors=_floors(found.get("floors", []), cells),
        **_appetite(_object(found.get("appetite"), "appetite", ("levels", "areas")), areas),
    )


def read_cells(data: Any) -> dict[Place, int]:  # noqa: ANN401 - whatever a file holds
    """Rows I1 to I5 of five level words each."""
    rows = _object(data, "cells", [f"I{i}" for i in SCORES])
    cells = {}
    for i in SCORES:
        row = _list(rows.get(f"I{i}"), f"cells.I{i}", 5)
        for p, word in zip(SCORES, row, strict=True):
            cells[p, i] = _level(word, f"cells.I{i}")
    return cells


def _appetite(data: dict[str, Any], areas: frozenset[str]) -> dict[str, Any]:
    levels = _object(data.get("levels"), "appetite.levels", LEVEL_RANKS)
    lines = _object(data.get("areas", {}), "appetite.areas")
    unknown = sorted(str(code)[:NAME] for code in set(lines) - areas)
    if unknown:
        raise NotAScheme(_("There is no area “%(code)s” here.") % {"code": unknown[0]})
    return {
        "rules": tuple(_rule(levels.get(word), f"appetite.levels.{word}") for word in LEVEL_RANKS),
        "areas": {code: _level(word, f"appetite.areas.{code}") for code, word in lines.items()},
    }


def _rule(data: Any, where: str) -> Rule:  # noqa: ANN401 - whatever a file holds
    found = _object(data, where, (*_FLAGS, "approval_days", "review_months", "text"))
    flags = {name: found.get(name, False) for name in _FLAGS}
    if not all(isinstance(flag, bool) for flag in flags.values()):
        raise NotAScheme(_("%(where)s: true or false is expected.") % {"where": where})
    return Rule(
        approval_days=_maybe(found.get("approval_days"), f"{where}.approval_days", MOST_DAYS),
        review_months=_maybe(found.get("review_months"), f"{where}.review_months", MOST_MONTHS),
        text=_words(found.get("text", {}), f"{where}.text", TEXT),
        **flags,
    )


def _floors(data: Any, cells: dict[Place, int]) -> tuple[DeclaredFloor, ...]:  # noqa: ANN401 - whatever a file holds
    rows = _list(data, "floors")
    if len(rows) > MOST_FLOORS:
        raise NotAScheme(_("%(where)s: too many entries.") % {"where": "floors"})
    floors = [_floor(row, cells) for row in rows]
    if len({floor.place for floor in floors}) < len(floors):
        raise NotAScheme(_("A cell is declared as a floor twice."))
    return tuple(floors)


def _floor(row: Any, cells: dict[Place, int]) -> DeclaredFloor:  # noqa: ANN401 - whatever a file holds
    """Its level is that of its cell; where it is said, it has to be the same."""
    found = _object(row, "floors", ("cell", "level", "reason"))
    place = tuple(_list(found.get("cell"), "floors.cell", 2))
    if not all(type(score) is int and score in SCORES for score in place):
        raise NotAScheme(
            _("%(where)s: scores from 1 to 5 are expected.") % {"where": "floors.cell"}
        )
    probability, impact = place
    level = cells[probability, impact]
    if "level" in found and _level(found["level"], "floors.level") != level:
        said = _("floors: (%(p)d,%(i)d) says %(said)s, its cell is %(level)s.")
        named = {"said": found["level"], "level": LEVEL_WORDS[level]}
        raise NotAScheme(said % (named | {"p": probability, "i": impact}))
    reason = _words(found.get("reason", {}), "floors.reason", TEXT)
    return DeclaredFloor((probability, impact), reason)


def _steps(data: Any, where: str, anchors: tuple[str, ...]) -> tuple[Step, ...]:  # noqa: ANN401 - whatever a file holds
    return tuple(
        Step(
            _words(_object(row, where, ("name", *anchors)).get("name"), f"{where}.name", NAME),
            tuple(_words(row.get(one, {}), f"{where}.{one}", TEXT) for one in anchors),
        )
        for row in _list(data, where, 5)
    )


def _limits(data: Any, where: str) -> tuple[Decimal, ...]:  # noqa: ANN401 - whatever a file holds
    return tuple(limit_of(value, where) for value in _list(data, where, 4))


def limit_of(value: Any, where: str) -> Decimal:  # noqa: ANN401 - whatever a file holds
    """A limit with at most four decimals, as the database keeps it."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise NotAScheme(_("%(where)s: a number is expected.") % {"where": where})
    try:
        given = Decimal(str(value))
        limit = given.quantize(_PLACES)
    except (InvalidOperation, ValueError):
        raise NotAScheme(_("%(where)s: this number is too large.") % {"where": where}) from None
    if limit != given:
        raise NotAScheme(_("%(where)s: at most four decimals.") % {"where": where})
    if not LEAST <= limit <= MOST:
        said = _("%(where)s: a number from 0.0001 to 9,999,999,999 is expected.")
        raise NotAScheme(said % {"where": where})
    return limit


def _level(word: Any, where: str) -> int:  # noqa: ANN401 - whatever a file holds
    if not isinstance(word, str) or word not in LEVEL_RANKS:
        said = _("%(where)s: low, medium, high or critical is expected.")
        raise NotAScheme(said % {"where": where})
    return LEVEL_RANKS[word]


def _words(data: Any, where: str, most: int) -> Words:  # noqa: ANN401 - whatever a file holds
    found = _object(data, where, ("zh", "en"))
    texts = [found.get(language, "") for language in ("zh", "en")]
    if not all(isinstance(text, str) for text in texts):
        raise NotAScheme(_("%(where)s: a text is expected.") % {"where": where})
    if any(is_broken(text) for text in texts):
        raise NotAScheme(_("%(where)s: this text cannot be read.") % {"where": where})
    chinese, english = (one_line(text) for text in texts)
    if max(len(chinese), len(english)) > most:
        said = _("%(where)s: at most %(most)d characters.")
        raise NotAScheme(said % {"where": where, "most": most})
    return Words(chinese, english)


def _maybe(value: Any, where: str, most: int) -> int | None:  # noqa: ANN401 - whatever a file holds
    return None if value is None else _whole(value, where, most)


def _whole(value: Any, where: str, most: int) -> int:  # noqa: ANN401 - whatever a file holds
    if type(value) is not int or not 1 <= value <= most:
        said = _("%(where)s: a whole number from 1 to %(most)d is expected.")
        raise NotAScheme(said % {"where": where, "most": most})
    return value


def _object(data: Any, where: str, known: Iterable[str] | None = None) -> dict[str, Any]:  # noqa: ANN401 - whatever a file holds
    """With nothing in it but `known`, where that is said."""
    found: dict[str, Any] = _of_type(
        data, where, dict, lambda: _("%(where)s: an object is expected.")
    )
    if known is not None:
        _require_known(found, where, known)
    return found


def _require_known(found: dict[str, Any], where: str, known: Iterable[str]) -> None:
    """What is misspelt would be left out, and the answer would look right."""
    if unknown := sorted(str(name)[:NAME] for name in set(found) - set(known)):
        said = _("%(where)s: “%(name)s” is not known here.")
        raise NotAScheme(said % {"where": where, "name": unknown[0]})


def _list(data: Any, where: str, size: int | None = None) -> list[Any]:  # noqa: ANN401 - whatever a file holds
    found: list[Any] = _of_type(data, where, list, lambda: _("%(where)s: a list is expected."))
    if size is not None and len(found) != size:
        said = _("%(where)s: %(size)d entries are expected.")
        raise NotAScheme(said % {"where": where, "size": size})
    return found


def _of_type(data: Any, where: str, wanted: type, said: Callable[[], str]) -> Any:  # noqa: ANN401 - whatever a file holds
    if not isinstance(data, wanted):
        raise NotAScheme(said() % {"where": where})
    return data
