"""Who complained or was injured: sealed anew when keys change, forgotten once nobody needs it any more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from incidents.complaints.contact import Contact
from incidents.models import Complaint, InjuredPerson, RecordFile
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import preference
from riskhub.personal.columns import LOST
from riskhub.work.services import owe_work

FORGET = "complaint.forget"
BATCH = 500
_COLUMNS = ("contact_name", "contact_phone", "contact_email", "contact_address")
NO_CONTACT: dict[str, Any] = {**dict.fromkeys(_COLUMNS, ""), "contact_hashes": []}


class Resealed(NamedTuple):
    """`lost`: by what those are called whose key is missing; nothing of them was changed."""

    sealed: int
    lost: list[str]


def reseal_contacts(*, by: User | None) -> Resealed:
    """With the newest key, hashes too, so that the same person is found again. Run again, it does no harm."""
    count, lost = 0, []
    for batch in _batches():
        with acting(by, "complaint.resealed"):
            readable = []
            for complaint in Complaint.objects.filter(pk__in=batch).select_for_update():
                contact = Contact.of(complaint)
                if LOST in contact.columns.values():
                    lost.append(complaint.code)
                    continue
                complaint.contact_hashes = contact.hashes
                readable.append(complaint)
            Complaint.objects.bulk_update(readable, [*_COLUMNS, "contact_hashes"])
            count += len(readable)
    return Resealed(count, lost)


def reseal_injured(*, by: User | None) -> Resealed:
    """The same of those who were injured; they are few."""
    with acting(by, "injury.resealed"):
        named = InjuredPerson.objects.exclude(person_name="").select_for_update(of=("self",))
        found = [*named.select_related("incident").order_by("pk")]
        readable = [one for one in found if one.person_name != LOST]
        InjuredPerson.objects.bulk_update(readable, ["person_name"])
        lost = [one.incident.code for one in found if one.person_name == LOST]
        return Resealed(len(readable), lost)


def reseal_files(*, by: User | None) -> Resealed:
    """The keys of the files of imports that wait; `lost` names their runs."""
    with acting(by, "import.resealed"):
        kept = RecordFile.objects.exclude(secret="").select_for_update(of=("self",))
        found = [*kept.select_related("run").order_by("pk")]
        readable = [one for one in found if one.secret != LOST]
        RecordFile.objects.bulk_update(readable, ["secret"])
        return Resealed(len(readable), [str(one) for one in found if one.secret == LOST])


def derive_forgetting(*, by: None = None) -> None:
    """Once a day, where somebody's time is over."""
    with acting(by, f"{FORGET}.owed"):
        injured = InjuredPerson.objects.to_forget(_until())
        waits = (Complaint.objects.to_forget(_until()), injured, _files())
        if any(found.exists() for found in waits):
            owe_work(FORGET, f"{FORGET}:{timezone.localdate()}")


def forget_complainants(*, by: None = None) -> int:
    """Contact, hashes and secret go; number, clocks, offers and what was said stay, and count as before."""
    count = 0
    while True:
        with acting(by, "complaint.anonymised"):
            due = Complaint.objects.to_forget(_until()).order_by("pk")
            batch = list(
                due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH]
            )
            if not batch:
                return count
            count += Complaint.objects.filter(pk__in=batch).update(
                **NO_CONTACT, secret_hash="", anonymised_at=timezone.now()
            )


def forget_injured(*, by: None = None) -> int:
    """The name goes; who they were to us, how badly they were hurt and the days stay."""
    with acting(by, "injury.anonymised"):
        due = InjuredPerson.objects.to_forget(_until()).values("pk")
        return InjuredPerson.objects.filter(pk__in=due).update(person_name="")


def forget_files(*, by: None = None) -> int:
    """A file of records that nobody imported for so long is never read again; it holds contacts as well."""
    with acting(by, "import.forgotten"):
        return _files().update(secret="")


def _files() -> QuerySet[RecordFile]:
    return RecordFile.objects.exclude(secret="").filter(run__made_at__lt=_until())


def _until() -> datetime:
    """What was closed before this moment."""
    return timezone.now() - timedelta(days=preference("contact_kept_days"))


def _batches() -> Iterator[list[int]]:
    """Keys of those that left a contact, in order."""
    last = 0
    while True:
        found = Complaint.objects.filter(pk__gt=last, anonymised_at=None).order_by("pk")
        batch = list(found.values_list("pk", flat=True)[:BATCH])
        if not batch:
            return
        last = batch[-1]
        yield batch
