"""What is still asked before a file is imported: nothing that it leaves open is guessed."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from assessments.register_import.fields import AXES
from assessments.register_import.rows import ImportedRow
from assessments.services.imports.preview import Preview
from riskhub.imports.sentences import Sentence, say

_UNDECIDED = {
    "probability": _("The probability has values without a score: %(count)s."),
    "impact": _("The impact has values without a score: %(count)s."),
}
_UNNAMED = {
    "category": _("Choose the category of the risks whose row names none."),
    "department": _("Choose the department of the risks whose row names none."),
    "source": _("Choose the source of the risks whose row names none."),
}
_UNKNOWN = {
    "category": _("Choose the category for what is not known here: %(texts)s."),
    "department": _("Choose the department for what is not known here: %(texts)s."),
    "source": _("Choose the source for what is not known here: %(texts)s."),
}
_MOST_TEXTS, _LONGEST_TEXT = 3, 40


_NO_NEW = _("There is no new risk in the file.")
_NOTHING_NEW = _("Nothing new: all %(count)s rows are in the register already.")


def is_all_there(preview: Preview) -> bool:
    """Each risk of the file is in the register: whatever it leaves open, nothing is to be asked."""
    outcomes = {row.outcome for row in preview.plan.rows if row.title}
    return outcomes == {"same"} and not preview.counts["error"]


def values_open(preview: Preview, axis: str) -> int:
    """How many values of a scale are to be decided; those of rows already there are not."""
    key = f"scales.{axis}["
    is_asked = any(
        str(sentence.facts.get("key", "")).startswith(key)
        for row in preview.plan.rows
        if row.outcome == "error"
        for sentence in row.messages
    )
    return len(preview.plan.scales[axis]["undecided"]) if is_asked else 0


def lacking(preview: Preview) -> list[str]:
    """Which of category, department and source some risk of the file does not name, or not as we do."""
    rows = _risks(preview)
    return [name for name in _UNNAMED if any(not _names(preview, row, name) for row in rows)]


def unknown_texts(preview: Preview, name: str) -> list[str]:
    """What the file says for a category, department or source and nobody knows here, each once."""
    said = (_text(row, name) for row in _risks(preview) if not _names(preview, row, name))
    return list(dict.fromkeys(text for text in said if text))


def undecided(preview: Preview) -> list[str]:
    """Those of category, department and source that are still to be answered."""
    return [name for name in lacking(preview) if not preview.mapping.defaults.get(name)]


def is_open(preview: Preview) -> bool:
    """Whether an answer is owed, so that nobody knows yet what becomes of the rows."""
    return not (preview.plan.refused or is_all_there(preview)) and bool(_asked(preview))


def open_questions(preview: Preview) -> list[Sentence]:
    """Why the file cannot be imported yet, in the order of the steps; empty when it can."""
    if preview.plan.refused:
        return [preview.plan.refused]
    if is_all_there(preview):
        return [say(_NOTHING_NEW, count=preview.counts["same"])]
    if not _waiting(preview) and not preview.counts["create"]:
        return [say(_NO_NEW)]
    asked = _asked(preview)
    if not asked and not preview.counts["create"]:
        asked.append(say(_NO_NEW))
    return asked


def _asked(preview: Preview) -> list[Sentence]:
    doubts = preview.plan.layout.doubts if preview.plan.layout else ()
    asked = [
        say(_("Say what column %(column)s is."), column=doubt.column.letter) for doubt in doubts
    ]
    values = {axis: values_open(preview, axis) for axis in AXES}
    asked += [say(_UNDECIDED[axis], count=count) for axis, count in values.items() if count]
    return asked + [_ask_for(preview, name) for name in undecided(preview)]


def _ask_for(preview: Preview, name: str) -> Sentence:
    """Names what is not known where every row says something."""
    if any(not _text(row, name) for row in _risks(preview)):
        return say(_UNNAMED[name])
    return say(_UNKNOWN[name], texts=quoted(unknown_texts(preview, name)))


def quoted(texts: Sequence[str]) -> Sentence:
    """As in: “A”, “B”, “C” and 2 more."""
    found = say(_("“%(text)s”"), text=texts[0][:_LONGEST_TEXT])
    for text in texts[1:_MOST_TEXTS]:
        found = say(_("%(texts)s, “%(text)s”"), texts=found, text=text[:_LONGEST_TEXT])
    more = len(texts) - _MOST_TEXTS
    return say(_("%(texts)s and %(count)s more"), texts=found, count=more) if more > 0 else found


def _waiting(preview: Preview) -> bool:
    """Whether a risk is held back by an error, which an answer may lift."""
    return any(row.outcome == "error" and row.title for row in preview.plan.rows)


def _risks(preview: Preview) -> list[ImportedRow]:
    return [row for row in preview.plan.rows if row.outcome in {"create", "error"} and row.title]


def _names(preview: Preview, row: ImportedRow, name: str) -> bool:
    text = _text(row, name)
    return (
        preview.places.knows(text)
        if name == "department"
        else bool(preview.words.code_of(name, text))
    )


def _text(row: ImportedRow, name: str) -> str:
    return " ".join(row.file.get(name, "").split())
