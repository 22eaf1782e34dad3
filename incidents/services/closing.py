"""A complaint ends with what was behind it; within a month it can be taken up again."""

from collections.abc import Mapping
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.choices import ComplaintState, Direction
from incidents.complaints.clocks import Counted
from incidents.complaints.tracking import may_reopen
from incidents.models import Complaint, ComplaintCategory, ComplaintMessage, ComplaintRisk
from incidents.services.clauses import note_clause
from incidents.services.handling import said
from registers.models import ContractClause, Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.company.business_calendar import working_time
from riskhub.entry.texts import prose

BEST = 5


class TooLate(Exception):  # noqa: N818 - reads as what it says
    """Closed for longer than a month: a new complaint is made, which is marked as its repeat."""


def close_complaint(
    complaint: Complaint,
    *,
    by: User,
    root_cause: str,
    risks: Mapping[Risk, bool],
    category: ComplaintCategory | None = None,
    version: int | None = None,
    clause: ContractClause | None = None,
    clause_outcome: str = "",
) -> Complaint:
    """`risks`: those that it made real, and whether each stood in the register before.

    `category`: where it has none yet, or another one than was thought at first. `clause`: of the contract,
    where the dispute turned on one, with whether it helped or failed.
    """
    with acting(by, "complaint.closed"):
        stored = lock_version(complaint, version)
        if not can_move(stored, ComplaintState.CLOSED):
            raise WrongState(stored, ComplaintState.CLOSED)
        faults = {}
        category = category or stored.category
        if category is None:
            faults["category"] = _("Say first what kind of complaint it is.")
        if not prose(root_cause):
            faults["root_cause"] = _("Say what was behind it, in a sentence.")
        if not risks:
            faults["risks"] = _("Name the risk that it made real; a new one is filed first.")
        if faults:
            raise ValidationError(faults)
        for risk, known_before in risks.items():
            ComplaintRisk.objects.get_or_create(
                complaint=stored, risk=risk,
                defaults={"known_before": known_before, "confirmed_by": by},
            )  # fmt: skip
        if clause:
            note_clause(stored, by=by, clause=clause, outcome=clause_outcome)
        return move(
            stored, ComplaintState.CLOSED, closed_at=timezone.now(), root_cause=prose(root_cause),
            paused_at=None, category=category,
        )  # fmt: skip


def correct_complaint_risk(link: ComplaintRisk, *, by: User, known_before: bool) -> ComplaintRisk:
    """Whether it stood in the register before was answered wrongly; also once the complaint is over."""
    with acting(by, "complaint_risk.corrected"):
        lock_row(link.complaint)
        return save_fields(lock_row(link), known_before=known_before)


def reopen_complaint(complaint: Complaint, *, by: User | AnonymousUser, reason: str) -> Complaint:
    """By the customer, too: what they say stands among the messages. Raises TooLate after a month.

    It is to be closed as soon as a new one would be.
    """
    why = said(reason, _("Say what is still not right."), field="reason")
    with acting(by, "complaint.reopened", why):
        stored, now = lock_row(complaint), timezone.now()
        if stored.state != ComplaintState.CLOSED:
            raise WrongState(stored, ComplaintState.INVESTIGATING)
        if not may_reopen(stored, now):
            raise TooLate(_("It was closed more than 30 days ago. Make a new complaint."))
        counted = Counted(stored.severity.clock, working_time())
        due = max(stored.close_due, counted.after(now, stored.severity.close))
        opened = move(
            complaint, ComplaintState.INVESTIGATING, closed_at=None, close_due=due, reopened_at=now
        )
        if not by.is_authenticated:
            ComplaintMessage.objects.create(
                complaint=opened, direction=Direction.IN, text=why, client_uuid=uuid4()
            )
        return opened


def rate_complaint(complaint: Complaint, *, by: User | AnonymousUser, stars: int) -> Complaint:
    """How satisfied the customer is, 1 to 5, once it is closed."""
    with acting(by, "complaint.rated"):
        stored = lock_version(complaint, None)
        if stored.state != ComplaintState.CLOSED or not 1 <= stars <= BEST:
            raise ValidationError(_("From 1 to 5, once the complaint is closed."))
        return save_fields(stored, satisfaction=stars)
