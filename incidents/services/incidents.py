"""Somebody reports that it happened, or nearly: it gets its number, and what is known of the injured."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from incidents.incidents.choices import NEAR_MISS, Hurt
from incidents.models import Incident, IncidentKind, InjuredPerson
from incidents.services.incident_notices import tell_incident
from incidents.services.statutory import start_clocks
from registers.receipts import kept_as, receipt_of
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting, entered
from riskhub.company.preferences import company_zone
from riskhub.company.services import take_numbers
from riskhub.entry.repeats import KeyReused
from riskhub.files.keeping import KeptFile
from riskhub.files.services import attach_files

NOBODY = AnonymousUser()
"""Who reports without a name, as the audit log knows them."""
AHEAD = timedelta(minutes=5)
"""So far a telephone's clock may be ahead of ours."""
_SAID = ("text", "kind", "department", "is_anonymous")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody reports. `hurt`: who was injured, one word for each person.

    `written_at`: when it was sent, where a phone without network kept it meanwhile.
    """

    client_uuid: UUID
    text: str
    kind: IncidentKind
    department: Department
    occurred_at: datetime = field(default_factory=timezone.now)
    place: str = ""
    order_ref: str = ""
    immediate_action: str = ""
    hurt: Sequence[str] = ()
    is_anonymous: bool = False
    photos: Sequence[KeptFile] = ()
    written_at: datetime | None = None

    @property
    def key(self) -> UUID:
        """What is kept of the form's key: without a name nothing that leads to its receipt."""
        return kept_as(receipt_of(self.client_uuid)) if self.is_anonymous else self.client_uuid


def report_incident(seen: Seen, *, by: User) -> tuple[Incident, bool]:
    """Keep it; the same form sent again is the same incident (and False).

    Raises KeyReused for a form that was used for other words.
    """
    try:
        return _report(seen, by)
    except IntegrityError:  # the same key came in at this very moment: now it stands there
        return _report(seen, by)


def _report(seen: Seen, by: User) -> tuple[Incident, bool]:
    if seen.is_anonymous:
        with entered():  # the request, which knows its sender, is no part of the act
            return _keep(seen, NOBODY)
    return _keep(seen, by)


def _keep(seen: Seen, by: User | AnonymousUser) -> tuple[Incident, bool]:
    with acting(by, "incident.reported"):
        incident = _row(seen, by)
        _check(incident, seen)
        if stored := _kept_before(incident, seen):
            return stored, False
        year = incident.reported_at.astimezone(company_zone()).year
        (number,) = take_numbers(f"incident:{year}", by=incident.reporter)
        incident.code = f"I-{year}-{number:04d}"
        incident.save(force_insert=True)
        InjuredPerson.objects.bulk_create(
            InjuredPerson(incident=incident, role=role) for role in seen.hurt
        )
        if seen.photos:
            attach_files(incident, seen.photos, by=by)
        start_clocks(incident, by=by)
        tell_incident(incident, is_hurt=bool(seen.hurt), by=incident.reporter)
        return incident, True


def _row(seen: Seen, by: User | AnonymousUser) -> Incident:
    now = timezone.now()
    is_now = now < seen.occurred_at <= now + AHEAD
    return Incident(
        client_uuid=seen.key, text=seen.text, kind=seen.kind, department=seen.department,
        occurred_at=now if is_now else seen.occurred_at, reported_at=now, place=seen.place,
        order_ref=seen.order_ref, immediate_action=seen.immediate_action,
        written_at=None if seen.is_anonymous else _past(seen.written_at, now),
        is_anonymous=seen.is_anonymous, reporter=by if isinstance(by, User) else None,
        lang=get_language() or "zh-hans",
    )  # fmt: skip


def _past(moment: datetime | None, now: datetime) -> datetime | None:
    return min(moment, now) if moment else None


def _check(incident: Incident, seen: Seen) -> None:
    incident.full_clean(
        exclude=["code", "kind", "department", "reporter"], validate_unique=False,
        validate_constraints=False,
    )  # fmt: skip
    faults = {}
    if incident.occurred_at > incident.reported_at:
        faults["occurred_at"] = _("That moment is still to come.")
    if seen.is_anonymous and seen.kind.code != NEAR_MISS:
        faults["is_anonymous"] = _("Only a near miss can be reported without a name.")
    if not set(seen.hurt) <= set(Hurt.values):
        faults["hurt"] = _("Say who is hurt with the words that are offered.")
    if faults:
        raise ValidationError(faults)


def _kept_before(incident: Incident, seen: Seen) -> Incident | None:
    """Under either key: a form that comes again may have been sent with a name before."""
    keys = Q(client_uuid__in=(seen.client_uuid, kept_as(receipt_of(seen.client_uuid))))
    stored = Incident.objects.select_related("kind", "department").filter(keys).first()
    if stored and any(getattr(stored, name) != getattr(incident, name) for name in _SAID):
        raise KeyReused
    return stored
