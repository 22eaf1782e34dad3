"""The mapping of a register file: a JSON object, suggested, changed in the wizard or given as a file.

    {
      "sheet": "Risks",                 name of the sheet; null for CSV
      "header_row": 19,                 number of the row with the column names, as in the file
      "columns": {                      field: column; what is left out is suggested, null switches off
        "title": "Risk Description",    by the text of the header cell,
        "probability": "G",             by letter,
        "impact": 6,                    by number (1 is column A),
        "measures": ["J", "K"],         or several: texts are joined, of scores the highest counts
        "contingency": null
      },
      "scales": {                       what the file's values are worth on our steps 1 (lowest) to 5;
                                        each axis holds for the inherent and the residual column
        "probability": "1-5",           the file uses our five steps: 1 is 1, 5 is 5
        "impact": {                     or value by value, upper and lower case alike:
          "High": 4, "Low": 2,          a score 1 to 5,
          "n/k": null,                  null: counts as not rated
          "bands": [2, 4, 6, 8],        and limits for numbers: below 2 is 1, from 2 it is 2, ...,
                                        from 8 it is 5 (the lower limit belongs to the band);
                                        40% is the number 0.4
          "range": [0, 10]              numbers outside are errors (may be left out)
        }
      },
      "defaults": {                     for what the file lacks
        "category": "management",       operational, technical or management
        "department": "OPS",            code or name; null: the register's department
        "source": "internal_record"     code of a source
      }
    }

Fields: title, cause, event, consequence, category, area, source, owner, department, measures, strategy,
contingency, trigger, status, number, level, score, identified_on, due_on, next_review_on,
business_importance, service_lines, notes, probability, impact, residual_probability, residual_impact.
Every key may be left out; an unknown key is refused by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_noop as _

from assessments.register_import.fields import AXES, FIELDS
from assessments.register_import.values import value_key
from assessments.register_import.words import CATEGORIES
from riskhub.imports.sentences import Sentence

SCORES = (1, 2, 3, 4, 5)
SAME_STEPS = "1-5"
RESERVED = ("bands", "range")
DEFAULTS = {"category": "management", "department": None, "source": "internal_record"}
KEYS = ("sheet", "header_row", "columns", "scales", "defaults")

ColumnName = str | int


class MappingError(Exception):
    """A mapping that cannot be used. Its sentence names the key."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True)
class ScaleRule:
    """What the values of one axis are worth. `scores` is keyed by `value_key`."""

    is_same: bool = False
    scores: Mapping[str, int | None] = field(default_factory=dict)
    bands: tuple[float, ...] = ()
    limits: tuple[float, float] | None = None
    given: Any = None


@dataclass(frozen=True)
class RegisterMapping:
    """A checked mapping; see the module for its form."""

    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[str, tuple[ColumnName, ...] | None] = field(default_factory=dict)
    scales: Mapping[str, ScaleRule] = field(default_factory=dict)
    defaults: Mapping[str, str | None] = field(default_factory=dict)


def wrong(text: str, /, **facts: str | int | Sentence) -> MappingError:
    return MappingError(Sentence(text, facts))


def parse_mapping(given: object) -> RegisterMapping:
    """The mapping in an object read from JSON, or MappingError naming the key."""
    stored = as_object("mapping", given)
    refuse_unknown(stored, KEYS, "")
    sheet, header_row = stored.get("sheet"), stored.get("header_row")
    if not isinstance(sheet, str | None):
        raise wrong(_("The key %(key)s in the mapping is a text or null."), key="sheet")
    if header_row is not None and (not is_whole(header_row) or header_row < 1):
        raise wrong(_("The key %(key)s in the mapping is a row number from 1."), key="header_row")
    return RegisterMapping(
        sheet=sheet,
        header_row=header_row,
        columns=parse_columns(stored.get("columns")),
        scales=parse_scales(stored.get("scales")),
        defaults=parse_defaults(stored.get("defaults")),
    )


def as_object(key: str, given: object) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, dict) or not all(isinstance(name, str) for name in given):
        raise wrong(_("The key %(key)s in the mapping is an object of names and values."), key=key)
    return given


def refuse_unknown(given: Mapping[str, object], known: tuple[str, ...], path: str) -> None:
    for name in given:
        if name not in known:
            raise wrong(
                _("The mapping has the unknown key %(key)s. Known are: %(known)s."),
                key=path + name,
                known=", ".join(known),
            )


def is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def parse_columns(given: object) -> dict[str, tuple[ColumnName, ...] | None]:
    columns = as_object("columns", given)
    refuse_unknown(columns, FIELDS, "columns.")
    return {name: column_names(name, value) for name, value in columns.items()}


def column_names(name: str, value: object) -> tuple[ColumnName, ...] | None:
    if value is None:
        return None
    names = value if isinstance(value, list) else [value]
    if not names or not all((isinstance(item, str) and item) or is_whole(item) for item in names):
        raise wrong(
            _(
                "The key %(key)s in the mapping is a column's name, letter or number, or a list of them."
            ),
            key=f"columns.{name}",
        )
    return tuple(names)


def parse_scales(given: object) -> dict[str, ScaleRule]:
    scales = as_object("scales", given)
    refuse_unknown(scales, AXES, "scales.")
    return {axis: parse_rule(f"scales.{axis}", rule) for axis, rule in scales.items() if rule}


def parse_rule(key: str, given: object) -> ScaleRule:
    if given == SAME_STEPS:
        return ScaleRule(is_same=True, given=given)
    if isinstance(given, str):
        raise wrong(
            _("The key %(key)s in the mapping is “1-5” or an object of values and scores."), key=key
        )
    rule = as_object(key, given)
    scores = {value: score for value, score in rule.items() if value not in RESERVED}
    for value, score in scores.items():
        if score is not None and not (is_whole(score) and score in SCORES):
            raise wrong(
                _("%(key)s in the mapping is a score: 1, 2, 3, 4, 5 or null."),
                key=f'{key}["{value}"]',
            )
    return ScaleRule(
        scores={value_key(value): score for value, score in scores.items()},
        bands=numbers(f"{key}.bands", rule.get("bands"), len(SCORES) - 1),
        limits=limits(f"{key}.range", rule.get("range")),
        given=rule,
    )


def numbers(key: str, given: object, count: int) -> tuple[float, ...]:
    """So many numbers in rising order; none when the key is absent."""
    if given is None:
        return ()
    found = given if isinstance(given, list) and all(map(is_number, given)) else []
    if len(found) != count or any(b <= a for a, b in pairwise(found)):
        raise wrong(
            _("The key %(key)s in the mapping is a list of %(count)s rising numbers."),
            key=key,
            count=count,
        )
    return tuple(float(number) for number in found)


def limits(key: str, given: object) -> tuple[float, float] | None:
    found = numbers(key, given, 2)
    return (found[0], found[1]) if found else None


def parse_defaults(given: object) -> dict[str, str | None]:
    defaults = as_object("defaults", given)
    refuse_unknown(defaults, tuple(DEFAULTS), "defaults.")
    for name, value in defaults.items():
        if not isinstance(value, str | None):
            raise wrong(
                _("The key %(key)s in the mapping is a text or null."), key=f"defaults.{name}"
            )
    category = defaults.get("category")
    if category is not None and category not in CATEGORIES:
        raise wrong(
            _("The key %(key)s in the mapping is one of: %(known)s."),
            key="defaults.category",
            known=", ".join(CATEGORIES),
        )
    return {name: value or None for name, value in defaults.items()}
