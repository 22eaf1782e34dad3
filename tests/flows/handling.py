"""The pages of the steps of a complaint, each in a state that has them."""

from decimal import Decimal

from registers.models import Risk
from riskhub.accounts.models import User
from tests.flows.stops import Stop
from tests.incidents.complaining import make_at, make_closed, offer

_STEPS = {
    "received": (
        "complaint_triage",
        "complaint_contact",
        "complaint_note",
        "complaint_pause",
        "complaint_end",
        "complaint_clause",
    ),
    "contacted": ("complaint_escalate", "offer_create"),
    "investigating": ("offer_approve", "offer_revoke"),
    "offered": ("offer_answer",),
    "fulfilled": ("complaint_close",),
    "closed": ("complaint_reopen",),
}  # fmt: skip


def handling():
    for state, names in _STEPS.items():
        complaint = _at(state, User.objects.get(username="risk.manager"))
        who = "approver" if state == "investigating" else "risk.manager"
        for name in ("complaint_detail", *names):
            yield Stop(f"incidents:{name}", who, complaint.code)


def _at(state, by):
    if state == "closed":
        return make_closed(by, Risk.objects.earliest("pk"))
    complaint = make_at(state, by)
    if state == "investigating":
        offer(complaint, by, amount=Decimal(8000))
    return complaint
