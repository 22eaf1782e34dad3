"""What happened to risks since they were put in: the reasons why that is not simply taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registers.models import ControlCheck, Risk, RiskProposal
from registers.related import link_tables, related_rows
from riskhub.audit.choices import Operation
from riskhub.audit.models import AuditEvent
from riskhub.entry.day_words import moment
from riskhub.oversight.words import action_words

_MOST = 10
_OWN = Risk._meta.db_table
# A filing lives before it is part of a risk, and its origin tells when it became one; a control is
# checked whatever risks it acts on.
_OF_THEIR_OWN = {RiskProposal, ControlCheck}


@dataclass(frozen=True)
class Touch:
    """One act of one person on one risk, or on what belongs to it."""

    risk: Risk
    action: str
    actor: str
    at: datetime

    def __str__(self) -> str:
        """“R012: Edited, 李强, 24 Sep, 10:32”."""
        return _("%(code)s: %(action)s, %(name)s, %(when)s") % {
            "code": self.risk.code,
            "action": self.action,
            "name": self.actor,
            "when": moment(self.at),
        }


class Touched(Exception):  # noqa: N818 - reads as what it says
    """It is no longer as it was put in; `reasons` are sentences, the oldest first."""

    def __init__(self, touches: Sequence[Touch]) -> None:
        self.touches = touches
        self.reasons = [str(touch) for touch in touches[:_MOST]]
        if more := len(touches) - _MOST if len(touches) > _MOST else 0:
            words = ngettext("and %(count)d more", "and %(count)d more", more)
            self.reasons.append(words % {"count": more})
        super().__init__("; ".join(self.reasons))


def touches_since(risks: Collection[Risk], acts: Collection[int]) -> list[Touch]:
    """What other transactions did to these risks after `acts`, the transactions that put them in.

    Oldest first. How many queries it takes depends on what belongs to a risk, not on how many risks.
    """
    by_key = {risk.pk: risk for risk in risks}
    since = _beginning(by_key, acts)
    if since is None:
        return []
    owners: dict[tuple[str, str], Risk] = {(_OWN, str(key)): risk for key, risk in by_key.items()}
    for related in related_rows():
        if related.model in _OF_THEIR_OWN:
            continue
        table = related.model._meta.db_table
        owners |= {(table, str(key)): by_key[risk] for key, risk in related.pairs(by_key)}
    unlinked = Q(
        object_type__in=link_tables(), before__risk_id__in=list(by_key), operation=Operation.DELETE
    )
    events = _changes().filter(_any_of(owners) | unlinked, pk__gt=since)
    found: dict[tuple[int, int], Touch] = {}
    for event in events.exclude(transaction_id__in=acts).order_by("pk"):
        row = event.object_type, event.object_id
        risk = owners[row] if row in owners else by_key[(event.before or {})["risk_id"]]
        told = Touch(risk, action_words(event), event.actor_name, event.at)
        found.setdefault((risk.pk, event.transaction_id), told)
    return list(found.values())


def acts_on(row: Model, *actions: str) -> list[int]:
    """The transaction of the newest of these actions on this row, if any."""
    events = AuditEvent.objects.filter(
        object_type=row._meta.db_table, object_id=str(row.pk), action__in=actions
    )
    return list(events.order_by("-pk").values_list("transaction_id", flat=True)[:1])


def _changes() -> QuerySet[AuditEvent]:
    """Reading is no touch: notes are left out."""
    return AuditEvent.objects.exclude(operation=Operation.NOTE)


def _beginning(risks: Collection[int], acts: Collection[int]) -> int | None:
    keys = [str(key) for key in risks]
    made = AuditEvent.objects.filter(transaction_id__in=acts, object_type=_OWN, object_id__in=keys)
    first: int | None = made.aggregate(first=Min("pk"))["first"]
    return first


def _any_of(rows: Collection[tuple[str, str]]) -> Q:
    tables: dict[str, list[str]] = {}
    for table, key in rows:
        tables.setdefault(table, []).append(key)
    found = Q(pk__in=[])
    for table, keys in tables.items():
        found |= Q(object_type=table, object_id__in=keys)
    return found
