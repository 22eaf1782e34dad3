"""The wording of a plan as one canonical text, and the rules of the four strategies. Pure."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from registers.choices import Strategy
from riskhub.entry.days import PLANNED
from riskhub.entry.texts import one_line, prose

ACCEPT_LIMIT = 2
ACCEPT_LONGEST = timedelta(days=366)
LENGTHS = {
    "objective": 2000, "avoid_what": 500, "transfer_to": 300, "transfer_by": 500,
    "accept_reason": 2000, "title": 300,
}  # fmt: skip


@dataclass(frozen=True)
class PlannedAction:
    """A step as written: `key` is its identity across versions, owner and department are ids."""

    key: str
    title: str
    owner: int
    due_on: str


@dataclass(frozen=True)
class PlanContent:
    """What approval is about. Dates are ISO texts; `target` is [probability, impact] or None."""

    strategy: str
    objective: str = ""
    target: tuple[int, int] | None = None
    avoid_what: str = ""
    transfer_to: str = ""
    transfer_by: str = ""
    accept_reason: str = ""
    accept_until: str = ""
    actions: tuple[PlannedAction, ...] = field(default_factory=tuple)

    def canonical(self) -> str:
        """The same content gives the same text, byte for byte: this is what is hashed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def tidied(self) -> "PlanContent":
        """As it is kept: without what cannot be seen."""
        return replace(
            self,
            objective=prose(self.objective),
            accept_reason=prose(self.accept_reason),
            avoid_what=one_line(self.avoid_what),
            transfer_to=one_line(self.transfer_to),
            transfer_by=one_line(self.transfer_by),
            actions=tuple(replace(one, title=one_line(one.title)) for one in self.actions),
        )

    @classmethod
    def parse(cls, text: str) -> "PlanContent":
        """From the canonical text."""
        data: dict[str, Any] = json.loads(text)
        data["actions"] = tuple(PlannedAction(**action) for action in data["actions"])
        data["target"] = tuple(data["target"]) if data["target"] else None
        return cls(**data)


def implausible_days(content: PlanContent) -> dict[str, str]:
    """{field: sentence} of the days that nobody can mean."""
    days = {"accept_until": content.accept_until} if content.accept_until else {}
    days |= {f"actions.{n}.due_on": one.due_on for n, one in enumerate(content.actions)}
    faults = {name: PLANNED.fault(date.fromisoformat(day)) for name, day in days.items()}
    return {name: fault for name, fault in faults.items() if fault}


def may_accept_freely(probability: int, impact: int) -> bool:
    """The guide accepts only what is both improbable and small."""
    return probability <= ACCEPT_LIMIT and impact <= ACCEPT_LIMIT


def plan_faults(
    content: PlanContent,
    residual: tuple[int, int] | None,
    today: date,
    open_actions: Sequence[PlannedAction] | None = None,
) -> dict[str, str]:
    """What keeps this wording from being submitted: {field: sentence}; empty when nothing does.

    `open_actions` are those not yet done (None: all of them): only they must lie ahead.
    """
    faults: dict[str, str] = {}
    if residual is None:
        faults["strategy"] = _(
            "Nobody has confirmed an assessment of this risk yet. Assess it first."
        )
        return faults
    rule = _RULES.get(content.strategy)
    if rule is None:
        return {"strategy": _("Choose a strategy.")}
    faults |= rule(content, residual, today)
    if content.target and any(t > r for t, r in zip(content.target, residual, strict=True)):
        faults["target"] = _("The target cannot be above the present residual score.")
    faults |= _action_faults(content.actions if open_actions is None else open_actions, today)
    return faults


def _avoid(content: PlanContent, _residual: tuple[int, int], _today: date) -> dict[str, str]:
    if content.avoid_what.strip():
        return {}
    return {"avoid_what": _("Name the step or service that is given up or simplified.")}


def _transfer(content: PlanContent, _residual: tuple[int, int], _today: date) -> dict[str, str]:
    faults = {}
    if not content.transfer_to.strip():
        faults["transfer_to"] = _("Name who takes over the risk.")
    if not content.transfer_by.strip():
        faults["transfer_by"] = _("Name the policy, clause or contract that transfers it.")
    return faults


def _mitigate(content: PlanContent, _residual: tuple[int, int], _today: date) -> dict[str, str]:
    if content.actions:
        return {}
    return {"actions": _("Add at least one action with owner and date.")}


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
        if not today < until <= today + ACCEPT_LONGEST:
            faults["accept_until"] = _("Choose a day after today and within 12 months.")
    return faults


def _action_faults(actions: Sequence[PlannedAction], today: date) -> dict[str, str]:
    for action in actions:
        if not action.title.strip():
            return {"actions": _("Each action needs a title.")}
        if date.fromisoformat(action.due_on) < today:
            return {
                "actions": _("“%(title)s” is due in the past. Choose %(today)s or later.")
                % {"title": action.title, "today": today.isoformat()}
            }
    return {}


_RULES: dict[str, Callable[["PlanContent", tuple[int, int], date], dict[str, str]]] = {
    Strategy.AVOID: _avoid,
    Strategy.TRANSFER: _transfer,
    Strategy.MITIGATE: _mitigate,
    Strategy.ACCEPT: _accept,
}
