"""A register as a file: one function gives the rows of the page's export and of the command."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registers import report_json
from registers.printing import PRINTED_ROWS, printed
from registers.querysets import RiskQuerySet
from registers.report_columns import all_columns, columns_shown, guide_columns
from registers.report_rows import Counted, rows_in_words
from riskhub.accounts.models import User
from riskhub.audit.services import note_event
from riskhub.reports.writers import csv, xlsx
from riskhub.reports.writers.tables import Table

FORMS = {
    "xlsx": xlsx.CONTENT_TYPE, "csv": csv.CONTENT_TYPE, "json": report_json.CONTENT_TYPE,
    "pdf": "application/pdf",
}  # fmt: skip
WORKBOOK_ROWS = 20_000
"""A workbook of this many takes five seconds; more are for CSV, or for the command."""
MOST = {"xlsx": WORKBOOK_ROWS, "pdf": PRINTED_ROWS}


@dataclass(frozen=True)
class ExportFile:
    """`content` is open at its beginning; whoever reads it closes it."""

    name: str
    content_type: str
    content: IO[bytes]
    rows: int


def export_risks(
    risks: RiskQuerySet,
    *,
    by: User | None,
    form: str,
    name: str = "",
    shown: Sequence[str] | None = None,
    as_guide: bool = False,
) -> ExportFile:
    """The given risks in their order; the audit knows who took how many.

    `shown` are the columns of the list that is exported as it stands, `as_guide` asks for the four of the
    guide; JSON has all of them always, and paper its own.
    """
    content = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    count = _write(risks, content, form, shown=shown, as_guide=as_guide)
    content.seek(0)
    details = {"format": form, "rows": count, "language": get_language()}
    note_event(
        by=by, action="risk.exported", object_type="registers_risk", label=name, details=details
    )
    kind = "risk-list" if as_guide else "risks"
    stem = "-".join(filter(None, [kind, name, f"{timezone.localdate():%Y%m%d}"]))
    return ExportFile(f"{stem}.{form}", FORMS[form], content, count)


def _write(
    risks: RiskQuerySet,
    out: BinaryIO,
    form: str,
    *,
    shown: Sequence[str] | None,
    as_guide: bool,
) -> int:
    if form == "json":
        return report_json.write_json(risks, out)
    if as_guide:
        title, columns = _("List of risks"), guide_columns()
    else:
        title = _("Risk register")
        columns = all_columns() if shown is None else columns_shown(shown)
    with_lines = any(column.key == "service_lines" for column in columns)
    rows = Counted(rows_in_words(risks, with_lines=with_lines))
    if form == "pdf":
        out.write(printed(rows, title=title))
        return rows.count
    table = Table(title, columns, rows)
    if form == "csv":
        csv.write_csv(table, out)
    else:
        xlsx.write_xlsx([table], out)
    return rows.count
