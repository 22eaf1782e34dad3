from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClockKind(TextChoices):
    CALENDAR = "calendar", _("All hours")
    WORKING = "working", _("Working hours")


class Channel(TextChoices):
    WEB_FORM = "web_form", _("Web form")
    PHONE = "phone", _("Telephone")
    WECHAT = "wechat", _("WeChat")
    APP = "app", _("App")
    STORE = "store", _("In person")
    PLATFORM = "platform", _("Ordering platform")
    HOTLINE = "hotline_12315", _("Hotline 12315")
    SOCIAL_MEDIA = "social_media", _("Social media")
    VISIT = "visit", _("Visit at home")


class Trouble(TextChoices):
    """What somebody ticks; the gravest says how fast it has to go."""

    HURT = "hurt", _("Somebody is hurt")
    DANGER = "danger", _("It is still dangerous")
    DAMAGE = "damage", _("Something is broken or missing")
    CHARGES = "charges", _("The price is not right")
    LATE = "late", _("Late, or nobody came")
    MANNERS = "manners", _("Bad manners")


class Wish(TextChoices):
    APOLOGY = "apology", _("An apology and an explanation")
    REDO = "redo", _("Do it again")
    REFUND = "refund", _("Money back")
    REPAIR = "repair", _("Repair or replace what was damaged")
    OTHER = "other", _("Something else")


class ComplaintState(TextChoices):
    RECEIVED = "received", _("Received")
    CONTACTED = "contacted", _("Contacted")
    INVESTIGATING = "investigating", _("Being looked into")
    OFFERED = "offered", _("Offer made")
    DECLINED = "declined", _("Offer declined")
    ESCALATED = "escalated", _("Escalated")
    ACCEPTED = "accepted", _("Offer accepted")
    FULFILLED = "fulfilled", _("Offer fulfilled")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    INVALID = "invalid", _("Not valid")


class Direction(TextChoices):
    IN = "in", _("From the customer")
    OUT = "out", _("To the customer")
    INTERNAL = "internal", _("Among ourselves")


class OfferKind(TextChoices):
    APOLOGY = "apology", _("Apology and explanation")
    REDO = "redo", _("Free redo")
    REPLACE = "replace", _("Another worker")
    REFUND = "refund", _("Refund, in part or in full")
    REPAIR = "repair", _("Repair or replacement of what was damaged")
    COMPENSATION = "compensation", _("Compensation")
    INSURANCE = "insurance", _("Help with an insurance claim")
    ESCORT = "escort", _("Help with medical care")
    REPORT = "report", _("Help to report to police or authority")


class OfferAnswer(TextChoices):
    NONE = "none", _("Not answered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REVOKED = "revoked", _("Taken back")


class ClauseOutcome(TextChoices):
    HELPED = "helped", _("It helped")
    FAILED = "failed", _("It failed")


_ENDS = {ComplaintState.WITHDRAWN, ComplaintState.INVALID}
_AT_WORK = {ComplaintState.OFFERED, ComplaintState.ESCALATED}

# "Reopened" is no state of its own: what was closed is looked into again.
COMPLAINT_NEXT_STATES: Mapping[str, frozenset[str]] = {
    ComplaintState.RECEIVED: frozenset({ComplaintState.CONTACTED} | _ENDS),
    ComplaintState.CONTACTED: frozenset({ComplaintState.INVESTIGATING} | _AT_WORK | _ENDS),
    ComplaintState.INVESTIGATING: frozenset(_AT_WORK | _ENDS),
    ComplaintState.OFFERED: frozenset(
        {ComplaintState.ACCEPTED, ComplaintState.DECLINED, ComplaintState.ESCALATED} | _ENDS
    ),
    ComplaintState.DECLINED: frozenset(_AT_WORK | _ENDS),
    ComplaintState.ESCALATED: frozenset({ComplaintState.OFFERED} | _ENDS),
    ComplaintState.ACCEPTED: frozenset({ComplaintState.FULFILLED} | _ENDS),
    ComplaintState.FULFILLED: frozenset({ComplaintState.CLOSED} | _ENDS),
    ComplaintState.CLOSED: frozenset({ComplaintState.INVESTIGATING}),
    ComplaintState.WITHDRAWN: frozenset(),
    ComplaintState.INVALID: frozenset(),
}
OVER = (ComplaintState.CLOSED, ComplaintState.WITHDRAWN, ComplaintState.INVALID)
"""The clocks do not run any more."""
REPEAT_WITHIN = timedelta(days=90)
"""So long after a complaint another one of the same customer or order repeats it."""

URGENT, SERIOUS, NORMAL = "S1", "S2", "S3"
SEVERITY_OF: Mapping[str, str] = {
    Trouble.HURT: URGENT,
    Trouble.DANGER: URGENT,
    Trouble.DAMAGE: SERIOUS,
    Trouble.CHARGES: SERIOUS,
}
"""The rest is NORMAL, as what nobody ticked is."""
