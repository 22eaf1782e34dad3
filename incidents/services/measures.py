"""Which actions of response plans answer an incident."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.models import Action
from incidents.models import Incident, IncidentMeasure
from incidents.services.lasting import lock_open
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.entry.texts import prose


def link_measure(incident: Incident, *, by: User, action: Action) -> IncidentMeasure:
    """Named once: a second time is the same."""
    with acting(by, "incident_measure.linked"):
        measure, _is_new = IncidentMeasure.objects.get_or_create(
            incident=lock_open(incident), action=action, defaults={"confirmed_by": by}
        )
        return measure


def unlink_measure(measure: IncidentMeasure, *, by: User, reason: str) -> None:
    """The action stays in its plan."""
    with acting(by, "incident_measure.unlinked", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why: it stays in the audit log.")})
        lock_open(measure.incident)
        measure.delete()
