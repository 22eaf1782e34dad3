"""How much room a card takes on its sheet of A4: measured, so that nothing is drawn to find out.

The figures are those of print.css, in points. Letters count a little wider than they are: what fits here fits
when it is drawn.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from assessments.contingency.card import Card

SIZES = (15.0, 12.0, 10.5, 9.0, 8.0, 7.0)
"""Of the type, the first that does is taken. Nobody reads a smaller one in an emergency."""
_MM = 72 / 25.4
_WIDTH, _HEIGHT = 184 * _MM, 273 * _MM * 0.98
_LINE = 1.35
_WHEN, _WHO, _PHONE, _GAP = 5.5, 8.5, 8.5, 0.5
_CODE = 27 * _MM + 6 * 8.1
"""The drawing with its address below."""


@dataclass(frozen=True)
class Room:
    """Of a card in one size of type, in lines of it."""

    total: float
    page: float
    parts: dict[str, float]

    @property
    def too_long(self) -> int:
        """So many lines; 0 where it fits."""
        return max(0, ceil(self.total - self.page))

    @property
    def longest(self) -> str:
        return max(self.parts, key=lambda name: self.parts[name])


def size_of(card: Card) -> float | None:
    """The largest type with which the card has one page; None where the smallest does not do."""
    return next((size for size in SIZES if not room_of(card, size).too_long), None)


def room_of(card: Card, size: float = SIZES[-1]) -> Room:
    """In the language of the moment, with type of `size` points."""
    wide, mm = _WIDTH / size, _MM / size
    head = _head(card, wide, mm)
    parts = {
        "triggers": _triggers(card, wide, mm),
        "steps": _steps(card, wide, size),
        "contacts": _contacts(card, wide, mm),
    }
    titles = (2 + bool(card.contacts)) * (_LINE + 3.5 * mm)
    total = head + titles + sum(parts.values())
    return Room(
        total / _LINE, _HEIGHT / size / _LINE, {name: tall / _LINE for name, tall in parts.items()}
    )


def _head(card: Card, wide: float, mm: float) -> float:
    beside = wide - 33 * mm
    name = 1.7 * 1.2 * lines_of(card.plan.name, beside / 1.7) + mm
    who = f"{'Responsible in an emergency'} {card.version.in_charge} {'Deputy'} {card.version.in_reserve}"
    said = 2 * mm + _LINE * (2 + lines_of(who, beside))
    calls = 0.9 * 1.2 + 2 * 0.9 * 1.8 * 1.2 + 2 * mm
    return calls + max(name + said, _CODE / _MM * mm) + 3 * mm


def _triggers(card: Card, wide: float, mm: float) -> float:
    return mm + _LINE * sum(lines_of(one.text, wide - 5 * mm) for one in card.triggers)


def _steps(card: Card, wide: float, size: float) -> float:
    columns: list[tuple[Callable[..., str], float]] = [(lambda step: step.actor, _WHO)]
    if card.has_phones:
        columns.append((lambda step: step.phone, _PHONE))
    rest = wide - _WHEN - _GAP - sum(column + _GAP for _text, column in columns) - _GAP
    columns.append((lambda step: step.text, rest))
    rule = 0.5 / size
    lines = (
        max(lines_of(text(step), column) for text, column in columns) for step in card.steps
    )  # fmt: skip
    return 1.5 + rule + sum(_LINE * count + 0.4 + rule for count in lines)


def _contacts(card: Card, wide: float, mm: float) -> float:
    """In two columns, none of them broken in a contact."""
    if not card.contacts:
        return 0.0
    column = (wide - 5 * mm - 1) / 2
    counts = [lines_of(one, column) for one in card.contacts]
    return mm + _LINE * min(sum(counts), ceil(sum(counts) / 2) + max(counts) - 1)


def lines_of(text: str, wide: float) -> int:
    """Of a text in a column of so many ems; Chinese breaks anywhere, a word only where it must."""
    lines, at = 1, 0.0
    for word in _words(text):
        long = sum(map(_ems, word))
        if at + long > wide and at and not word.isspace():
            lines, at = lines + 1, 0.0
        while long > wide:
            lines, long = lines + 1, long - wide
        at += long
    return lines


def _words(text: str) -> Iterable[str]:
    word = ""
    for letter in text:
        if letter.isspace() or _is_wide(letter):
            if word:
                yield word
            yield letter
            word = ""
        else:
            word += letter
    if word:
        yield word


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WFA"


def _ems(letter: str) -> float:
    if _is_wide(letter):
        return 1.0
    if letter in "mwMW@%":
        return 0.95
    return 0.7 if letter.isupper() else 0.58
