"""An import is taken back: all that it made, or nothing where one of it was touched since.

Its risks are closed as undone, keep their numbers and count nowhere; the same file, imported again, opens
those very risks (`applying`).
"""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.permissions import may_undo_import
from assessments.services.confirmations import withdraw_waiting
from assessments.services.imports.news import tell_undone
from assessments.services.imports.runs import CannotImport
from registers.choices import OriginKind
from registers.models import Risk, RiskOrigin
from registers.permissions import can_manage_department
from registers.querysets import RiskQuerySet
from registers.services.undoing import undo_risks
from registers.touches import Touched, acts_on, touches_since
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import lock_row
from riskhub.entry.texts import prose
from riskhub.imports.models import ImportRun, ImportState

_APPLIED = "import.applied"


def undo_import(run: ImportRun, *, by: User, reason: str) -> list[Risk]:
    """Take back every risk that it made, and what waits of them for another person.

    Raises Touched with the list, CannotImport for risks of departments that this user does not keep,
    WrongState for what was not applied or was undone already.
    """
    with acting(by, "import.undone", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why the import is undone.")})
        stored = lock_row(run)
        if not can_move(stored, ImportState.UNDONE):
            raise WrongState(stored, ImportState.UNDONE)
        if objection := undoing_objection(stored, by=by):
            raise CannotImport(objection)
        words = _("The import of %(file)s was undone: %(reason)s") % {
            "file": stored.file.filename, "reason": prose(reason),
        }  # fmt: skip
        risks = _take_back(made_by(stored), acts_on(stored, _APPLIED), by=by, reason=words)
        withdraw_waiting(risks, by=by, reason=words)
        move(
            run, ImportState.UNDONE,
            undone_at=timezone.now(), undone_by=by, undone_reason=prose(reason),
        )  # fmt: skip
        tell_undone(run, by=by)
        return risks


def made_by(run: ImportRun) -> RiskQuerySet:
    """The risks that it put into the register, by the record of the act itself."""
    events = AuditEvent.objects.filter(
        transaction_id__in=acts_on(run, _APPLIED), object_type=Risk._meta.db_table
    ).exclude(object_id="")  # notes are about no row
    keys = {int(key) for key in events.values_list("object_id", flat=True)}
    brought = RiskOrigin.objects.filter(kind=OriginKind.IMPORT, risk__in=keys)
    return Risk.objects.filter(pk__in=brought.values("risk")).order_by("pk")


def undoing_objection(run: ImportRun, *, by: User) -> str:
    """Why this person may not undo it, in a sentence; empty where they may."""
    if not may_undo_import(by, run):
        return _("Only whoever keeps the register undoes this import.")
    wanted = made_by(run).order_by().values("owner_department").distinct()
    others = [
        department.name
        for department in Department.objects.filter(pk__in=wanted).order_by("path")
        if not can_manage_department(by, department.pk)
    ]
    if not others:
        return ""
    return _("Some of its risks belong to departments that you do not keep: %(names)s.") % {
        "names": _(", ").join(others)
    }


def touched_since(run: ImportRun) -> list[str]:
    """What was done since with what it made, as sentences; empty where all is as it was."""
    touches = touches_since(list(made_by(run)), acts_on(run, _APPLIED))
    return Touched(touches).reasons if touches else []


def _take_back(
    risks: Collection[Risk], acts: Collection[int], *, by: User, reason: str
) -> list[Risk]:
    """Whoever closed one since has touched it: that belongs to the list, not into a sentence of its own."""
    try:
        return undo_risks(risks, by=by, acts=acts, reason=reason)
    except WrongState as closed:
        raise Touched(touches_since(risks, acts)) from closed
