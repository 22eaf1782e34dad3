"""Taking back what was put into the register, and putting the very same back in again.

Nothing numbered is deleted: what is taken back is closed with the reason and marked, so that lists,
counts and reports leave it out while its page still opens by its code. The act that put it in can be
done again (the same filing, the same file): then the same risk opens with the new words.

    undo_risks(risks, by=user, acts=acts_on(proposal, "proposal.accepted"), reason=_("..."))
    redo_risks([(risk, draft)], by=user)

Both take as many queries for a thousand risks as for one.
"""

from collections.abc import Collection

from django.utils import timezone

from registers.choices import RiskState
from registers.models import Risk, RiskOrigin
from registers.services.drafts import Pairs, links_of, origins_of, risk_of
from registers.services.registers import require_taking
from registers.touches import Touched, touches_since
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move_all

_BATCH = 500
_KEPT = {"id", "number", "client_uuid", "client_digest", "row_version"}
"""What a risk keeps when it is put in again with other words."""


def undo_risks(
    risks: Collection[Risk], *, by: User, acts: Collection[int], reason: str
) -> list[Risk]:
    """Close and mark what the transactions `acts` put in: all of it or, where one was touched, none.

    Raises Touched with the list, and WrongState for what is closed already.
    """
    with acting(by, "risk.undone", reason):
        locked = _locked(risks)
        if closed := next((risk for risk in locked if not risk.is_open), None):
            raise WrongState(closed, RiskState.CLOSED)
        if touches := touches_since(locked, acts):
            raise Touched(touches)
        move_all(
            locked, RiskState.CLOSED, is_undone=True, closed_reason=reason, closed_at=timezone.now()
        )
        return locked


def redo_risks(pairs: Pairs, *, by: User | None) -> list[Risk]:
    """Open what was taken back with the words of the drafts; raises WrongState for anything else."""
    with acting(by, "risk.redone"):
        drafts = {risk.pk: draft for risk, draft in pairs}
        require_taking(draft.register for draft in drafts.values())
        risks = _locked([risk for risk, _draft in pairs])
        names: set[str] = set()
        for risk in risks:
            if not risk.is_undone:
                raise WrongState(risk, RiskState.IDENTIFIED)
            names |= _take(risk, risk_of(drafts[risk.pk], risk.number, by=by))
        Risk.objects.bulk_update(risks, sorted(names), batch_size=_BATCH)
        _link_again([(risk, drafts[risk.pk]) for risk in risks])
        return risks


def _locked(risks: Collection[Risk]) -> list[Risk]:
    """In the order of their keys, so that two who want the same wait for each other."""
    keys = [risk.pk for risk in risks]
    return list(Risk.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _take(risk: Risk, fresh: Risk) -> set[str]:
    """Everything that putting in writes; what an assessment or a plan showed stays as it is."""
    names = {
        field.name
        for field in Risk._meta.concrete_fields
        if field.name not in _KEPT
        and not field.generated
        and (field.editable or field.name == "is_undone")
    }
    for name in names:
        setattr(risk, name, getattr(fresh, name))
    risk.row_version += 1
    return names | {"row_version"}


def _link_again(pairs: Pairs) -> None:
    """Sources and lines as the drafts name them: what stays is not touched."""
    keys = [risk.pk for risk, _draft in pairs]
    for model, rows in links_of(pairs).items():
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        wanted = {tuple(getattr(row, name) for name in names): row for row in rows}
        present = model._default_manager.filter(risk__in=keys)
        kept = {tuple(ends): key for key, *ends in present.values_list("pk", *names)}
        gone = [key for ends, key in kept.items() if ends not in wanted]
        model._default_manager.filter(pk__in=gone).delete()
        model._default_manager.bulk_create(row for ends, row in wanted.items() if ends not in kept)
    RiskOrigin.objects.bulk_create(origins_of(pairs), ignore_conflicts=True)
