"""The addresses of complaints, and what is sent to them."""

from uuid import uuid4

from incidents.services import CUSTOMER, Told, receive_complaint
from riskhub.audit.context import acting
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
}


def enter_complaint(world, kind, department):
    """One of the department, which nobody handles yet."""
    told = Told(client_uuid=uuid4(), text="地板泡坏了")
    complaint, _new = receive_complaint(told, by=CUSTOMER)
    with acting(world.people["manager"], "complaint.taken"):
        complaint.department = department
        complaint.save(update_fields=["department"])
    world.things.setdefault("complaint", {})[kind] = complaint.code
    world.things["step"] = {"own": "order"}
