"""The addresses of records that come in from elsewhere, and what is sent to them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.row import page
from tests.incidents.recording import ROWS
from tests.riskhub.imports.made_files import csv_text

BRING = ("manager",)
READ = (*BRING, "auditor")
RUN = {"thing": "record_run", "sees": READ}
RECORDS = {
    "incidents:record_import_list": page({"GET": {200: READ}}, gate=READ),
    "incidents:record_import_create": page({"GET": {200: BRING}, "POST": {422: BRING}}, gate=BRING),
    "incidents:record_import_detail": page({"GET": {200: READ}, "POST": {422: BRING}}, **RUN),
    "incidents:record_import_start": page({"POST": {400: BRING}}, **RUN),
    "incidents:record_import_discard": page({"POST": {400: BRING}}, **RUN),
}
SENT_TO_RECORDS = {
    "incidents:record_import_create": lambda _world: {
        "kind": "complaints", "source": "12315",
        "file": SimpleUploadedFile("old.csv", csv_text(ROWS).encode()),
    },
    "incidents:record_import_detail": lambda _world: {"default_channel": "app"},
    "incidents:record_import_start": lambda _world: {"row_version": "1"},
    "incidents:record_import_discard": lambda _world: {"row_version": "1"},
}  # fmt: skip
