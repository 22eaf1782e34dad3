"""What stands between a draft and its approval, each point with whether it is there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import ResponsePlan
from assessments.people import deciders_of, names_of
from assessments.plans.content import PlanContent
from assessments.plans.rules import NOTHING, Asked, must_be_approved
from assessments.plans.words import RULES
from assessments.schemes.in_force import Demand, demand_today
from registers.choices import Strategy
from registers.models import Risk

_OF_STRATEGY = (
    "avoid_node", "change", "avoid_what", "transfers", "transfer_share", "transfer_stays", "accept_reason",
    "accept_until",
)  # fmt: skip


@dataclass(frozen=True)
class Point:
    """`missing` says what to do; empty where it is done."""

    words: str
    missing: str = ""

    @property
    def is_done(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Checklist:
    points: list[Point]
    approval: str

    @property
    def open(self) -> int:
        return sum(not point.is_done for point in self.points)


def checklist_of(
    risk: Risk,
    content: PlanContent,
    faults: Mapping[str, str],
    plan: ResponsePlan | None,
    asked: Asked = NOTHING,
) -> Checklist:
    """`faults` from the rules of strategy and level; `plan` None while it is first written."""
    points = [_level(risk, faults), _strategy(risk, content, faults), _actions(content, faults)]
    points += _asked(content, faults, asked)
    points.append(_target(risk, content, faults))
    points += [Point(_("Somebody else can approve it"), sentence) for sentence in _people(plan)]
    return Checklist([point for point in points if point.words], approval_words(risk, content))


def approval_words(risk: Risk, content: PlanContent) -> str:
    """What happens after submitting."""
    if risk.residual_level is None:
        return _("Whether it needs an approval is known when the risk is assessed.")
    demand = demand_today(risk.residual_level, risk.area_id)
    if not needs_approval(risk, content, demand):
        return _("It comes into force as soon as it is submitted.")
    if demand.needs_approval and demand.approval_days:
        words = ngettext(
            "Management decides within %(days)d day.",
            "Management decides within %(days)d days.",
            demand.approval_days,
        )
        return words % {"days": demand.approval_days}
    return _("Management decides.")


def needs_approval(risk: Risk, content: PlanContent, demand: Demand) -> bool:
    """As submitting will see it."""
    scores = (risk.residual_probability or 0, risk.residual_impact or 0)
    return must_be_approved(content.strategy, scores, by_level=demand.needs_approval)


def _level(risk: Risk, faults: Mapping[str, str]) -> Point:
    if risk.residual_level is None:
        return Point(_("The risk has a confirmed level"), faults.get("strategy", ""))
    return Point(_("The risk has a confirmed level"))


def _strategy(risk: Risk, content: PlanContent, faults: Mapping[str, str]) -> Point:
    names = ("actions",) if content.strategy == Strategy.MITIGATE else _OF_STRATEGY
    sentences = [faults[name] for name in names if name in faults]
    if not content.strategy:
        return Point(_("A strategy is chosen"), _("Choose a strategy."))
    if risk.residual_level is None:
        return Point("")  # its rule is only looked at with a level
    return Point(str(RULES[content.strategy]), " ".join(sentences))


def _actions(content: PlanContent, faults: Mapping[str, str]) -> Point:
    """The rule of mitigating asks for actions itself: it says then what they lack, once."""
    is_said = content.strategy == Strategy.MITIGATE and "actions" in faults
    if is_said or not (content.actions or "actions" in faults):
        return Point("")
    return Point(_("Each action has an owner and a day that lies ahead"), faults.get("actions", ""))


def _target(risk: Risk, content: PlanContent, faults: Mapping[str, str]) -> Point:
    """Nothing without both: there is nothing to compare."""
    if content.target is None or risk.residual_level is None:
        return Point("")
    return Point(_("The target is not above the present level"), faults.get("target", ""))


def _asked(content: PlanContent, faults: Mapping[str, str], asked: Asked) -> list[Point]:
    """What the level asks for, once it does or something was said about it."""
    points = []
    special = [faults[name] for name in ("special_measures", "sponsor") if name in faults]
    if special or asked.special_measures or content.special_measures:
        points.append(
            Point(_("Special measures, and who in management stands for them"), " ".join(special))
        )
    if "contingency" in faults or asked.contingency or content.contingency:
        points.append(Point(_("A contingency plan in force"), faults.get("contingency", "")))
    if "resources" in faults:
        points.append(Point(_("Each resource is complete"), faults["resources"]))
    return points


def _people(plan: ResponsePlan | None) -> list[str]:
    if plan is None:
        return []
    if names_of(deciders_of(plan)):
        return [""]
    return [_("Every approver has written on it, or there is none: tell the administrator.")]
