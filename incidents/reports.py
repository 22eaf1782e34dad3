"""The statistics as a file: the figures of the page, in its order."""

import tempfile

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from incidents.statistics.figures import figures_of
from incidents.statistics.scope import Scope
from registers.reports import ExportFile
from riskhub.audit.services import note_event
from riskhub.reports.writers import csv, xlsx
from riskhub.reports.writers.tables import Column, Kind, Table

FORMS = {"xlsx": xlsx.CONTENT_TYPE, "csv": csv.CONTENT_TYPE}


def export_statistics(scope: Scope, form: str) -> ExportFile:
    """The audit knows who took them, of which days."""
    rows = figures_of(scope, timezone.now())
    content = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    table = Table(_("Statistics"), _columns(), rows)
    if form == "csv":
        csv.write_csv(table, content)
    else:
        xlsx.write_xlsx([table], content)
    content.seek(0)
    details = {
        "format": form, "since": scope.since.isoformat(), "until": scope.until.isoformat(),
        "language": get_language(),
    }  # fmt: skip
    note_event(
        by=scope.user, action="statistics.exported", object_type="incidents_complaint",
        details=details,
    )  # fmt: skip
    name = f"statistics-{scope.since:%Y%m%d}-{scope.until:%Y%m%d}.{form}"
    return ExportFile(name, FORMS[form], content, len(rows))


def _columns() -> tuple[Column, ...]:
    number = Kind.NUMBER
    return (
        Column("section", _("Part"), width=24),
        Column("name", pgettext("statistics", "Figure"), width=48),
        Column("value", _("Value"), number),
        Column("out_of", _("Out of"), number),
        Column("share", _("Per cent"), number),
        Column("orders", _("Orders"), number),
        Column("complaints", pgettext("records", "Complaints"), number),
        Column("complaint_rate", _("Complaints per 1,000 orders"), number, width=24),
        Column("incidents", pgettext("records", "Incidents"), number),
        Column("incident_rate", _("Incidents per 1,000 orders"), number, width=24),
    )
