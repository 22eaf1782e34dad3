"""To which incidents a rule applies, and by when it asks. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from incidents.statutory.choices import Begins

if TYPE_CHECKING:
    from incidents.models import Incident, StatutoryRule

REMIND_AFTER = 0.75
"""Of the time that there is: then whoever looks into it is reminded."""


def applies(rule: "StatutoryRule", incident: "Incident", hurt: Collection[str]) -> bool:
    """`hurt`: the roles of the injured. A rule that names nothing is started by hand only."""
    if rule.is_by_hand:
        return False
    is_kind = not rule.kinds or incident.kind.code in rule.kinds
    is_hurt = not rule.hurt or bool({*rule.hurt} & {*hurt})
    least = rule.least_severity
    is_grave = least is None or (incident.actual_severity or 0) >= least
    return is_kind and is_hurt and is_grave


def begins_at(rule: "StatutoryRule", incident: "Incident") -> datetime:
    return incident.occurred_at if rule.begins == Begins.OCCURRED else incident.reported_at


def due_of(rule: "StatutoryRule", incident: "Incident") -> tuple[datetime, datetime]:
    """(when to remind, when it is due)."""
    begin, span = begins_at(rule, incident), timedelta(hours=rule.hours)
    return begin + span * REMIND_AFTER, begin + span
