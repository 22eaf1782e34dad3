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


def lacking(preview: Preview) -> list[str]:
    """Which of category, department and source some risk of the file does not name."""
    rows = [row for row in preview.plan.rows if row.outcome in {"create", "error"} and row.title]
    return [name for name in _UNNAMED if any(not _names(row, name) for row in rows)]


def open_questions(preview: Preview) -> list[Sentence]:
    """Why the file cannot be imported yet, in the order of the steps; empty when it can."""
    if preview.plan.refused:
        return [preview.plan.refused]
    doubts = preview.plan.layout.doubts if preview.plan.layout else ()
    asked = [
        say(_("Say what column %(column)s is."), column=doubt.column.letter) for doubt in doubts
    ]
    undecided = {axis: len(preview.plan.scales[axis]["undecided"]) for axis in AXES}
    asked += [say(_UNDECIDED[axis], count=count) for axis, count in undecided.items() if count]
    asked += [
        say(_UNNAMED[name]) for name in lacking(preview) if not preview.mapping.defaults.get(name)
    ]
    if not asked and not preview.counts["create"]:
        asked.append(say(_("There is no new risk in the file.")))
    return asked


def _names(row: ImportedRow, name: str) -> bool:
    text = row.file.get(name, "")
    return bool(text.strip()) if name == "department" else bool(code_of(name, text))
