"""How a complaint stands, in the words of whoever made it: five steps, what comes next and when.

Nothing of it is internal or about a person: no severity, no handler, no contact, no reason among ourselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_stubs_ext import StrPromise

from incidents.choices import ComplaintState
from incidents.models import Complaint, Resolution
from riskhub.company.preferences import preference
from riskhub.entry.day_words import day, moment

REOPENED_WITHIN = timedelta(days=30)
STEPS: Mapping[str, StrPromise] = {
    "received": gettext_lazy("Your complaint came in"),
    "contact": gettext_lazy("We get in touch"),
    "checking": gettext_lazy("We look into it"),
    "offer": gettext_lazy("Our offer"),
    "done": pgettext_lazy("the last step of a complaint", "Done"),
}
_NOW: Mapping[str, str] = {
    ComplaintState.RECEIVED: "contact",
    ComplaintState.CONTACTED: "checking",
    ComplaintState.INVESTIGATING: "checking",
    ComplaintState.DECLINED: "checking",
    ComplaintState.ESCALATED: "checking",
    ComplaintState.OFFERED: "offer",
    ComplaintState.ACCEPTED: "done",
    ComplaintState.FULFILLED: "done",
}
"""The step that one is at; over is over."""
_HEADS: Mapping[str, StrPromise] = {
    ComplaintState.RECEIVED: gettext_lazy("We have your complaint"),
    ComplaintState.CONTACTED: gettext_lazy("We look into it"),
    ComplaintState.INVESTIGATING: gettext_lazy("We look into it"),
    ComplaintState.ESCALATED: gettext_lazy("We look into it"),
    ComplaintState.DECLINED: gettext_lazy("You declined our offer: we look for another way"),
    ComplaintState.OFFERED: gettext_lazy("We made an offer and wait for your answer"),
    ComplaintState.ACCEPTED: gettext_lazy("You accepted our offer: now we do what we promised"),
    ComplaintState.FULFILLED: gettext_lazy("We did what we promised"),
    ComplaintState.CLOSED: gettext_lazy("Your complaint is closed"),
    ComplaintState.WITHDRAWN: gettext_lazy("You took your complaint back"),
    ComplaintState.INVALID: gettext_lazy("We do not go on with this complaint"),
}


@dataclass(frozen=True)
class Step:
    """`place`: done, now or todo."""

    name: str
    place: str
    when: str


@dataclass(frozen=True)
class Story:
    head: str
    next: str
    steps: list[Step]


def story_of(complaint: Complaint, now: datetime) -> Story:
    head = str(_HEADS[complaint.state])
    if complaint.paused_at and not complaint.is_over:
        head = _("We wait for a word from you")
    return Story(head, _next(complaint, now), _steps(complaint))


def may_reopen(complaint: Complaint, now: datetime) -> bool:
    """By whoever made it, within a month."""
    closed_at = complaint.closed_at if complaint.state == ComplaintState.CLOSED else None
    return closed_at is not None and now - closed_at <= REOPENED_WITHIN


def _steps(complaint: Complaint) -> list[Step]:
    """What was reached keeps its moment also where one went back a step."""
    reached = {
        "received": complaint.received_at,
        "contact": complaint.first_contact_at,
        "offer": complaint.offer_at,
        "done": complaint.closed_at,
    }
    order = [*STEPS]
    at = order.index(_NOW[complaint.state]) if complaint.state in _NOW else len(order)
    found = []
    for place, step in enumerate(order):
        word = "done" if place < at else "now" if place == at else "todo"
        if complaint.is_over and step not in {"received", "done"} and not complaint.offer_at:
            word = "done" if reached.get(step) else "todo"
        when = moment(reached.get(step)) if word == "done" or step == "offer" else ""
        found.append(Step(str(STEPS[step]), word, when))
    return found


def _next(complaint: Complaint, now: datetime) -> str:
    if complaint.is_over:
        return _after(complaint, now)
    if complaint.paused_at:
        return _("Write to us below: with your answer we go on at once.")
    due, promise, late = _promise(complaint)
    if due < now:
        return late
    return promise % {"when": _when(due, now)}


def _promise(complaint: Complaint) -> tuple[datetime, str, str]:
    """The clock that runs, what is promised by its end, and what is said once it is over."""
    if complaint.first_contact_at is None:
        if complaint.contact_hashes:
            late = _("We wanted to get in touch with you before now. You come first now.")
            return complaint.first_contact_due, _("We get in touch with you by %(when)s."), late
        late = _("We wanted to answer you here before now. You come first now.")
        return complaint.first_contact_due, _("We answer you on this page by %(when)s."), late
    late = _("It takes longer than we promised. We are at it.")
    if complaint.offer_at is None:
        return complaint.offer_due, _("You get our offer by %(when)s."), late
    if complaint.state == ComplaintState.OFFERED:
        late = _("Answer below, when it suits you.")
        return complaint.close_due, _("We want all of it to be done by %(when)s."), late
    return complaint.close_due, _("All of it is done by %(when)s."), late


def _after(complaint: Complaint, now: datetime) -> str:
    if complaint.state != ComplaintState.CLOSED:
        return _("If something is still not right, make a new complaint.")
    if complaint.closed_at and may_reopen(complaint, now):
        until = complaint.closed_at + REOPENED_WITHIN
        return _("If something is still not right, have it opened again until %(when)s.") % {
            "when": day(until)
        }
    return _("It was closed more than 30 days ago. Make a new complaint.")


def _when(due: datetime, now: datetime) -> str:
    """“20:40 today”, else the day and the time."""
    local = timezone.localtime(due)
    if local.date() == timezone.localtime(now).date():
        return _("%(time)s today") % {"time": f"{local:%H:%M}"}
    return moment(due)


@dataclass(frozen=True)
class ShownOffer:
    """`answer_by`: of the one that waits the moment until which we ask for an answer."""

    offer: Resolution
    answer_by: datetime | None


def offers_shown(complaint: Complaint) -> list[ShownOffer]:
    return [ShownOffer(one, _answer_by(complaint, one)) for one in complaint.offers.for_customer()]


def _answer_by(complaint: Complaint, offer: Resolution) -> datetime | None:
    is_waiting = complaint.state == ComplaintState.OFFERED and offer.answered_at is None
    if not is_waiting or offer.offered_at is None:
        return None
    return offer.offered_at + timedelta(days=preference("offer_answer_days"))
