"""Recompute the whole log: at once for the command, in the background for a page."""

from collections.abc import Callable
from dataclasses import asdict
from uuid import UUID

from riskhub.accounts.models import User
from riskhub.audit import services as audit
from riskhub.audit.chain import Verification, verify_chain
from riskhub.audit.context import acting
from riskhub.oversight.services.sealing import seal_all
from riskhub.work.models import Work
from riskhub.work.services import owe_work

VERIFY = "audit.verify"
VERIFIED = "audit.verified"


def request_verification(key: UUID, *, by: User) -> bool:
    """Owe one run; False while another one is owed. The same `key` is the same press of the button."""
    with acting(by, f"{VERIFY}.owed"):
        dedupe = f"{VERIFY}:{key}"
        if Work.objects.waiting().filter(kind=VERIFY).exclude(dedupe=dedupe).exists():
            return False
        owe_work(VERIFY, dedupe, {"by": by.pk, "dedupe": dedupe}, by=by)
        return True


def verify_audit(*, by: User | None, told: Callable[[int], None] | None = None) -> Verification:
    """Seal, then recompute the whole chain; that it was done, and the result, is an event itself."""
    seal_all()
    found = verify_chain(told)
    details = {"events": found.events, "head": found.head_hash, "fault": found.fault}
    if found.broken:
        details["broken"] = asdict(found.broken)
    audit.note_event(
        by=by,
        action=VERIFIED,
        object_type="audit_auditseal",
        label=found.head_hash[:12],
        details=details,
    )
    return found
