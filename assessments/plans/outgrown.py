"""What the level of a risk asks by now, and the version in force does not have."""

from django.utils.translation import gettext as _

from assessments.models import PlanVersion, ResponsePlan
from assessments.plans.content import PlanContent
from assessments.plans.rules import must_be_approved
from assessments.schemes.in_force import Appetite, Demand, appetite_today
from registers.choices import Level, PlanState
from registers.models import Risk

APPROVAL, SPECIAL, SPONSOR, CONTINGENCY = (
    "approval", "special_measures", "sponsor", "contingency",
)  # fmt: skip


def lacks_of(plan: ResponsePlan, appetite: Appetite | None = None) -> list[str]:
    """Judged higher, in a stricter area or under another matrix than when it was submitted.

    Reads `in_force` and the risk; who asks for many plans reads `appetite_today()` for them once.
    """
    version, risk = plan.in_force, plan.risk
    if version is None or risk.residual_level is None:
        return []
    demand = (appetite or appetite_today()).demand(risk.residual_level, risk.area_id, _pair(risk))
    lacks = []
    if not version.requires_approval and must_be_approved(
        version.strategy, _pair(risk), by_level=demand.needs_approval
    ):
        lacks.append(APPROVAL)
    return lacks + _missing(version, demand)


def may_go_again(plan: ResponsePlan) -> bool:
    """The words in force may be submitted as they are: nobody in management has approved them."""
    is_settled = plan.in_force_id is not None and plan.in_force_id == plan.head_id
    return is_settled and plan.state != PlanState.CLOSED and APPROVAL in lacks_of(plan)


def lack_words(lack: str, risk: Risk) -> str:
    words = {
        APPROVAL: _(
            "The risk now stands at %(level)s: this plan needs management’s approval. Submit it for "
            "approval."
        ),
        SPECIAL: _("The risk now stands at %(level)s: the plan names no special measures."),
        SPONSOR: _("The risk now stands at %(level)s: nobody in management stands for the plan."),
        CONTINGENCY: _("The risk now stands at %(level)s: the plan names no contingency plan."),
    }[lack]
    return words % {"level": Level(risk.residual_level or 0).label}


def _pair(risk: Risk) -> tuple[int, int]:
    return risk.residual_probability or 0, risk.residual_impact or 0


def _missing(version: PlanVersion, demand: Demand) -> list[str]:
    lacks = []
    if demand.needs_special_measures:
        lacks += [] if version.special_measures.strip() else [SPECIAL]
        lacks += [] if version.sponsor_id else [SPONSOR]
    if demand.needs_contingency and not PlanContent.parse(version.content).contingency:
        lacks.append(CONTINGENCY)
    return lacks
