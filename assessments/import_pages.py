"""What the pages of an import show: steps, rows and progress, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy, gettext_noop, ngettext
from django.utils.translation import gettext as _

from assessments.register_import.outline import Outline
from assessments.register_import.rows import ImportedRow
from assessments.services.imports import OUTCOMES, Preview, is_all_there, values_open, work_key
from registers.choices import LEVEL_WORDS, Level
from registers.models import RiskCategory, RiskSource
from riskhub.accounts.models import Department
from riskhub.imports.models import ImportRun, ImportState
from riskhub.imports.sentences import Sentence
from riskhub.work.choices import WorkState
from riskhub.work.progress import progress_of

OUTCOME_WORDS = {
    "create": gettext_lazy("New"),
    "same": gettext_lazy("Already there"),
    "error": gettext_lazy("Error"),
    "ignored": gettext_lazy("Left out"),
}
BECAME = {
    "create": gettext_lazy("%(count)d imported"),
    "same": gettext_lazy("%(count)d already there"),
    "error": gettext_lazy("%(count)d in error"),
    "ignored": gettext_lazy("%(count)d left out"),
}
OUTCOME_MARKS = {"create": "done", "same": "none", "error": "late", "ignored": "draft"}
STATE_MARKS = {
    ImportState.UPLOADED: "draft",
    ImportState.APPLYING: "run",
    ImportState.APPLIED: "done",
    ImportState.FAILED: "late",
}
MOST_NAMED = 8
_DEFAULTED = "%(what)s: %(value)s by default."
_DEFAULTED_TEXT = "%(what)s: %(value)s by default, “%(text)s” is kept as text."
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
class Step:
    """As `components/steps.html` reads it."""

    name: str
    fact: str
    place: str


@dataclass(frozen=True)
class ShownRow:
    """One row of the file in words; `code` is the risk that it already is."""

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


@dataclass(frozen=True)
class Progress:
    """`total` 0: not begun. `error` and `again_at` where an attempt failed and another one follows."""

    done: int
    total: int
    error: str
    again_at: datetime | None
    is_dead: bool


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
    """Turns rows into words; the names behind the codes of defaults are read once."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        terms = [*RiskCategory.objects.all(), *RiskSource.objects.all()]
        self.names = {term.code: term.name for term in terms}
        self.names |= {each.code: each.name for each in Department.objects.all()}

    def show(self, row: ImportedRow) -> ShownRow:
        pair = row.residual or row.inherent
        level = self.preview.grid.levels[pair] if pair else None
        settled = self.preview.settled.get(row.row)
        return ShownRow(
            row=row.row,
            mark=OUTCOME_MARKS[row.outcome],
            outcome=str(OUTCOME_WORDS[row.outcome]),
            title=row.title,
            level=None if level is None else LEVEL_WORDS[level],
            level_name="" if level is None else str(Level(level).label),
            pair=pair,
            inherent=row.inherent if row.inherent != pair else None,
            message=_join(self._said(row.messages)),
            code=settled.code if settled else "",
        )

    def _said(self, sentences: Iterable[Sentence]) -> Iterable[Sentence]:
        for sentence in sentences:
            if sentence.text in (_DEFAULTED, _DEFAULTED_TEXT):
                value = sentence.facts["value"]
                named = self.names.get(value, value) if isinstance(value, str) else value
                yield replace(sentence, facts={**sentence.facts, "value": named})
            else:
                yield _for_the_page(sentence)


def _join(sentences: Iterable[Sentence]) -> str:
    """Chinese sentences stand without a space between them."""
    space = "" if (get_language() or "").startswith("zh") else " "
    return space.join(str(sentence) for sentence in sentences)


def sum_of_rows(counts: Mapping[str, int]) -> str:
    """What became of the rows of a file; the parts add up to all of them."""
    all_rows = sum(counts.values())
    parts = [str(words) % {"count": counts[code]} for code, words in BECAME.items() if counts[code]]
    words = ngettext(
        "%(count)d row in the file: %(parts)s.", "%(count)d rows in the file: %(parts)s.", all_rows
    )
    return words % {"count": all_rows, "parts": _(", ").join(parts)}


def rows_with(preview: Preview, outcome: str) -> Sequence[ImportedRow]:
    """All rows, or those of one outcome; an unknown word filters nothing."""
    if outcome not in OUTCOMES:
        return preview.plan.rows
    return [row for row in preview.plan.rows if row.outcome == outcome]


def outcome_tabs(preview: Preview, outcome: str) -> list[Tab]:
    counts = preview.counts
    everything = Tab(_("All"), len(preview.plan.rows), "?", outcome not in OUTCOMES)
    return [everything] + [
        Tab(str(words), counts[code], f"?outcome={code}", code == outcome)
        for code, words in OUTCOME_WORDS.items()
        if counts[code] or code == outcome
    ]


def rows_in_error(preview: Preview) -> str:
    """The numbers of the rows in error, the first few of them."""
    rows = [row.row for row in preview.plan.rows if row.outcome == "error"]
    named = ", ".join(str(row) for row in rows[:MOST_NAMED])
    more = len(rows) - MOST_NAMED
    return named if more <= 0 else _("%(rows)s and %(count)d more") % {"rows": named, "count": more}


def steps_of(
    run: ImportRun, preview: Preview | None, outline: Outline | None, *, questions: int
) -> list[Step]:
    """File, columns, scales, check, import: the first that is not done is now."""
    names = [_("File"), _("Columns"), _("Scales"), _("Check"), _("Import")]
    facts = _facts(run, preview, outline)
    now = _now(run, preview, questions)
    return [
        Step(name, facts.get(number, ""), _place(number, now)) for number, name in enumerate(names)
    ]


def _place(number: int, now: int) -> str:
    return "done" if number < now else "now" if number == now else ""


def _now(run: ImportRun, preview: Preview | None, questions: int) -> int:
    if run.state == ImportState.APPLIED:
        return 5
    if run.state == ImportState.APPLYING or preview is None:
        return 4
    if is_all_there(preview):
        return 3
    if preview.plan.refused or (preview.plan.layout and preview.plan.layout.doubts):
        return 1
    if any(values_open(preview, axis) for axis in preview.plan.scales):
        return 2
    return 3 if questions else 4


def _facts(run: ImportRun, preview: Preview | None, outline: Outline | None) -> Mapping[int, str]:
    facts = {0: run.file.filename}
    if outline and outline.columns:
        used = sum(bool(column.field) for column in outline.columns)
        facts[1] = _("%(used)d of %(all)d used") % {"used": used, "all": len(outline.columns)}
    if preview and not preview.plan.refused:
        facts[2] = _scale_fact(preview)
        counts = run.outcomes or preview.counts
        count = counts["error"]
        facts[3] = ngettext("%(count)d error", "%(count)d errors", count) % {"count": count}
        count = counts["create"]
        facts[4] = ngettext("%(count)d new risk", "%(count)d new risks", count) % {"count": count}
    return facts


def _scale_fact(preview: Preview) -> str:
    if not any(scale["values"] for scale in preview.plan.scales.values()):
        return _("no scores in the file")
    count = sum(values_open(preview, axis) for axis in preview.plan.scales)
    if not count and preview.plan.undecided:
        return _("nothing to decide")
    if not count:
        return _("all decided")
    return ngettext("%(count)d value open", "%(count)d values open", count) % {"count": count}


def progress_in(run: ImportRun) -> Progress:
    facts: dict[str, Any] = progress_of(work_key(run))
    is_dead = facts.get("state") == WorkState.DEAD
    error = facts.get("error") or ""
    waits = bool(error) and facts.get("lease_until") is None and not is_dead
    return Progress(
        done=facts.get("done", 0),
        total=facts.get("total", 0),
        error=error,
        again_at=facts.get("run_after") if waits else None,
        is_dead=is_dead,
    )
