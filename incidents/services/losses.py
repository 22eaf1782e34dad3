"""What an incident or a complaint cost, and what came back of it."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.incidents.choices import LossState
from incidents.models import Complaint, Incident, LossEntry
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_version, save_fields
from riskhub.company.preferences import company_zone
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose


def book_loss(
    thing: Incident | Complaint,
    *,
    by: User,
    kind: str,
    amount: Decimal,
    booked_on: date,
    client_uuid: UUID,
    state: str = LossState.ESTIMATE,
    note: str = "",
) -> LossEntry:
    """The same form sent again is the same entry; what costs nothing is no entry."""
    with acting(by, "loss.booked"):
        of: dict[str, Any] = {"incident" if isinstance(thing, Incident) else "complaint": thing}
        if stored := LossEntry.objects.filter(client_uuid=client_uuid).first():
            if (stored.incident, stored.complaint) != (of.get("incident"), of.get("complaint")):
                raise KeyReused
            return stored
        loss = LossEntry(
            kind=kind, amount=amount, booked_on=booked_on, state=state, note=note,
            client_uuid=client_uuid, **of,
        )  # fmt: skip
        _check(loss)
        loss.save(force_insert=True)
        return loss


def edit_loss(
    loss: LossEntry,
    *,
    by: User,
    version: int | None,
    amount: Decimal,
    booked_on: date,
    state: str,
    note: str = "",
) -> LossEntry:
    """The estimate becomes the final amount, or another estimate."""
    with acting(by, "loss.edited"):
        stored = _counted(loss, version)
        stored.amount, stored.booked_on, stored.state = amount, booked_on, state
        stored.note = note
        _check(stored)
        return save_fields(
            stored, amount=amount, booked_on=booked_on, state=state, note=stored.note
        )


def withdraw_loss(loss: LossEntry, *, by: User, reason: str) -> LossEntry:
    """It was booked by mistake: it stays to be read, and counts no more."""
    with acting(by, "loss.withdrawn", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why it does not count.")})
        return save_fields(_counted(loss, None), withdrawn_reason=prose(reason))


def _counted(loss: LossEntry, version: int | None) -> LossEntry:
    stored = lock_version(loss, version)
    if stored.withdrawn_reason:
        raise ValidationError(_("This entry was taken back already."))
    return stored


def _check(loss: LossEntry) -> None:
    loss.clean_fields(exclude=["incident", "complaint"])
    faults = {}
    if loss.amount <= 0:
        faults["amount"] = _(
            "More than 0. What is not known stays empty: book it once it is known."
        )
    if loss.booked_on > timezone.localdate(timezone=company_zone()):
        faults["booked_on"] = _("That day is still to come.")
    if faults:
        raise ValidationError(faults)
