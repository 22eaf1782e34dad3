"""The addresses of complaints, and what is sent to them."""

from tests.access.row import ROLES, page, public

READ = ("ops_manager", "head", "manager", "approver", "service", "auditor")
COMPLAINT = {"thing": "complaint", "sees": READ}
INTAKE = {
    "incidents:complaint_list": page({"GET": {200: READ}}, gate=READ),
    "incidents:complaint_detail": page({"GET": {200: READ}}, **COMPLAINT),
    "incidents:complaint_tell": public({"GET": {200: ROLES}, "POST": {422: ROLES}}),
    "incidents:complaint_tell/step": public(
        {"GET": {302: ROLES}, "POST": {302: ROLES}}, thing="step", sees=ROLES
    ),
    # Nothing was told yet.
    "incidents:complaint_check": public({"GET": {302: ROLES}, "POST": {302: ROLES}}),
    "incidents:complaint_receipt": public({"GET": {302: ROLES}}),
    "incidents:tracking_open": public({"GET": {200: ROLES}, "POST": {422: ROLES}}),
    # Nothing was opened with its secret.
    "incidents:tracking_detail": public({"GET": {302: ROLES}}),
    "incidents:tracking_write": public({"POST": {403: ROLES}}),
    "incidents:tracking_answer": public({"POST": {403: ROLES}}),
    "incidents:tracking_reopen": public({"POST": {403: ROLES}}),
    "incidents:tracking_rate": public({"POST": {403: ROLES}}),
    "incidents:tracking_leave": public({"POST": {302: ROLES}}),
}
