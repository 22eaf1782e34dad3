"""A register as a file: one function gives the rows of the page's export and of the command.

The columns are named so that an import reads them back (headers in the active language). Levels,
states and answers are for people: an import keeps them as text. The scores' columns name their scale:
without it an import asks, where no risk has a 5.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registers.choices import Level, PlanState, RiskState, Strategy
from registers.printing import PRINTED_ROWS, printed
from registers.querysets import RiskQuerySet
from registers.responses import versions_in_words
from riskhub.accounts.bilingual import in_language
from riskhub.accounts.models import User
from riskhub.audit.services import note_event
from riskhub.reports.writers import csv, xlsx
from riskhub.reports.writers.tables import Column, Kind, Table

FORMS = {"xlsx": xlsx.CONTENT_TYPE, "csv": csv.CONTENT_TYPE, "pdf": "application/pdf"}
WORKBOOK_ROWS = 20_000
"""A workbook of this many takes five seconds; more are for CSV, or for the command."""
MOST = {"xlsx": WORKBOOK_ROWS, "pdf": PRINTED_ROWS}
_AT_ONCE = 2000
_NAMED = ("register", "category", "area", "primary_source", "owner_department")
_PLAIN = (
    "code", "title", "title_alt", "cause", "event", "consequence", "lang", "owner_note", "state",
    "inherent_probability", "inherent_impact", "inherent_level", "residual_probability",
    "residual_impact", "residual_level", "plan_strategy", "plan_state", "plan_version",
    "plan_in_force", "business_importance", "next_review_on", "reported_on",
)  # fmt: skip
_LABELS: dict[str, dict[Any, Any]] = {
    "state": dict(RiskState.choices),
    "inherent_level": dict(Level.choices),
    "residual_level": dict(Level.choices),
    "plan_strategy": dict(Strategy.choices),
    "plan_state": dict(PlanState.choices),
}


@dataclass(frozen=True)
class ExportFile:
    """`content` is open at its beginning; whoever reads it closes it."""

    name: str
    content_type: str
    content: IO[bytes]
    rows: int


def export_risks(risks: RiskQuerySet, *, by: User | None, form: str, name: str = "") -> ExportFile:
    """The given risks in their order in one of the FORMS; the audit knows who took how many."""
    content = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    rows = _Counted(risks)
    table = Table(_("Risk register"), columns(), rows)
    if form == "pdf":
        content.write(printed(rows, title=_("Risk register")))
    elif form == "csv":
        csv.write_csv(table, content)
    else:
        xlsx.write_xlsx([table], content)
    content.seek(0)
    details = {"format": form, "rows": rows.count, "language": get_language()}
    note_event(
        by=by, action="risk.exported", object_type="registers_risk", label=name, details=details
    )
    stem = "-".join(filter(None, ["risks", name, f"{timezone.localdate():%Y%m%d}"]))
    return ExportFile(f"{stem}.{form}", FORMS[form], content, rows.count)


def columns() -> tuple[Column, ...]:
    return (
        Column("code", _("Risk number"), width=10),
        Column("title", _("Risk name"), width=36),
        Column("cause", _("Cause"), width=36),
        Column("event", _("Event description"), width=36),
        Column("consequence", _("Consequence"), width=36),
        Column("category", _("Risk category")),
        Column("area", _("Risk area")),
        Column("source", _("Source")),
        Column("department", _("Responsible department"), width=20),
        Column("owner", _("Risk owner")),
        Column("inherent_probability", _("Inherent probability (1–5)"), Kind.NUMBER, 26),
        Column("inherent_impact", _("Inherent impact (1–5)"), Kind.NUMBER, 26),
        Column("residual_probability", _("Residual probability (1–5)"), Kind.NUMBER, 26),
        Column("residual_impact", _("Residual impact (1–5)"), Kind.NUMBER, 26),
        Column("level", _("Risk level"), width=10),
        Column("strategy", _("Response strategy"), width=12),
        Column("plan", _("Plan"), width=20),
        Column("state", _("Status"), width=12),
        Column("reported_on", _("Date identified"), Kind.DATE, 12),
        Column("next_review_on", _("Next review"), Kind.DATE, 12),
        Column("register", _("Register"), width=20),
    )


class _Counted:
    """The rows, read in batches and never kept; how many there were is known afterwards."""

    def __init__(self, risks: RiskQuerySet) -> None:
        self.risks, self.count = risks, 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = {
            f"{one}_{tongue}": F(f"{one}__name_{tongue}")
            for one in _NAMED
            for tongue in ("zh", "en")
        }
        people = {"owner_name": F("owner__display_name"), "owner_login": F("owner__username")}
        rows = self.risks.values(*_PLAIN, **names, **people)
        for row in rows.iterator(chunk_size=_AT_ONCE):
            self.count += 1
            yield row | _in_words(row)


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    words: dict[str, Any] = {
        name: in_language(row[f"{name}_zh"] or "", row[f"{name}_en"] or "") for name in _NAMED
    }
    for name, labels in _LABELS.items():
        words[name] = str(labels.get(row[name], ""))
    standing = versions_in_words(words["plan_state"], row["plan_version"], row["plan_in_force"])
    return words | {
        "residual_level_rank": row["residual_level"],
        "title": _title(row),
        "source": words["primary_source"],
        "department": words["owner_department"],
        "owner": row["owner_name"] or row["owner_login"] or row["owner_note"],
        "level": words["residual_level"],
        "strategy": words["plan_strategy"],
        "plan": standing,
    }


def _title(row: dict[str, Any]) -> str:
    """In the file's language where there is a translation, as on the page."""
    is_foreign = (get_language() or "zh-hans") != row["lang"]
    return str((row["title_alt"] if is_foreign else "") or row["title"])
