"""What changed between two wordings of a plan, field by field and word by word. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from assessments.plans.content import PlanContent, PlannedAction, PlannedResource

Row = TypeVar("Row", PlannedAction, PlannedResource)

# A Latin word or number is one piece, and so is each Chinese character.
_PIECES = re.compile(r"[^\W\u2e80-\uffef]+|\s+|.", re.DOTALL)
SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
_TOO_DIFFERENT = 0.3
# Half a changed date or name is no change that anybody can read.
WHOLE = frozenset(
    {
        "strategy",
        "target",
        "accept_until",
        "sponsor",
        "avoid_node",
        "change",
        "contingency",
        "transfer_share",
    }
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """`pieces` hold both texts."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class RowChange:
    """`kind` of the whole row; what it is called in pieces, and each further fact of it."""

    kind: str
    title: Sequence[Piece]
    facts: Sequence[Sequence[Piece]]


@dataclass(frozen=True)
class TableChange:
    rows: Sequence[RowChange]

    @property
    def same(self) -> int:
        """Rows that stayed as they were."""
        return self.count(SAME)

    def count(self, kind: str) -> int:
        return sum(row.kind == kind for row in self.rows)


@dataclass(frozen=True)
class Changes:
    fields: Sequence[FieldChange]
    unchanged: Sequence[str]
    actions: TableChange
    resources: TableChange

    @property
    def changed(self) -> int:
        return len(self.fields) + self._rows(CHANGED)

    @property
    def added(self) -> int:
        return self._rows(ADDED)

    @property
    def removed(self) -> int:
        return self._rows(REMOVED)

    def _rows(self, kind: str) -> int:
        return self.actions.count(kind) + self.resources.count(kind)


Spell = Callable[[PlanContent, str], str]
"""The words of one field of a content."""


def compare(
    before: PlanContent,
    after: PlanContent,
    *,
    labels: Mapping[str, str],
    spell: Spell,
    spell_action: Callable[[PlannedAction], tuple[str, ...]],
    spell_resource: Callable[[PlannedResource], tuple[str, ...]],
) -> Changes:
    """`labels` of the fields in the order of the page; the callers know languages, names and dates.

    A row is spelled as what it is called, and its further facts.
    """
    changed, unchanged = [], []
    for key, label in labels.items():
        old, new = spell(before, key), spell(after, key)
        if old == new:
            unchanged.append(label)
        else:
            differ = replace_whole if key in WHOLE else diff_words
            changed.append(FieldChange(label, differ(old, new)))

    return Changes(
        changed,
        unchanged,
        TableChange(list(_rows(before.actions, after.actions, spell_action))),
        TableChange(list(_rows(before.resources, after.resources, spell_resource))),
    )


def replace_whole(before: str, after: str) -> list[Piece]:
    if before == after:
        return [Piece(SAME, after)]
    return [piece for piece in (Piece(REMOVED, before), Piece(ADDED, after)) if piece.text]


def diff_words(before: str, after: str) -> list[Piece]:
    """Pieces in reading order; texts with little in common are replaced as a whole."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _TOO_DIFFERENT:
        return replace_whole(before, after)
    pieces = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[i1:i2])))
            continue
        pieces.append(Piece(REMOVED, "".join(old[i1:i2])))
        pieces.append(Piece(ADDED, "".join(new[j1:j2])))
    return [piece for piece in pieces if piece.text]


def _rows(
    before: Sequence[Row], after: Sequence[Row], spelled: Callable[[Row], tuple[str, ...]]
) -> Iterator[RowChange]:
    """In the order of the new wording; what is gone comes last."""
    old = {row.key: row for row in before}
    for row in after:
        former = old.pop(row.key, None)
        if former is None:
            yield _whole(ADDED, spelled(row))
        else:
            kind = SAME if former == row else CHANGED
            titles, *facts = zip(spelled(former), spelled(row), strict=True)
            yield RowChange(kind, diff_words(*titles), [replace_whole(*pair) for pair in facts])
    for row in old.values():
        yield _whole(REMOVED, spelled(row))


def _whole(kind: str, texts: tuple[str, ...]) -> RowChange:
    title, *facts = ([Piece(kind, text)] for text in texts)
    return RowChange(kind, title, facts)
