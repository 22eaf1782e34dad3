"""A contingency plan in force is a barrier: it stands after the event, as an emergency control does."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from assessments.contingency.choices import Feasibility, VersionState
from assessments.contingency.querysets import LIVE
from assessments.models import ContingencyPlan, ContingencyRisk
from registers.barriers import Barrier, Cover, register_cover
from registers.models import Risk
from riskhub.accounts.models import User


def wire_cover() -> None:
    register_cover(Cover(covered=answered, barriers=barriers_of))


def answered() -> Q:
    """Of risks: some plan that people act by answers it."""
    in_force = ContingencyPlan.objects.in_force().values("pk")
    return Q(Exists(ContingencyRisk.objects.filter(risk=OuterRef("pk"), plan__in=in_force)))


def plans_of(risk: Risk) -> list[ContingencyPlan]:
    """Those that answer it and are not retired: whoever sees the risk sees them."""
    plans = ContingencyPlan.objects.filter(
        contingency_risks__risk=risk, versions__state__in=LIVE
    ).values("pk")
    return list(ContingencyPlan.objects.filter(pk__in=plans).for_list().order_by("number"))


def barriers_of(_user: User, risk: Risk) -> list[Barrier]:
    """A draft protects nobody yet; one that is not proven may not hold."""
    return [
        Barrier(
            code=plan.code,
            name=plan.name,
            url=plan.get_absolute_url(),
            kind=_("Contingency plan"),
            fact=str((plan.feasibility or VersionState(plan.state)).label).lower(),
            is_weak=plan.feasibility == Feasibility.FAILED,
            is_planned=plan.in_force is None,
        )
        for plan in plans_of(risk)
    ]
