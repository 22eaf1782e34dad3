"""The three moments by which something is due, as a complaint keeps them. Pure."""

from collections.abc import Mapping
from datetime import datetime

from incidents.complaints.clocks import Counted
from incidents.models import Complaint, Severity

DONE_AT: Mapping[str, str] = {
    "first_contact": "first_contact_at",
    "offer": "offer_at",
    "close": "closed_at",
}
"""The column with the moment in which a step was done."""


def running(complaint: Complaint) -> list[str]:
    """The steps that are not done."""
    return [step for step, done_at in DONE_AT.items() if getattr(complaint, done_at) is None]


def in_order(complaint: Complaint, due: dict[str, datetime]) -> dict[str, datetime]:
    """A clock that was late already stays behind the one before it."""
    latest = complaint.received_at
    for step in Severity.steps:
        name = f"{step}_due"
        latest = max(latest, due.get(name, getattr(complaint, name)))
        if name in due:
            due[name] = latest
    return due


def due_under(complaint: Complaint, severity: Severity, counted: Counted) -> dict[str, datetime]:
    """What still runs, counted from the receipt under another severity; the minutes of waiting count on.

    The closing of what was taken up again is counted from then.
    """
    waited = complaint.paused_minutes
    due = {
        f"{step}_due": counted.after(_began(complaint, step), getattr(severity, step) + waited)
        for step in running(complaint)
    }
    return in_order(complaint, due)


def _began(complaint: Complaint, step: str) -> datetime:
    again = complaint.reopened_at if step == "close" else None
    return again or complaint.received_at
