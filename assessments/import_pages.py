"""What the pages of an import show: steps, rows and progress, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.register_import.outline import Outline
from assessments.services.imports import Preview, is_all_there, is_open, values_open, work_key
from riskhub.imports.models import ImportRun, ImportState
from riskhub.work.choices import WorkState
from riskhub.work.progress import progress_of

BECAME = {
    "create": gettext_lazy("%(count)d imported"),
    "same": gettext_lazy("%(count)d already there"),
    "error": gettext_lazy("%(count)d in error"),
    "ignored": gettext_lazy("%(count)d left out"),
}
STATE_MARKS = {
    ImportState.UPLOADED: "draft",
    ImportState.APPLYING: "run",
    ImportState.APPLIED: "done",
    ImportState.UNDONE: "none",
    ImportState.FAILED: "late",
    ImportState.DISCARDED: "none",
}
IS_OVER = frozenset({ImportState.APPLIED, ImportState.UNDONE})


@dataclass(frozen=True)
class Step:
    """As `components/steps.html` reads it."""

    name: str
    fact: str
    place: str


@dataclass(frozen=True)
class Progress:
    """`total` 0: not begun. `error` and `again_at` where an attempt failed and another one follows."""

    done: int
    total: int
    error: str
    again_at: datetime | None
    is_dead: bool


def sum_of_rows(counts: Mapping[str, int]) -> str:
    """What became of the rows of a file; the parts add up to all of them."""
    all_rows = sum(counts.values())
    parts = [str(words) % {"count": counts[code]} for code, words in BECAME.items() if counts[code]]
    words = ngettext(
        "%(count)d row in the file: %(parts)s.", "%(count)d rows in the file: %(parts)s.", all_rows
    )
    return words % {"count": all_rows, "parts": _(", ").join(parts)}


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
    if run.state in IS_OVER:
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
        if run.state not in IS_OVER and is_open(preview):
            return facts | dict.fromkeys((3, 4), _("undecided"))
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
