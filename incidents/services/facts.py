"""The timeline of an incident: what happened when, said by those who look into it."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.models import Incident, IncidentFact
from incidents.services.lasting import lock_open
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose


def add_fact(
    incident: Incident, *, by: User, at: datetime, text: str, client_uuid: UUID
) -> IncidentFact:
    """The same form sent again is the same fact. Raises KeyReused for a form that said something else."""
    with acting(by, "incident_fact.added"):
        if stored := IncidentFact.objects.filter(client_uuid=client_uuid).first():
            if (stored.incident_id, stored.text) != (incident.pk, prose(text)):
                raise KeyReused
            return stored
        now = timezone.now()
        fact = IncidentFact(
            incident=lock_open(incident), at=at, text=prose(text), author=by, recorded_at=now,
            client_uuid=client_uuid,
        )  # fmt: skip
        fact.clean_fields(exclude=["incident", "author"])
        if at > now:
            raise ValidationError({"at": _("That moment is still to come.")})
        fact.save(force_insert=True)
        return fact


def withdraw_fact(fact: IncidentFact, *, by: User, reason: str) -> IncidentFact:
    """It proved wrong: it stays to be read, with what speaks against it."""
    with acting(by, "incident_fact.withdrawn", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say what is wrong with it.")})
        lock_open(fact.incident)
        stored = lock_row(fact)
        if stored.withdrawn_reason:
            raise ValidationError(_("This entry was taken back already."))
        stored.withdrawn_reason = prose(reason)
        stored.save(update_fields=["withdrawn_reason"])
        return stored
