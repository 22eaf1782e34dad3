"""What kind of complaint it is, how fast it has to be answered, and whose it is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents.complaints.clocks import Counted
from incidents.complaints.deadlines import due_under
from incidents.models import Complaint
from incidents.permissions import may_handle
from incidents.services.handling import refuse_what_is_over
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_version, save_fields
from riskhub.company.business_calendar import working_time

SORTED_BY = ("category", "severity", "service_line", "department", "handler")


def triage_complaint(
    complaint: Complaint,
    *,
    by: User,
    version: int | None = None,
    **facts: Any,  # noqa: ANN401 - rows, by the names of `SORTED_BY`
) -> Complaint:
    """With another severity the clocks that still run are counted anew from the receipt.

    Raises StaleVersion for a page that is old, and refuses a handler who may not handle it.
    """
    with acting(by, "complaint.triaged"):
        stored = lock_version(complaint, version)
        refuse_what_is_over(stored)
        changed = {
            name: facts[name]
            for name in SORTED_BY
            if name in facts and facts[name] != getattr(stored, name)
        }
        if not changed:
            return stored
        if "severity" in changed:
            severity = changed["severity"]
            changed |= due_under(stored, severity, Counted(severity.clock, working_time()))
        save_fields(stored, **changed)
        if stored.handler and {"handler", "department"} & {*changed}:
            _refuse_stranger(stored, stored.handler)
        return stored


def _refuse_stranger(complaint: Complaint, handler: User) -> None:
    if not may_handle(handler, complaint):
        raise ValidationError(
            {"handler": _("This person does not handle complaints of the department.")}
        )
