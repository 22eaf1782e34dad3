"""Every state x every step: what the table allows is done, anything else is refused and changes nothing."""

from decimal import Decimal

import pytest

from incidents.choices import COMPLAINT_NEXT_STATES, ComplaintState
from incidents.models import Complaint, ComplaintCategory
from incidents.services import CUSTOMER
from incidents.services.closing import close_complaint, reopen_complaint
from incidents.services.handling import (
    end_complaint,
    escalate_complaint,
    investigate_complaint,
    pause_complaint,
    resume_complaint,
    take_complaint,
)
from incidents.services.offers import answer_offer, approve_offer, fulfil_offer, revoke_offer
from riskhub.audit.transitions import WrongState, can_move, move
from tests.incidents.complaining import contact, make_at, make_closed, offer

pytestmark = pytest.mark.django_db

OPEN = [state for state in ComplaintState if state not in ("closed", "withdrawn", "invalid")]
WITH_OFFER = ("contacted", "investigating", "declined", "escalated")
STEPS = {
    "take": (OPEN, None),
    "contact": (OPEN, {"received": "contacted"}),
    "pause": (OPEN, None),
    "resume": (OPEN, None),
    "investigate": (["contacted"], "investigating"),
    "escalate": (["contacted", "investigating", "offered", "declined"], "escalated"),
    "offer": (WITH_OFFER, "offered"),
    "accept": (["offered"], "accepted"),
    "decline": (["offered"], "declined"),
    "fulfil": (["accepted"], "fulfilled"),
    "close": (["fulfilled"], "closed"),
    "withdraw": (OPEN, "withdrawn"),
    "refuse": (OPEN, "invalid"),
    "reopen": (["closed"], "investigating"),
}
"""Where a step is allowed, and to which state it leads (None: it stays)."""


def bring(state, service, risk):
    if state == "closed":
        return make_closed(service, risk)
    if state in ("declined", "escalated"):
        complaint = make_at("offered", service)
        if state == "declined":
            answer_offer(complaint.offers.get(), by=CUSTOMER, accepted=False)
        else:
            escalate_complaint(complaint, by=service, reason="金额超权限")
    elif state in ("withdrawn", "invalid"):
        complaint = make_at("offered", service)
        end_complaint(complaint, by=service, state=state, reason="客户撤回")
    else:
        return make_at(state, service)
    complaint.refresh_from_db()
    return complaint


def take_step(step, complaint, by, risk):
    held = complaint.offers.order_by("-pk").first()
    kind = ComplaintCategory.objects.get(code="damage_water")
    steps = {
        "take": lambda: take_complaint(complaint, by=by),
        "contact": lambda: contact(complaint, by),
        "pause": lambda: pause_complaint(complaint, by=by, reason="等照片"),
        "resume": lambda: resume_complaint(complaint, by=by),
        "investigate": lambda: investigate_complaint(complaint, by=by),
        "escalate": lambda: escalate_complaint(complaint, by=by, reason="金额超权限"),
        "offer": lambda: offer(complaint, by, text="另一个方案"),
        "accept": lambda: answer_offer(held, by=CUSTOMER, accepted=True),
        "decline": lambda: answer_offer(held, by=CUSTOMER, accepted=False),
        "fulfil": lambda: fulfil_offer(held, by=by),
        "close": lambda: close_complaint(
            complaint, by=by, root_cause="老化", risks={risk: True}, category=kind
        ),
        "withdraw": lambda: end_complaint(complaint, by=by, state="withdrawn", reason="撤回"),
        "refuse": lambda: end_complaint(complaint, by=by, state="invalid", reason="重复"),
        "reopen": lambda: reopen_complaint(complaint, by=by, reason="又漏水了"),
    }
    return steps[step]()


def is_same_again(step, state):
    """The same answer, or the same promise kept, once more: it was done already, and nothing changes."""
    return (step, state) in {
        ("accept", "accepted"), ("accept", "fulfilled"), ("accept", "closed"),
        ("decline", "declined"), ("fulfil", "fulfilled"), ("fulfil", "closed"),
    }  # fmt: skip


def needs_an_offer(step, state):
    return step in ("accept", "decline", "fulfil") and state in (
        "received", "contacted", "investigating",
    )  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", [state.value for state in ComplaintState])
def test_each_step_is_done_from_where_the_table_allows_it_alone(state, step, service, risk):
    if needs_an_offer(step, state):
        return
    complaint = bring(state, service, risk)
    allowed, to = STEPS[step]
    before = Complaint.objects.filter(pk=complaint.pk).values().get()
    if state in allowed:
        take_step(step, complaint, service, risk)
        after = to if isinstance(to, str) else (to or {}).get(state, state)
        assert Complaint.objects.get(pk=complaint.pk).state == after
        return
    if is_same_again(step, state):
        take_step(step, complaint, service, risk)
    else:
        with pytest.raises(WrongState):
            take_step(step, complaint, service, risk)
    assert Complaint.objects.filter(pk=complaint.pk).values().get() == before


@pytest.mark.parametrize("step", ["approve", "revoke"])
@pytest.mark.parametrize("state", ["contacted", "investigating", "withdrawn"])
def test_an_offer_that_waits_is_decided_while_the_complaint_is_open(
    state, step, service, risk_manager
):
    complaint = make_at("contacted" if state == "withdrawn" else state, service)
    waiting = offer(complaint, service, amount=Decimal(800))
    decide = {
        "approve": lambda: approve_offer(waiting, by=risk_manager),
        "revoke": lambda: revoke_offer(waiting, by=risk_manager, reason="太多"),
    }[step]
    if state == "withdrawn":
        end_complaint(complaint, by=service, state="withdrawn", reason="撤回")
        with pytest.raises(WrongState):
            decide()
    else:
        decide()
        with pytest.raises(WrongState):
            decide()


@pytest.mark.parametrize("to", [state.value for state in ComplaintState])
@pytest.mark.parametrize("state", [state.value for state in ComplaintState])
def test_no_pair_of_states_but_those_of_the_table(state, to, service):
    stated = Complaint(state=state)
    assert can_move(stated, to) == (to in COMPLAINT_NEXT_STATES[state])
    assert to != state or not can_move(stated, to)
    if state == "received" and not can_move(stated, to):
        with pytest.raises(WrongState):
            move(make_at("received", service), to)
