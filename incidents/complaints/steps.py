"""What comes next for a complaint, and what else may be done with it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from incidents.choices import OVER, ComplaintState
from incidents.models import Complaint
from riskhub.audit.transitions import can_move


@dataclass(frozen=True)
class Way:
    """A step with the words of its button; `is_press`: nothing more is asked for; `key`: of the keyboard."""

    label: StrPromise
    view: str
    is_press: bool = False
    key: str = ""

    @property
    def name(self) -> str:
        return f"incidents:{self.view}"


TAKE = Way(_("Take it"), "complaint_take", is_press=True, key="t")
CALL = Way(_("Log a call"), "complaint_contact", key="l")
OFFER = Way(_("Make an offer"), "offer_create", key="o")
RESUME = Way(_("Clocks go on"), "complaint_resume", is_press=True)
ESCALATE = Way(_("Escalate"), "complaint_escalate", key="e")
_NEXT: Mapping[str, Way] = {
    ComplaintState.RECEIVED: CALL,
    ComplaintState.CONTACTED: OFFER,
    ComplaintState.INVESTIGATING: OFFER,
    ComplaintState.DECLINED: OFFER,
    ComplaintState.ESCALATED: OFFER,
    ComplaintState.OFFERED: Way(_("Note the answer"), "offer_answer"),
    ComplaintState.ACCEPTED: Way(_("Note that it is done"), "offer_fulfil", is_press=True),
    ComplaintState.FULFILLED: Way(_("Close the complaint"), "complaint_close"),
}
_MORE: Mapping[str, Way] = {
    ComplaintState.INVESTIGATING: Way(_("Look into it"), "complaint_investigate", is_press=True),
    ComplaintState.ESCALATED: ESCALATE,
    ComplaintState.ACCEPTED: Way(_("Note the answer"), "offer_answer"),
    ComplaintState.WITHDRAWN: Way(_("End without an offer"), "complaint_end"),
}
_REOPEN = Way(_("Take up again"), "complaint_reopen")
NOTE = Way(_("Note for colleagues"), "complaint_note", key="n")
_CLAUSE = Way(_("Note a contract clause"), "complaint_clause")
_SORT = Way(_("Sort it"), "complaint_triage")
_PAUSE = Way(_("Wait for the customer"), "complaint_pause")


def next_way(complaint: Complaint) -> Way | None:
    """The one next step of whoever handles it; None once it is over."""
    if complaint.state in OVER:
        return None
    if complaint.paused_at:
        return RESUME
    return _NEXT[complaint.state] if complaint.handler_id else TAKE


def other_ways(complaint: Complaint) -> list[Way]:
    """What else the state allows, the usual first."""
    if complaint.state in OVER:
        after = [NOTE, _CLAUSE]
        return [_REOPEN, *after] if can_move(complaint, ComplaintState.INVESTIGATING) else after
    usual = [TAKE, CALL, _SORT, NOTE, _PAUSE, RESUME]
    unfit = {RESUME if complaint.paused_at is None else _PAUSE, next_way(complaint)}
    if complaint.handler_id:
        unfit.add(TAKE)
    moves = [way for state, way in _MORE.items() if can_move(complaint, state)]
    if can_move(complaint, ComplaintState.OFFERED):
        moves.insert(0, OFFER)
    return [way for way in [*usual, *moves] if way not in unfit]
