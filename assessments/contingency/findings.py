"""Where nothing is ready for the day on which it happens: lists, and the numbers that lead to them.

Risks at High and above, and those outside our control, that no contingency plan in force answers; plans
without a drill in their interval. What a number says and what its list shows are one queryset.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from assessments.choices import DECIDED_PLAN_STATES
from assessments.contingency.cover import answered
from assessments.models import ContingencyPlan, TransferLink
from registers.choices import Controllability, Level
from registers.models import ContractClause, InsurancePolicy, Risk, Supplier
from registers.querysets import RiskQuerySet
from riskhub.accounts.models import User

NO_PLAN, OUTSIDE, NO_DRILL = "no_plan", "outside", "no_drill"
FINDINGS: tuple[tuple[str, StrPromise], ...] = (
    (NO_PLAN, _("High or above without a contingency plan")),
    (OUTSIDE, _("Outside our control, neither planned for nor passed on")),
    (NO_DRILL, _("Plan without a drill in its interval")),
)

PARTIES = {"policy": InsurancePolicy, "clause": ContractClause, "supplier": Supplier}


@dataclass(frozen=True)
class Finding:
    key: str
    words: StrPromise
    count: int


def risks_unanswered(user: User) -> RiskQuerySet:
    """Open, High or above, and no plan in force answers it."""
    risks = Risk.objects.visible_to(user).open().filter(residual_level__gte=Level.HIGH)
    return risks.exclude(answered())


def risks_left_to_chance(user: User) -> RiskQuerySet:
    """R-24: outside our control, without contingency plan and without anybody who takes over the loss.

    Taken over it is where a plan in force passes it on to a policy, a clause or a supplier in force.
    """
    outside = Risk.objects.visible_to(user).open().filter(controllability=Controllability.OUTSIDE)
    return outside.exclude(answered()).exclude(_transferred(timezone.localdate()))


def plans_undrilled(user: User) -> Any:  # noqa: ANN401 - a queryset of plans
    visible = ContingencyPlan.objects.visible_to(user)
    return visible.without_drill_in_interval(timezone.localdate())


def found_in(key: str, user: User) -> QuerySet[Any]:
    """In order: what is worst stands first."""
    if key == NO_DRILL:
        return plans_undrilled(user).order_by("number")  # type: ignore[no-any-return]
    risks = risks_unanswered(user) if key == NO_PLAN else risks_left_to_chance(user)
    return risks.in_ranking()


def findings_of(user: User) -> list[Finding]:
    """One query, however many there are."""
    parts = [
        found_in(key, user)
        .order_by()
        .values(finding=Value(key))
        .annotate(found=Count("pk"))
        .values_list("finding", "found")
        for key, _words in FINDINGS
    ]
    counts = dict(parts[0].union(*parts[1:], all=True))
    return [Finding(key, words, counts.get(key, 0)) for key, words in FINDINGS]


def _transferred(today: date) -> Q:
    """By a plan in force, to what is in force itself: an expired policy takes over nothing."""
    found = Q(pk__in=[])
    for name, model in PARTIES.items():
        holding = model._default_manager.in_force(today).values("pk")
        found |= Q(**{f"{name}__in": holding})
    links = TransferLink.objects.filter(
        found, version__in_force_of__risk=OuterRef("pk"),
        version__in_force_of__state__in=DECIDED_PLAN_STATES,
    )  # fmt: skip
    return Q(Exists(links))
