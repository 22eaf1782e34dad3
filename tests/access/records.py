"""The addresses of records that come in from elsewhere, and what is sent to them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from incidents.services.record_runs import apply_records, start_records
from registers.models import ServiceLine
from riskhub.imports.models import ImportRun
from tests.access.row import api, page
from tests.incidents.recording import ROWS
from tests.riskhub.imports.made_files import csv_text

BRING = ("manager",)
READ = (*BRING, "auditor")
READ_ORDERS = ("manager", "approver", "finance", "auditor")
READ_COMPLAINTS = ("ops_manager", "head", "manager", "approver", "service", "auditor")
READ_INCIDENTS = ("ops_manager", "head", "manager", "approver", "finance", "auditor")
READ_FIGURES = tuple(dict.fromkeys((*READ_COMPLAINTS, *READ_INCIDENTS)))
RUN = {"thing": "record_run", "sees": READ}
RECORDS = {
    "incidents:record_import_list": page({"GET": {200: READ}}, gate=READ),
    "incidents:record_import_create": page({"GET": {200: BRING}, "POST": {422: BRING}}, gate=BRING),
    "incidents:record_import_detail": page({"GET": {200: READ}, "POST": {422: BRING}}, **RUN),
    "incidents:record_import_start": page({"POST": {400: BRING}}, **RUN),
    "incidents:record_import_discard": page({"POST": {400: BRING}}, **RUN),
    "incidents:record_import_undo": page({"GET": {302: BRING}, "POST": {302: BRING}}, **RUN),
    "incidents:statistics_detail": page({"GET": {200: READ_FIGURES}}, gate=READ_FIGURES),
    "incidents:statistics_export": page({"GET": {400: READ_FIGURES}}, gate=READ_FIGURES),
    "incidents:exposure_list": page({"GET": {200: READ_ORDERS}}, gate=READ_ORDERS),
    "incidents:exposure_create": page({"GET": {200: BRING}, "POST": {422: BRING}}, gate=BRING),
    "incidents:exposure_edit": page(
        {"GET": {200: BRING}, "POST": {422: BRING}}, thing="exposure", gate=BRING, sees=BRING
    ),
    "api:complaint_import": api({"POST": {400: BRING}}, gate=BRING),
    "api:incident_import": api({"POST": {400: BRING}}, gate=BRING),
}


def applied_records(world):
    """The file is imported first."""
    run = ImportRun.objects.get(pk=world.value("record_run", "own"))
    start_records(run, by=world.people["manager"], version=run.row_version)
    apply_records(run, by=world.people["manager"])
    return {"reason": "列选错了"}


SENT_TO_RECORDS = {
    "incidents:record_import_create": lambda _world: {
        "kind": "complaints", "source": "12315",
        "file": SimpleUploadedFile("old.csv", csv_text(ROWS).encode()),
    },
    "incidents:record_import_detail": lambda _world: {"default_channel": "app"},
    "incidents:record_import_start": lambda _world: {"row_version": "1"},
    "incidents:record_import_discard": lambda _world: {"row_version": "1"},
    "incidents:record_import_undo": applied_records,
    "incidents:exposure_create": lambda _world: {
        "line": str(ServiceLine.objects.get(code="repair").pk), "month": "2026-03", "orders": "1200",
    },
    "incidents:exposure_edit": lambda _world: {"orders": "7"},
    "api:complaint_import": lambda _world: {
        "source": "crm", "records": [{"external_id": "1", "text": "漏水", "received_at": "2024-03-01"}],
    },
    "api:incident_import": lambda _world: {
        "source": "crm", "kind": "accident", "department": "CLEAN",
        "records": [{"external_id": "1", "text": "滑倒", "occurred_at": "2024-03-01"}],
    },
}  # fmt: skip
