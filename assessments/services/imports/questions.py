"""What is still asked before a file is imported: nothing that it leaves open is guessed."""

from django.utils.translation import gettext_noop as _

from assessments.register_import.fields import AXES
from assessments.register_import.rows import ImportedRow
from assessments.register_import.words import code_of
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
    """Which of category, department and source some risk of the file does not name."""
    rows = [row for row in preview.plan.rows if row.outcome in {"create", "error"} and row.title]
    return [name for name in _UNNAMED if any(not _names(row, name) for row in rows)]


def open_questions(preview: Preview) -> list[Sentence]:
    """Why the file cannot be imported yet, in the order of the steps; empty when it can."""
    if preview.plan.refused:
        return [preview.plan.refused]
    if is_all_there(preview):
        return [say(_NOTHING_NEW, count=preview.counts["same"])]
    if not _waiting(preview) and not preview.counts["create"]:
        return [say(_NO_NEW)]
    doubts = preview.plan.layout.doubts if preview.plan.layout else ()
    asked = [
        say(_("Say what column %(column)s is."), column=doubt.column.letter) for doubt in doubts
    ]
    undecided = {axis: values_open(preview, axis) for axis in AXES}
    asked += [say(_UNDECIDED[axis], count=count) for axis, count in undecided.items() if count]
    asked += [
        say(_UNNAMED[name]) for name in lacking(preview) if not preview.mapping.defaults.get(name)
    ]
    if not asked and not preview.counts["create"]:
        asked.append(say(_NO_NEW))
    return asked


def _waiting(preview: Preview) -> bool:
    """Whether a risk is held back by an error, which an answer may lift."""
    return any(row.outcome == "error" and row.title for row in preview.plan.rows)


def _names(row: ImportedRow, name: str) -> bool:
    text = row.file.get(name, "")
    return bool(text.strip()) if name == "department" else bool(code_of(name, text))
