"""What higher packages put on the page of a risk: tabs, actions, facts. They call this in `ready()`.

    register_tab(Tab("assessments", _("Assessments"), 20, "assessments:assessment_list", count=how_many))
    register_actions(lambda user, risk: [Action(_("Assess"), reverse(...), is_primary=True)])
    register_step_facts(lambda risk: {RiskState.ASSESSED: _("20 Aug, 4th time")})
    register_slot("standing", lambda user, risk: mini_matrix(...))
    register_way_in(WayIn(_("Import a file"), "assessments:import_create", can_import_register))

A page of a tab extends `registers/risk_base.html`, fills `{% block tab %}` and gives the template
`head = risk_head(request.user, risk, "assessments")`: title, chip, step bar, actions and tabs then
stand above it. Everything registered is called after the view has asked `visible_to`; it may ask the
database a fixed number of times, and shows only what the given user may do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django_stubs_ext import StrOrPromise

from registers.flags import flags_of
from registers.models import Risk
from registers.permissions import can_comment_on_risk
from registers.steps import steps_of
from riskhub.accounts.models import User

SLOTS = frozenset({"standing", "overview", "panel"})
"""`standing`: the small matrix beside the levels (an SVG). `overview`: a card of its own, below.
`panel`: a few lines in the panel beside the list."""


def _always(_user: User, _risk: Risk) -> bool:
    return True


@dataclass(frozen=True)
class Tab:
    """One tab: `url_name` takes the code of the risk; `count` is shown behind the label."""

    key: str
    label: StrOrPromise
    order: int
    url_name: str
    count: Callable[[Risk], int] | None = None
    allowed: Callable[[User, Risk], bool] = _always


@dataclass(frozen=True)
class Action:
    """A button in the head of the page; `hint` says in one line why it is the next step.

    The first primary action is the one filled button of the page, every other one is outlined; a
    rare one (closing, withdrawing) stands in a menu behind them. `key` is the single key that presses
    it, the same for the same kind of step: e edit, a assess, p plan.
    """

    label: StrOrPromise
    url: str
    is_primary: bool = False
    hint: StrOrPromise = ""
    icon: str = ""
    is_rare: bool = False
    key: str = ""


@dataclass(frozen=True)
class WayIn:
    """How risks come into a register besides by hand; shown beside the list and where it is empty."""

    label: StrOrPromise
    url_name: str
    allowed: Callable[[User], bool]


@dataclass(frozen=True)
class ShownTab:
    key: str
    label: StrOrPromise
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True)
class Actions:
    """`next` is the one next step, or None; `others` follow in the order of registration."""

    next: Action | None
    others: list[Action] = field(default_factory=list)
    rare: list[Action] = field(default_factory=list)


ActionProvider = Callable[[User, Risk], list[Action]]
FactProvider = Callable[[Risk], Mapping[str, str]]
SlotFiller = Callable[[User, Risk], SafeString]

_tabs: dict[str, Tab] = {}
_ways_in: dict[str, WayIn] = {}
_actions: list[ActionProvider] = []
_facts: list[FactProvider] = []
_slots: dict[str, list[SlotFiller]] = {name: [] for name in sorted(SLOTS)}


def register_tab(tab: Tab) -> None:
    """Overview has order 10, History 90; the same key again replaces the tab."""
    _tabs[tab.key] = tab


def register_actions(provider: ActionProvider) -> None:
    """`provider(user, risk)` answers the actions that this user may take on this risk now."""
    if provider not in _actions:
        _actions.append(provider)


def register_step_facts(provider: FactProvider) -> None:
    """`provider(risk)` answers {risk state: one short line} for the step bar."""
    if provider not in _facts:
        _facts.append(provider)


def register_slot(name: str, filler: SlotFiller) -> None:
    """`filler(user, risk)` answers safe HTML, or an empty string where there is nothing to show."""
    if filler not in _slots[name]:
        _slots[name].append(filler)


def register_way_in(way: WayIn) -> None:
    _ways_in[way.url_name] = way


def ways_in(user: User) -> list[tuple[str, StrOrPromise]]:
    """Pairs (url, words) of what this user may use."""
    return [(reverse(w.url_name), w.label) for w in _ways_in.values() if w.allowed(user)]


def tabs_of(user: User, risk: Risk, current: str) -> list[ShownTab]:
    shown = sorted(_tabs.values(), key=lambda tab: (tab.order, tab.key))
    return [
        ShownTab(
            key=tab.key,
            label=tab.label,
            url=reverse(tab.url_name, args=[risk.code]),
            is_current=tab.key == current,
            count=tab.count(risk) if tab.count else None,
        )
        for tab in shown
        if tab.allowed(user, risk)
    ]


def actions_for(user: User, risk: Risk) -> Actions:
    found = [action for provider in _actions for action in provider(user, risk)]
    first = next((action for action in found if action.is_primary), None)
    rest = [action for action in found if action is not first]
    return Actions(first, [a for a in rest if not a.is_rare], [a for a in rest if a.is_rare])


def step_facts(risk: Risk) -> dict[str, str]:
    facts: dict[str, str] = {}
    for provider in _facts:
        facts |= provider(risk)
    return facts


def fill_slot(name: str, user: User, risk: Risk) -> list[SafeString]:
    """What is in the slot, empty answers left out."""
    return [html for filler in _slots[name] if (html := filler(user, risk))]


def risk_head(user: User, risk: Risk, current: str) -> dict[str, Any]:
    """Everything above a tab's content; `risk` should have register, area and departments joined."""
    return {
        "risk": risk,
        "flags": flags_of(user, risk),
        "actions": actions_for(user, risk),
        "tabs": tabs_of(user, risk, current),
        "steps": steps_of(risk, step_facts(risk)),
        "comment_url": _comment_url(user, risk),
    }


def _comment_url(user: User, risk: Risk) -> str:
    """Where one says something about it; empty for who only reads."""
    return f"{risk.get_absolute_url()}#comment_text" if can_comment_on_risk(user, risk) else ""
