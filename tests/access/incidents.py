"""The addresses of incidents, and what is sent to them."""

from django.utils import timezone

from riskhub.accounts.models import Department
from tests.access.row import SIGNED_IN, page

FILE = ("ops_manager", "manager", "head", "staff", "service", "approver", "finance")
READ = ("ops_manager", "head", "manager", "approver", "finance", "auditor")
INCIDENT = {"thing": "incident", "sees": (*READ, "staff")}
INCIDENTS = {
    "incidents:incident_create": page({"GET": {200: FILE}, "POST": {422: FILE}}),
    "incidents:incident_receipt/code": page(
        {"GET": {200: ("staff",)}}, thing="incident", sees=("staff",)
    ),
    "incidents:incident_receipt/key": page(
        {"GET": {200: SIGNED_IN}}, thing="incident_key", sees=SIGNED_IN
    ),
    "incidents:incident_list": page({"GET": {200: READ}}, gate=READ),
    "incidents:incident_detail": page({"GET": {200: (*READ, "staff")}}, **INCIDENT),
}


def reported(_world):
    return {
        "text": "扶手松动", "kind": "hazard",
        "department": str(Department.objects.get(code="CLEAN").pk),
        "occurred_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip


SENT_TO_INCIDENTS = {"incidents:incident_create": reported}
