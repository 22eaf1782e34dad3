"""Whether a plan arrived where it wanted to."""

from django.utils.translation import gettext as _

from assessments.models import PlanVersion, ResponsePlan
from assessments.schemes.in_force import Appetite, appetite_today
from registers.choices import Level, Strategy
from registers.models import Risk


def short_of_target(plan: ResponsePlan, appetite: Appetite | None = None) -> list[str]:
    """Both scores of the residual risk against those that the version in force promises.

    Reads `in_force` and the risk; who asks for many plans reads `appetite_today()` for them once.
    """
    version, risk = plan.in_force, plan.risk
    if version is None:
        return []
    if version.target_probability is None or version.target_impact is None:
        return _above_appetite(version, risk, appetite or appetite_today())
    is_reached = (risk.residual_probability or 0) <= version.target_probability and (
        risk.residual_impact or 0
    ) <= version.target_impact
    if is_reached:
        return []
    words = _(
        "The target is %(target)s, and the risk stands at %(now)s. Assess it again, or change the plan."
    )
    target = f"{version.target_probability},{version.target_impact}"
    now = f"{risk.residual_probability},{risk.residual_impact}"
    return [words % {"target": target, "now": now}]


def _above_appetite(version: PlanVersion, risk: Risk, appetite: Appetite) -> list[str]:
    """Without a target it ends where the level asks for no plan; what is accepted stays as it is."""
    level = risk.residual_level or 0
    if version.strategy == Strategy.ACCEPT or not appetite.demand(level, risk.area_id).needs_plan:
        return []
    words = _(
        "The plan has no target, and the risk is still %(level)s. Change the plan and name a target."
    )
    return [words % {"level": Level(level).label}]
