"""The pages on which records of elsewhere come in."""

from datetime import date

from incidents.services.exposure import enter_exposure
from incidents.services.record_runs import (
    apply_records,
    discard_records,
    save_record_mapping,
    start_records,
)
from incidents.services.record_undoing import undo_records
from registers.models import ServiceLine
from riskhub.accounts.models import User
from tests.flows.markup import MARKUP
from tests.flows.stops import Stop
from tests.incidents.recording import ROWS, uploaded
from tests.riskhub.imports.made_files import workbook

FIELDS = (
    "external_id", "text", "received_at", "replied_at", "reply", "closed_at", "contact_phone", "order_ref",
    "channel",
)  # fmt: skip
FIGURES = [f"4711 {number}" for number in range(len(FIELDS))]
OVER = ROWS[1]
MARKED = [OVER[0], MARKUP, *OVER[2:]]
WRONG = ["4711", "4711", "4711", *OVER[3:5], "", "", "", "8642"]


def records():
    manager = User.objects.get(username="risk.manager")
    book = workbook(("4711", [FIGURES, MARKED, WRONG]))
    waiting, over, gone, undone = (
        uploaded(book, by=manager, source=source, filename="4711.xlsx")
        for source in ("CRM-1", "CRM-2", "CRM-3", "CRM-4")
    )
    columns = {name: index for index, name in enumerate(FIELDS)}
    for run in (waiting, over, undone):
        save_record_mapping(run, by=manager, version=1, mapping={"columns": columns})
    for run in (over, undone):
        start_records(run, by=manager, version=2)
        apply_records(run, by=manager)
    undo_records(undone, by=manager, reason=MARKUP)
    discard_records(gone, by=manager, version=1)
    yield Stop("incidents:record_import_create")
    yield Stop("incidents:record_import_undo", key=over.pk)
    for who in ("risk.manager", "auditor"):
        yield Stop("incidents:record_import_list", who)
        for run in (waiting, over, gone, undone):
            yield Stop("incidents:record_import_detail", who, run.pk)
    line = ServiceLine.objects.get(code="cleaning")
    exposure = enter_exposure(line, date(2026, 3, 1), by=manager, orders=4711)
    yield Stop("incidents:exposure_create")
    yield Stop("incidents:exposure_edit", key=exposure.pk)
    for who in ("risk.manager", "auditor"):
        yield Stop("incidents:exposure_list", who)
        yield Stop("incidents:statistics_detail", who)
    yield Stop(
        "incidents:statistics_detail", query="?since=2024-01-01&until=2024-12-31&line=cleaning"
    )
