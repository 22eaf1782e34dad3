"""How a process change came to where it stands, read from the audit: each step with its reason."""

from datetime import date

from django.utils.translation import gettext as _

from assessments.models import ProcessChange
from assessments.told import Told, with_reason
from riskhub.audit.models import AuditEvent
from riskhub.entry.day_words import day, moment
from riskhub.oversight.words import action_words

POSTPONED = "change.postponed"
STEPS = (
    "change.created", "change.submitted", "change.taken_on", "change.made_ready", POSTPONED,
    "change.implemented", "change.reviewed", "change.cancelled",
)  # fmt: skip


def history_of(change: ProcessChange) -> list[Told]:
    """Newest first; one query."""
    events = AuditEvent.objects.about(change).filter(action__in=STEPS)
    return [
        Told(_words(event), [event.actor_name, moment(event.at)], is_now=place == 0)
        for place, event in enumerate(events)
    ]


def _words(event: AuditEvent) -> str:
    said = action_words(event)
    if event.action == POSTPONED and event.before and event.after:
        days = [_day(one.get("planned_on", "")) for one in (event.before, event.after)]
        said = _("Postponed from %(former)s to %(day)s") % dict(
            zip(("former", "day"), days, strict=True)
        )
    return with_reason(said, event.reason)


def _day(kept: str) -> str:
    return str(day(date.fromisoformat(kept))) if kept else ""
