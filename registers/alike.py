"""The risks that look like a filing, and what they suggest that it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count
from django.utils.translation import gettext

from registers.choices import ProposalKind
from registers.models import (
    LibraryRisk,
    Register,
    Risk,
    RiskArea,
    RiskCategory,
    RiskProposal,
    RiskSource,
)
from registers.permissions import can_manage_department
from riskhub.accounts.models import User
from riskhub.search.alike import candidates, likeness, shared_terms, weigh

Term = TypeVar("Term", RiskCategory, RiskArea)
MOST = 5
_LEAST, _EXAMPLE, _VERY = 0.05, 0.1, 0.3
_BRIEF = 3
"""One term in common is chance, but for a text that has no more terms than this."""
_SOURCES = {
    ProposalKind.ANGRY: "customer_complaint",
    ProposalKind.HURT: "incident",
    ProposalKind.DANGER: "incident",
    ProposalKind.NEAR_MISS: "incident",
}


@dataclass(frozen=True)
class Alike:
    """One risk beside the filing; `likeness` from 0 to 1. It can be merged into by who keeps it."""

    risk: Risk
    likeness: float
    may_merge: bool

    @property
    def share(self) -> int:
        """In per cent."""
        return round(self.likeness * 100)

    @property
    def is_very(self) -> bool:
        return self.likeness >= _VERY


def risks_like(user: User, text: str, *, but: Risk | None = None) -> list[Alike]:
    """The open risks that the user sees and that say the most of the same, the most alike first."""
    weighed = weigh(text, Risk)
    least = 1 if weighed.count <= _BRIEF else 2
    risks = Risk.objects.visible_to(user).open()
    found = (
        (risks.exclude(pk=but.pk) if but else risks)
        .filter(pk__in=candidates(weighed, Risk))
        .alias(shared=shared_terms(weighed))
        .filter(shared__gte=least)
        .annotate(likeness=likeness(weighed))
        .select_related("owner_department", "category", "area")
        .order_by("-likeness", "number")[:MOST]
    )
    rated = [(risk, float(vars(risk)["likeness"])) for risk in found]
    return [
        Alike(risk, rate, can_manage_department(user, risk.owner_department_id))
        for risk, rate in rated
        if rate >= _LEAST
    ]


def shown_of(alikes: Iterable[Alike]) -> list[dict[str, Any]]:
    """What is kept of them with the decision."""
    return [{"code": each.risk.code, "share": each.share} for each in alikes]


@dataclass(frozen=True)
class Suggestion:
    """What the filing may be, by a plain rule; a person decides. None where nothing speaks for it.

    `after` names what category and area are taken from: codes of risks, or a risk of the library.
    """

    category: RiskCategory | None
    area: RiskArea | None
    source: RiskSource | None
    after: str


def suggest(proposal: RiskProposal, alikes: Sequence[Alike]) -> Suggestion:
    """Category and area that most of the look-alikes have, weighed by likeness.

    Where there are none, those of the starter library's risk whose examples say the most of the same.
    """
    source = source_of(proposal)
    if not alikes and (entry := _like_in_library(proposal.text)):
        return Suggestion(
            category=RiskCategory.objects.filter(code=entry.body["category"]).first(),
            area=RiskArea.objects.filter(code=entry.area, is_active=True).first(),
            source=source,
            after=entry.title,
        )
    return Suggestion(
        category=_most((each.risk.category, each.likeness) for each in alikes),
        area=_most((each.risk.area, each.likeness) for each in alikes),
        source=source,
        after=gettext(", ").join(each.risk.code for each in alikes),
    )


def usual_category(user: User, register: Register) -> RiskCategory | None:
    """That of most open risks of the register; None where it has none."""
    risks = Risk.objects.visible_to(user).open().filter(register=register, category__is_active=True)
    counted = risks.order_by().values("category").annotate(count=Count("*"))
    most = counted.order_by("-count", "category__order").first()
    return RiskCategory.objects.get(pk=most["category"]) if most else None


def _like_in_library(text: str) -> LibraryRisk | None:
    weighed = weigh(text, LibraryRisk)
    entries = LibraryRisk.objects.annotate(likeness=likeness(weighed))
    first = entries.order_by("-likeness", "order").first()
    return first if first and vars(first)["likeness"] >= _EXAMPLE else None


def source_of(proposal: RiskProposal) -> RiskSource | None:
    """By what was ticked; the internal record where nothing was."""
    code = next((_SOURCES[kind] for kind in _SOURCES if kind in proposal.kinds), "internal_record")
    return RiskSource.objects.filter(code=code, is_active=True).first()


def _most(votes: Iterable[tuple[Term | None, float]]) -> Term | None:
    counted: Counter[Term] = Counter()
    for term, weight in votes:
        if term is not None and term.is_active:
            counted[term] += weight  # type: ignore[assignment]  # weights are fractions
    return counted.most_common(1)[0][0] if counted else None
