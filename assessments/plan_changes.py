"""What changed between two wordings of a plan, field by field and word by word. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assessments.plan_content import PlanContent, PlannedAction

# A Latin word or number is one piece, and so is each Chinese character.
_PIECES = re.compile(r"[^\W\u2e80-\uffef]+|\s+|.", re.DOTALL)
SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
_TOO_DIFFERENT = 0.3
# Half a changed date or name is no change that anybody can read.
WHOLE = frozenset({"strategy", "target", "accept_until"})


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
class ActionChange:
    """`kind` of the whole action; title, owner and date each in pieces."""

    kind: str
    title: Sequence[Piece]
    owner: Sequence[Piece]
    due_on: Sequence[Piece]


@dataclass(frozen=True)
class Changes:
    fields: Sequence[FieldChange]
    unchanged: Sequence[str]
    actions: Sequence[ActionChange]

    @property
    def changed(self) -> int:
        return len(self.fields) + self._actions(CHANGED)

    @property
    def added(self) -> int:
        return self._actions(ADDED)

    @property
    def removed(self) -> int:
        return self._actions(REMOVED)

    @property
    def same(self) -> int:
        """Actions that stayed as they were."""
        return self._actions(SAME)

    def _actions(self, kind: str) -> int:
        return sum(action.kind == kind for action in self.actions)


Spell = Callable[[PlanContent, str], str]
"""The words of one field of a content."""


def compare(
    before: PlanContent,
    after: PlanContent,
    *,
    labels: Mapping[str, str],
    spell: Spell,
    spell_owner: Callable[[int], str],
    spell_day: Callable[[str], str],
) -> Changes:
    """`labels` of the fields in the order of the page; the callers know languages, names and dates."""
    changed, unchanged = [], []
    for key, label in labels.items():
        old, new = spell(before, key), spell(after, key)
        if old == new:
            unchanged.append(label)
        else:
            differ = replace_whole if key in WHOLE else diff_words
            changed.append(FieldChange(label, differ(old, new)))

    def spelled(action: PlannedAction) -> tuple[str, str, str]:
        return action.title, spell_owner(action.owner), spell_day(action.due_on)

    return Changes(changed, unchanged, list(_actions(before.actions, after.actions, spelled)))


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


def _actions(
    before: Sequence[PlannedAction],
    after: Sequence[PlannedAction],
    spelled: Callable[[PlannedAction], tuple[str, str, str]],
) -> Iterator[ActionChange]:
    """In the order of the new wording; what is gone comes last."""
    old = {action.key: action for action in before}
    for action in after:
        former = old.pop(action.key, None)
        if former is None:
            yield ActionChange(ADDED, *([Piece(ADDED, text)] for text in spelled(action)))
        else:
            kind = SAME if former == action else CHANGED
            titles, owners, days = zip(spelled(former), spelled(action), strict=True)
            yield ActionChange(
                kind, diff_words(*titles), replace_whole(*owners), replace_whole(*days)
            )
    for action in old.values():
        yield ActionChange(REMOVED, *([Piece(REMOVED, text)] for text in spelled(action)))
