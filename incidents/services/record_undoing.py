"""An import of records is taken back: all that it brought, or nothing where one of it was worked on since.

What goes keeps its numbers, which nobody sees any more, and says nothing about a person; the same file,
corrected and brought again, comes in anew.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.models import (
    Complaint,
    ComplaintMessage,
    ComplaintRisk,
    ContingencyActivation,
    Incident,
    IncidentFact,
    IncidentMeasure,
    IncidentRisk,
    InjuredPerson,
    LossEntry,
    Resolution,
    StatutoryClock,
)
from incidents.records.kinds import COMPLAINTS, kind_of_run
from incidents.records.outcomes import CREATE
from incidents.services.personal import NO_CONTACT
from incidents.services.record_complaints import link_repeats
from incidents.services.record_news import tell_records_undone
from incidents.services.record_runs import stored_records
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import lock_row
from riskhub.entry.texts import prose
from riskhub.files.models import Attachment, Comment
from riskhub.files.owners import type_of_owner
from riskhub.imports.models import ImportRun, ImportState

_NAMED = 10
_LATER: dict[type[Model], tuple[tuple[type[Model], str, str], ...]] = {
    Complaint: (
        (ComplaintMessage, "complaint", "at"), (Resolution, "complaint", ""),
        (ComplaintRisk, "complaint", ""), (LossEntry, "complaint", ""),
    ),
    Incident: (
        (IncidentFact, "incident", ""), (InjuredPerson, "incident", ""), (LossEntry, "incident", ""),
        (IncidentMeasure, "incident", ""), (IncidentRisk, "incident", "confirmed_at"),
        (StatutoryClock, "incident", ""), (ContingencyActivation, "incident", ""),
        (Incident, "duplicate_of", ""),
    ),
}  # fmt: skip
"""What is added to a record: the table, its way to the record, and when, where an import adds some itself."""


class WorkedOn(Exception):  # noqa: N818 - reads as what it says
    """Somebody has done something with these since; `codes` are their numbers."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        super().__init__(", ".join(codes))


def undo_records(run: ImportRun, *, by: User, reason: str) -> int:
    """How many were taken back. Raises WorkedOn, WrongState, and FileDamaged where nobody can say which."""
    with acting(by, "import.undone", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why the import is undone.")})
        stored = lock_row(run)
        kind = kind_of_run(stored.kind)
        if not kind.is_undoable or not can_move(stored, ImportState.UNDONE):
            raise WrongState(stored, ImportState.UNDONE)
        keys = list(brought_by(stored).select_for_update().values_list("pk", flat=True))
        rows = _model(stored)._default_manager.filter(pk__in=keys)
        if codes := _worked_on(stored, rows):
            raise WorkedOn(codes)
        now = timezone.now()
        if kind.code == COMPLAINTS:
            rows.update(taken_back_at=now, anonymised_at=now, secret_hash="", **NO_CONTACT)
            _find_repeats_again(keys, by)
        else:
            rows.update(taken_back_at=now)
        move(run, ImportState.UNDONE, undone_at=now, undone_by=by, undone_reason=prose(reason))
        tell_records_undone(run, by=by)
        return len(keys)


def brought_by(run: ImportRun) -> QuerySet[Any]:
    """What it made, by what was kept of it. Raises FileDamaged."""
    codes = [one.code for one in stored_records(run) if one.outcome == CREATE]
    return _model(run)._default_manager.filter(code__in=codes).order_by("pk")


def worked_on(run: ImportRun) -> list[str]:
    """Numbers of those that somebody changed or added to since it was applied, the first ten."""
    return _worked_on(run, brought_by(run))


def _worked_on(run: ImportRun, rows: QuerySet[Any]) -> list[str]:
    model = _model(run)
    changed: Any = Q(row_version__gt=1)
    for table, way, moment in _LATER[model]:
        since = {f"{moment}__gt": run.applied_at} if moment else {}
        changed |= Exists(table._default_manager.filter(**{way: OuterRef("pk")}, **since))
    for said in (Comment, Attachment):
        of = {"owner_type": type_of_owner(model), "owner_id": OuterRef("pk")}
        changed |= Exists(said._default_manager.filter(**of))
    return list(rows.filter(changed).order_by("pk").values_list("code", flat=True)[:_NAMED])


def _model(run: ImportRun) -> type[Model]:
    return kind_of_run(run.kind).model


def _find_repeats_again(gone: Sequence[int], by: User) -> None:
    """Later ones of the same customers repeat what was there before, if anything."""
    later = list(Complaint.objects.filter(repeat_of__in=gone))
    Complaint.objects.filter(pk__in=[one.pk for one in later]).update(repeat_of=None)
    link_repeats(later, by=by)
