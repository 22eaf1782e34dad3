"""What a bulk edit would do to each risk: change it, leave it as it is, or be refused, and why.

One function for the preview and for the deed, so that what is shown is what is done. A fixed number of
queries for any number of risks.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from registers.models import Risk, RiskSource
from registers.permissions import fields_by_role, owner_objection
from registers.querysets import OWNERS, onlookers_of
from riskhub.accounts.models import Department, User

MOST = 2000
"""At once: more of them are better narrowed first, and would hold the rows for too long."""
_COLUMNS = (
    "owner",
    "owner_department",
    "next_review_on",
    "business_importance",
    "importance_reason",
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """None leaves a field as it is."""

    owner: User | None = None
    owner_department: Department | None = None
    next_review_on: Any = None
    business_importance: int | None = None
    importance_reason: str = ""
    add_source: RiskSource | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """{field: value} of what is written into the rows themselves."""
        found = {name: getattr(self, name) for name in _COLUMNS}
        return {name: value for name, value in found.items() if value not in (None, "")}

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(self.columns) | ({"sources"} if self.add_source else frozenset())


@dataclass(frozen=True)
class Effect:
    """`refused` is {reason: risks}; `digest` is of this effect on these versions, in whatever order."""

    changed: list[Risk] = field(default_factory=list)
    same: list[Risk] = field(default_factory=list)
    refused: dict[str, list[Risk]] = field(default_factory=dict)
    without_source: frozenset[int] = frozenset()

    @property
    def digest(self) -> str:
        parts = sorted(f"{risk.pk}:{risk.row_version}" for risk in self.changed)
        return hashlib.sha256(",".join(parts).encode()).hexdigest()

    @property
    def count(self) -> int:
        return len(self.changed) + len(self.same) + sum(map(len, self.refused.values()))


def weigh(risks: Sequence[Risk], change: Change, user: User) -> Effect:
    """The risks should have their owner and department joined."""
    lacking = _without(risks, change.add_source)
    refusals = _Refusals(change, user, risks)
    changed, same, refused = [], [], defaultdict(list)
    for risk in risks:
        if reason := refusals.reason(risk):
            refused[reason].append(risk)
        elif risk.pk in lacking or _differs(risk, change.columns):
            changed.append(risk)
        else:
            same.append(risk)
    return Effect(changed, same, dict(refused), lacking)


class _Refusals:
    """Whoever is asked about twice is looked up once."""

    def __init__(self, change: Change, user: User, risks: Sequence[Risk]) -> None:
        self.change, self.user = change, user
        self._owners = self._able(risks) if change.owner_department and not change.owner else None
        self._objections: dict[int, str] = {}

    def reason(self, risk: Risk) -> str:
        if not risk.is_open:
            return _("It is closed.")
        if not self.change.fields <= fields_by_role(self.user, risk):
            return _("Your role may not change this there.")
        return self._of_owner(risk)

    def _of_owner(self, risk: Risk) -> str:
        """Nobody answers for what they cannot act on; asked for each department once."""
        if self._owners is not None:
            is_able = risk.owner_id is None or risk.owner_id in self._owners
            words = _("Its owner %(name)s cannot act on risks of that department.")
            return "" if is_able else words % {"name": risk.owner}
        if self.change.owner is None:
            return ""
        department = self.change.owner_department or risk.owner_department
        if department.pk not in self._objections:
            self._objections[department.pk] = owner_objection(self.change.owner, department)
        return self._objections[department.pk]

    def _able(self, risks: Sequence[Risk]) -> set[int]:
        department = self.change.owner_department
        ids = {risk.owner_id for risk in risks if risk.owner_id}
        able = onlookers_of([department] if department else [], OWNERS)
        return set(able.filter(pk__in=ids).values_list("pk", flat=True))


def _without(risks: Sequence[Risk], source: RiskSource | None) -> frozenset[int]:
    """The keys of those that have not this source yet."""
    if source is None:
        return frozenset()
    keys = {risk.pk for risk in risks}
    joins = Risk.sources.through._default_manager.filter(risk__in=keys, risksource=source)
    return frozenset(keys - set(joins.values_list("risk_id", flat=True)))


def _differs(risk: Risk, columns: Mapping[str, Any]) -> bool:
    return any(getattr(risk, name) != value for name, value in columns.items())
