"""Who was injured by an incident: how badly, for how long, and, where somebody must know it, who."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents.models import Incident, InjuredPerson
from incidents.services.lasting import lock_open
from incidents.services.statutory import start_clocks
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.services import note_event
from riskhub.audit.versions import lock_version, save_fields
from riskhub.entry.texts import one_line, prose

_UNCHECKED = ["incident", "person_name"]
NAME_MOST = 100


def record_injury(
    incident: Incident,
    *,
    by: User,
    role: str,
    person_name: str = "",
    severity: int | None = None,
    days_lost: int | None = None,
    note: str = "",
) -> InjuredPerson:
    with acting(by, "injury.recorded"):
        person = InjuredPerson(
            incident=lock_open(incident), role=role, person_name=_named(person_name),
            severity=severity, days_lost=days_lost, note=note,
        )  # fmt: skip
        person.full_clean(exclude=_UNCHECKED)
        person.save(force_insert=True)
        start_clocks(person.incident, by=by)
        return person


def edit_injury(
    person: InjuredPerson,
    *,
    by: User,
    version: int | None,
    severity: int | None,
    days_lost: int | None,
    note: str,
    role: str = "",
    person_name: str | None = None,
) -> InjuredPerson:
    """Without a name it keeps the one that it has; with an empty one nobody is named any more."""
    with acting(by, "injury.edited"):
        lock_open(person.incident)
        stored = lock_version(person, version)
        changes: dict[str, Any] = {"severity": severity, "days_lost": days_lost, "note": note}
        if role:
            changes["role"] = role
        if person_name is not None:
            changes["person_name"] = _named(person_name)
        for name, value in changes.items():
            setattr(stored, name, value)
        stored.full_clean(exclude=_UNCHECKED)
        saved = save_fields(stored, **{name: getattr(stored, name) for name in changes})
        start_clocks(person.incident, by=by)
        return saved


def remove_injury(person: InjuredPerson, *, by: User, reason: str) -> None:
    """Not hurt after all, or counted twice; the audit keeps who was thought to be."""
    with acting(by, "injury.removed", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why: it stays in the audit log.")})
        lock_open(person.incident)
        person.delete()


def reveal_injured_name(person: InjuredPerson, *, by: User) -> str:
    """The whole name, for whoever needs it; that they read it stays in the audit log."""
    with acting(by, "injury.name_read"):
        note_event(
            by=by, action="injury.name_read", object_type=InjuredPerson._meta.db_table,
            object_id=str(person.pk), label=str(person),
        )  # fmt: skip
        return person.person_name


def _named(name: str) -> str:
    """One line, as the column keeps no rule of its own: it is sealed."""
    plain = one_line(name)
    if len(plain) > NAME_MOST:
        words = _("At most %(count)d characters.") % {"count": NAME_MOST}
        raise ValidationError({"person_name": words})
    return plain
