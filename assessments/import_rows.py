"""What the pages of an import say of each row of the file: the sentences of the plan as a page says them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from assessments.register_import.reading import DEFAULT_TITLES
from assessments.services.imports import OUTCOMES, RowOutcome, count_outcomes
from assessments.services.imports.places import NOT_YOURS, SEES_NOT, UNKNOWN
from registers.choices import LEVEL_RANKS, Level
from registers.models import RiskCategory, RiskSource
from riskhub.accounts.models import Department
from riskhub.imports.sentences import Sentence, say

OUTCOME_WORDS = {
    "create": gettext_lazy("New"),
    "same": gettext_lazy("Already there"),
    "error": gettext_lazy("Error"),
    "ignored": gettext_lazy("Left out"),
}
APPLIED_WORDS = OUTCOME_WORDS | {"create": gettext_lazy("Imported")}
OUTCOME_MARKS = {"create": "done", "same": "none", "error": "late", "ignored": "draft"}
MOST_NAMED = 8
_DEFAULTED = "%(what)s: %(value)s by default."
_DEFAULTED_TEXT = "%(what)s: %(value)s by default, “%(text)s” is kept as text."
# While the default is still to be chosen nothing is promised.
_OPEN = {
    _DEFAULTED: gettext_noop("%(what)s: undecided."),
    _DEFAULTED_TEXT: gettext_noop("%(what)s: undecided, “%(text)s” is kept as text."),
    UNKNOWN: gettext_noop("The department “%(name)s” is not known here: undecided."),
}
# The fact that holds a code: the page says its name.
_NAMING = {
    _DEFAULTED: "value", _DEFAULTED_TEXT: "value", UNKNOWN: "own", NOT_YOURS: "name",
    SEES_NOT: "department",
}  # fmt: skip
_FIELDS = {title: name for name, title in DEFAULT_TITLES.items()}
# On the page the answer is given above the rows, not in a mapping file.
_ON_THE_PAGE = {
    "%(axis)s “%(value)s” in column %(column)s has no agreed score. "
    "Choose 1 (lowest), 2, 3, 4 or 5 (highest) and set %(key)s in the mapping.": gettext_noop(
        "%(axis)s “%(value)s” in column %(column)s has no score yet. Choose it under “Scales”."
    ),
    "%(axis)s “%(value)s” in column %(column)s has no agreed score. "
    "Choose 1 (lowest), 2, 3, 4 or 5 (highest) and set %(key)s, "
    "or the limits of the steps in %(bands)s, in the mapping.": gettext_noop(
        "%(axis)s “%(value)s” in column %(column)s has no score yet. "
        "Choose it, or the limits, under “Scales”."
    ),
    "The impact is given, and no column is mapped to the probability. "
    "Set %(key)s in the mapping, or set %(other)s to null.": gettext_noop(
        "The impact is given, and no column is the probability. Choose one, or leave out the impact."
    ),
    "The probability is given, and no column is mapped to the impact. "
    "Set %(key)s in the mapping, or set %(other)s to null.": gettext_noop(
        "The probability is given, and no column is the impact. Choose one, or leave out the probability."
    ),
    "Column %(column)s “%(name)s” may hold the impact's score or the consequence "
    "in words. Set columns.impact or columns.consequence to it in the mapping.": gettext_noop(
        "Column %(column)s “%(name)s” may hold the impact's score or the consequence in words. "
        "Choose which under “Columns”."
    ),
    "%(axis)s: the residual %(after)s is above the inherent %(before)s. "
    "Correct the file, or set %(key)s to null in the mapping.": gettext_noop(
        "%(axis)s: the residual %(after)s is above the inherent %(before)s. "
        "Correct the file, or leave out the residual columns."
    ),
    "the columns %(known)s are known, and none has the names of the risks. "
    "Name it “Risk” or “风险描述”, or set columns.title in the mapping.": gettext_noop(
        "the columns %(known)s are known, and none has the names of the risks. Choose it under “Columns”."
    ),
    "none of the columns has the names of the risks. "
    "Name it “Risk” or “风险描述”, or set columns.title in the mapping.": gettext_noop(
        "none of the columns is known to have the names of the risks. Choose it under “Columns”."
    ),
    "the column “%(name)s” holds only codes or numbers, no names of risks. "
    "Set columns.title in the mapping to the column with the names.": gettext_noop(
        "the column “%(name)s” holds only codes or numbers, no names of risks. "
        "Choose the column with the names under “Columns”."
    ),
}


@dataclass(frozen=True)
class ShownRow:
    """One row of the file in words; `code` is the risk that it is or became."""

    row: int
    mark: str
    outcome: str
    title: str
    level: str | None
    level_name: str
    pair: tuple[int, int] | None
    inherent: tuple[int, int] | None
    message: str
    code: str


@dataclass(frozen=True)
class Tab:
    name: str
    count: int
    url: str
    is_current: bool


def in_words(sentence: Sentence) -> str:
    """A sentence of the plan as the page says it."""
    return str(_for_the_page(sentence))


def _for_the_page(sentence: Sentence) -> Sentence:
    facts = {
        name: _for_the_page(fact) if isinstance(fact, Sentence) else fact
        for name, fact in sentence.facts.items()
    }
    return Sentence(_ON_THE_PAGE.get(sentence.text, sentence.text), facts)


class RowWords:
    """Turns rows into words; the names behind codes are read once.

    `undecided` are those of category, department and source that are still to be answered.
    """

    def __init__(self, *, undecided: Collection[str] = (), is_applied: bool = False) -> None:
        self.undecided, self.is_applied = undecided, is_applied
        terms = [*RiskCategory.objects.all(), *RiskSource.objects.all()]
        self.names = {term.code: term.name for term in terms}
        self.departments = {each.code.casefold(): each.name for each in Department.objects.all()}

    def show(self, row: RowOutcome) -> ShownRow:
        return ShownRow(
            row=row.row,
            mark=OUTCOME_MARKS[row.outcome],
            outcome=self._outcome(row),
            title=row.title,
            level=row.level,
            level_name=str(Level(LEVEL_RANKS[row.level]).label) if row.level else "",
            pair=row.pair,
            inherent=row.inherent if row.inherent != row.pair else None,
            message=_join(self._said(sentence) for sentence in row.messages),
            code=row.code,
        )

    def _outcome(self, row: RowOutcome) -> str:
        if self.is_applied and row.outcome == "create":
            return _("Imported as %(code)s") % {"code": row.code}
        if row.outcome == "create" and row.code:
            return _("Opened again")
        return str(OUTCOME_WORDS[row.outcome])

    def _said(self, sentence: Sentence) -> Sentence:
        facts = sentence.facts
        if sentence.text in _OPEN and self._is_open(facts):
            return say(_OPEN[sentence.text], **facts)
        if fact := _NAMING.get(sentence.text):
            code = facts[fact]
            named = self._named(code) if isinstance(code, str) else code
            return replace(sentence, facts={**facts, fact: named})
        return _for_the_page(sentence)

    def _is_open(self, facts: Mapping[str, Any]) -> bool:
        """Whether the default that a sentence speaks of is still to be chosen."""
        what = facts.get("what")
        return (_FIELDS[what.text] if what else "department") in self.undecided

    def _named(self, code: str) -> str:
        return self.names.get(code) or self.departments.get(code.casefold(), code)


def _join(sentences: Iterable[Sentence]) -> str:
    """Chinese sentences stand without a space between them."""
    space = "" if (get_language() or "").startswith("zh") else " "
    return space.join(str(sentence) for sentence in sentences)


def rows_with(rows: Sequence[RowOutcome], outcome: str) -> Sequence[RowOutcome]:
    """All rows, or those of one outcome; an unknown word filters nothing."""
    if outcome not in OUTCOMES:
        return rows
    return [row for row in rows if row.outcome == outcome]


def outcome_tabs(rows: Sequence[RowOutcome], outcome: str, *, is_applied: bool) -> list[Tab]:
    counts = count_outcomes(rows)
    everything = Tab(_("All"), len(rows), "?", outcome not in OUTCOMES)
    return [everything] + [
        Tab(str(words), counts[code], f"?outcome={code}", code == outcome)
        for code, words in (APPLIED_WORDS if is_applied else OUTCOME_WORDS).items()
        if counts[code] or code == outcome
    ]


def rows_in_error(rows: Sequence[RowOutcome]) -> str:
    """The numbers of the rows in error, the first few of them."""
    wrong = [row.row for row in rows if row.outcome == "error"]
    named = ", ".join(str(row) for row in wrong[:MOST_NAMED])
    more = len(wrong) - MOST_NAMED
    return named if more <= 0 else _("%(rows)s and %(count)d more") % {"rows": named, "count": more}
