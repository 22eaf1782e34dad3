"""What the page of one incident shows."""

from typing import Any

from django.utils.translation import gettext as _

from assessments.told import Told, with_reason
from incidents.incidents.permissions import can_read_incidents
from incidents.models import Incident
from riskhub.accounts.bilingual import Named
from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.entry.day_words import moment
from riskhub.oversight.actors import actor_words
from riskhub.oversight.words import action_words

_ABOUT_IT = "incident."


def page_of(incident: Incident, user: User) -> dict[str, Any]:
    return {
        "has_list": can_read_incidents(user),
        "incident": incident,
        "facts": facts_of(incident),
        "injured": incident.injured.order_by("pk"),
        "history": history_of(incident),
    }


def facts_of(incident: Incident) -> list[tuple[str, str]]:
    """What is known besides its words, name by name; what nobody said is left out."""
    found = [
        (_("Kind"), incident.kind.name),
        (_("Happened at"), moment(incident.occurred_at)),
        (_("Reported at"), moment(incident.reported_at)),
        (_("Reported by"), incident.told_by),
        (_("Department"), incident.department.name),
        (_("Service line"), _named(incident.service_line)),
        (_("Where in the service"), incident.place),
        (_("Order number"), incident.order_ref),
        (_("What was done at once"), incident.immediate_action),
        (_("Severity as it came out"), _of_five(incident.actual_severity)),
        (_("Severity as it could have been"), _of_five(incident.potential_severity)),
        (_("Looked into by"), str(incident.investigator or "")),
        (_("The same as"), str(incident.duplicate_of or "")),
    ]
    return [(name, words) for name, words in found if words]


def history_of(incident: Incident) -> list[Told]:
    """Its steps, newest first; one query."""
    events = AuditEvent.objects.about(incident).filter(action__startswith=_ABOUT_IT)
    return [
        Told(
            with_reason(action_words(event), event.reason),
            [actor_words(event.actor_name), moment(event.at)],
            is_now=place == 0,
        )
        for place, event in enumerate(events)
    ]


def _of_five(severity: int | None) -> str:
    return "" if severity is None else _("%(severity)d of 5") % {"severity": severity}


def _named(row: Named | None) -> str:
    return row.name if row else ""
