"""The rules of the four strategies, and what a level asks of its plan. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessments.matrix import is_high_high
from assessments.plans.content import PlanContent, PlannedAction
from registers.choices import Strategy
from riskhub.entry.day_words import day as in_words
from riskhub.entry.days import PLANNED

ACCEPT_LIMIT = 2
_WHOLE = 100


@dataclass(frozen=True)
class Asked:
    """What the level of a risk asks of its plan beyond the rule of the strategy."""

    special_measures: bool = False
    contingency: bool = False
    injury: bool = False
    """It is about somebody's safety: what happens to people is never passed on as a whole."""


NOTHING = Asked()


def implausible_days(content: PlanContent) -> dict[str, str]:
    """{field: sentence} of the days that nobody can mean."""
    days = {"accept_until": content.accept_until} if content.accept_until else {}
    days |= {f"actions.{n}.due_on": one.due_on for n, one in enumerate(content.actions)}
    faults = {name: PLANNED.fault(date.fromisoformat(day)) for name, day in days.items()}
    return {name: fault for name, fault in faults.items() if fault}


def may_accept_freely(probability: int, impact: int) -> bool:
    """The guide accepts only what is both improbable and small."""
    return probability <= ACCEPT_LIMIT and impact <= ACCEPT_LIMIT


def must_be_approved(strategy: str, residual: tuple[int, int], *, by_level: bool) -> bool:
    """By the rule of its level (`Demand.needs_approval`), or because more is accepted than what is small."""
    return by_level or (strategy == Strategy.ACCEPT and not may_accept_freely(*residual))


def plan_faults(
    content: PlanContent,
    residual: tuple[int, int] | None,
    today: date,
    open_actions: Sequence[PlannedAction] | None = None,
    asked: Asked = NOTHING,
    *,
    standing: Collection[tuple[str, str]] = (),
) -> dict[str, str]:
    """What keeps this wording from being submitted: {field: sentence}; empty when nothing does.

    `open_actions` are those not yet done (None: all of them): only they must lie ahead, less those
    that are under way on the day that stands: `standing` holds their (key, due_on).
    """
    faults = _strategy_faults(content, residual, today)
    if residual and any(t > r for t, r in zip(content.target or (), residual, strict=False)):
        faults["target"] = _("The target cannot be above the present residual score.")
    is_corner = residual is not None and is_high_high(*residual)
    if asked.special_measures or is_corner:
        faults |= _special_faults(content)
    if (asked.contingency or is_corner) and not content.contingency:
        faults["contingency"] = _("The level asks for a contingency plan: choose one in force.")
    if asked.injury and content.strategy == Strategy.TRANSFER:
        faults |= _injury_faults(content)
    actions = content.actions if open_actions is None else open_actions
    faults |= _action_faults(actions, today, standing)
    return faults


def _strategy_faults(
    content: PlanContent, residual: tuple[int, int] | None, today: date
) -> dict[str, str]:
    if residual is None:
        said = _("Nobody has confirmed an assessment of this risk yet. Assess it first.")
        return {"strategy": said}
    rule = _RULES.get(content.strategy)
    if rule is None:
        return {"strategy": _("Choose a strategy.")}
    return rule(content, residual, today)


def _avoid(content: PlanContent, _residual: tuple[int, int], _today: date) -> dict[str, str]:
    faults = {}
    if not content.avoid_node and not content.change:
        faults["avoid_node"] = _(
            "Choose the step of the service that is given up or simplified, or the change that does it."
        )
    if not content.avoid_what.strip():
        faults["avoid_what"] = _("Say what is given up or simplified.")
    return faults


def _transfer(content: PlanContent, _residual: tuple[int, int], _today: date) -> dict[str, str]:
    faults = {}
    if not content.transfers:
        faults["transfers"] = _("Choose the policy, clause or supplier that takes over the risk.")
    if not content.transfer_share:
        faults["transfer_share"] = _("Say which share of a loss is passed on, in per cent.")
    return faults


def _mitigate(content: PlanContent, _residual: tuple[int, int], _today: date) -> dict[str, str]:
    if content.actions:
        return {}
    return {"actions": _("Add at least one action with owner and date.")}


def _in_a_year(day: date) -> date:
    """The same day of the next year; of a leap day the last of February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def _accept(content: PlanContent, residual: tuple[int, int], today: date) -> dict[str, str]:
    faults = {}
    if not may_accept_freely(*residual):
        if not content.accept_reason.strip():
            faults["accept_reason"] = _(
                "Probability or impact is above 2: say why the risk is accepted all the same."
            )
        if not content.accept_until:
            faults["accept_until"] = _("Say until when the risk is accepted, at most 12 months.")
    if content.accept_until and not faults.get("accept_until"):
        until = date.fromisoformat(content.accept_until)
        if not today < until <= _in_a_year(today):
            faults["accept_until"] = _("Choose a day after today and within 12 months.")
    return faults


def _injury_faults(content: PlanContent) -> dict[str, str]:
    """Money can be insured, the answer for an injured person stays with the company."""
    faults = {}
    if content.transfer_share and content.transfer_share >= _WHOLE:
        faults["transfer_share"] = _(
            "Injury is never passed on as a whole: choose a share below 100 %."
        )
    if not content.transfer_stays.strip():
        faults["transfer_stays"] = _(
            "Say what the company answers for itself when people are hurt."
        )
    return faults


def _special_faults(content: PlanContent) -> dict[str, str]:
    faults = {}
    if not content.special_measures.strip():
        faults["special_measures"] = _(
            "The level asks for special measures: say what is done at once."
        )
    if not content.sponsor:
        faults["sponsor"] = _("Name who in management stands for these measures.")
    return faults


def _action_faults(
    actions: Sequence[PlannedAction], today: date, standing: Collection[tuple[str, str]]
) -> dict[str, str]:
    for action in actions:
        if not action.title.strip():
            return {"actions": _("Each action needs a title.")}
        is_new = (action.key, action.due_on) not in standing
        if is_new and date.fromisoformat(action.due_on) < today:
            return {
                "actions": _("“%(title)s” is due in the past. Choose %(today)s or later.")
                % {"title": action.title, "today": in_words(today)}
            }
    return {}


_RULES: dict[str, Callable[["PlanContent", tuple[int, int], date], dict[str, str]]] = {
    Strategy.AVOID: _avoid,
    Strategy.TRANSFER: _transfer,
    Strategy.MITIGATE: _mitigate,
    Strategy.ACCEPT: _accept,
}
