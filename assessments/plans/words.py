"""The wording of a plan in the reader's language: labels, strategies, dates, names, what changed."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from assessments.choices import ResourceKind
from assessments.models import PlanVersion, ResponsePlan
from assessments.plans.changes import Changes, compare
from assessments.plans.content import PlanContent, PlannedAction, PlannedResource
from assessments.plans.names import Names
from registers.choices import Level, Strategy
from registers.responses import plan_words
from riskhub.accounts.bilingual import is_english
from riskhub.entry.day_words import day
from riskhub.web.templatetags.riskhub import money

LABELS: dict[str, StrPromise] = {
    "strategy": _("Strategy"),
    "objective": _("Objective"),
    "target": _("Target"),
    "avoid_what": _("What is given up"),
    "avoid_node": _("Step of the service"),
    "change": _("Process change"),
    "transfers": _("Policies, clauses and suppliers"),
    "transfer_share": _("Share that is passed on"),
    "transfer_stays": _("What stays with us"),
    "transfer_to": _("Who takes it over"),
    "transfer_by": _("By which policy, clause or contract"),
    "accept_reason": _("Why it is accepted"),
    "accept_until": _("Accepted until"),
    "special_measures": _("Special measures"),
    "sponsor": _("Sponsor"),
    "contingency": _("Contingency plan"),
    "actions": _("Actions"),
    "resources": _("Resources"),
}
_MYRIAD = 10_000
_HUNDRED = 100
_HEADS = ("", "人", "名", "位", "person", "persons", "people")
"""Units of people that count heads; person days and the like are another thing."""
KINDS = dict(ResourceKind.choices)
RULES: dict[str, StrPromise] = {
    Strategy.AVOID: _(
        "Stop or simplify what causes it. Name the step or the change, and what is given up."
    ),
    Strategy.TRANSFER: _(
        "Somebody else carries the damage. Name the policy, clause or supplier and the share that it takes; "
        "where people can be hurt, also what stays."
    ),
    Strategy.MITIGATE: _("Make it rarer or milder. At least one action with owner and date."),
    Strategy.ACCEPT: _(
        "Do nothing, on purpose. Free up to probability 2 and impact 2; above that with a reason, "
        "a date and an approval."
    ),
}
STRATEGIES = dict(Strategy.choices)
_FIELDS = tuple(key for key in LABELS if key not in ("actions", "resources"))


def standing_words(plan: ResponsePlan) -> str:
    """How the plan stands; reads `head` and `in_force`."""
    head, in_force = plan.head, plan.in_force
    return plan_words(
        plan.state, head.number if head else None, in_force.number if in_force else None
    )


def spell(content: PlanContent, key: str, names: Names) -> str:
    """One field in words; empty where it says nothing."""
    value = getattr(content, key)
    if spoken := _SPOKEN.get(key):
        return spoken(value, names) if value else ""
    return str(value)


_SPOKEN: dict[str, Callable[[Any, Names], str]] = {
    "strategy": lambda value, _names: str(STRATEGIES.get(value, "")),
    "target": lambda value, _names: f"{value[0]},{value[1]}",
    "sponsor": lambda value, names: names.person(value),
    "accept_until": lambda value, _names: spell_day(value),
    "avoid_node": lambda value, names: names.node(value),
    "change": lambda value, names: names.change(value),
    "contingency": lambda value, names: names.contingency_plan(value),
    "transfers": lambda value, names: "\n".join(names.transfer(key) for key in value),
    "transfer_share": lambda value, _names: f"{value} %",
}


def effect_words(action: PlannedAction, names: Names) -> str:
    """What it changes of a control; empty where it changes none."""
    if not action.control:
        return ""
    if not action.every_days:
        return names.control(action.control)
    words = ngettext(
        "%(control)s, then checked every %(days)d day",
        "%(control)s, then checked every %(days)d days",
        action.every_days,
    )
    return words % {"control": names.control(action.control), "days": action.every_days}


def spell_day(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""


def spell_resource(one: PlannedResource) -> str:
    return amount_words(one.kind, one.quantity, one.unit)


def amount_words(kind: str, amount: Decimal, unit: str) -> str:
    """As in: CNY 144,000; 14.4 万元; 3 people; 40 sets. Money that is no whole hundreds in full."""
    is_round = amount >= _MYRIAD and amount % _HUNDRED == 0
    if kind == ResourceKind.MONEY and is_round and not is_english():
        return f"{(amount / _MYRIAD).normalize():f} 万元"
    return exact_words(kind, amount, unit)


def exact_words(kind: str, amount: Decimal, unit: str) -> str:
    """As in: CNY 144,000; 12,000.50 元; 3 people: as amounts stand that are compared or typed."""
    if kind == ResourceKind.MONEY:
        return money(amount)
    said = number_format(amount.normalize(), use_l10n=True, force_grouping=True)
    return f"{said} {unit}".strip()


def unit_words(kind: str, unit: str) -> str:
    return gettext("CNY") if kind == ResourceKind.MONEY else unit


def asked_words(content: PlanContent) -> list[str]:
    """What it asks for in all: money first, then people; only what has the same unit is added up."""
    totals: dict[tuple[str, str], Decimal] = {}
    for one in content.resources:
        unit = "" if one.kind == ResourceKind.MONEY or one.unit in _HEADS else one.unit
        totals[one.kind, unit] = totals.get((one.kind, unit), Decimal(0)) + one.quantity
    said = []
    if money := totals.get((ResourceKind.MONEY, "")):
        said.append(amount_words(ResourceKind.MONEY, money, ""))
    if people := totals.get((ResourceKind.PEOPLE, "")):
        words = ngettext("%(count)s person", "%(count)s people", int(people))
        said.append(words % {"count": amount_words(ResourceKind.PEOPLE, people, "")})
    said += [
        amount_words(kind, total, unit)
        for (kind, unit), total in totals.items()
        if kind == ResourceKind.PEOPLE and unit
    ]
    others = sum(
        one.kind not in (ResourceKind.MONEY, ResourceKind.PEOPLE) for one in content.resources
    )
    if others:
        said.append(ngettext("%(count)d more", "%(count)d more", others) % {"count": others})
    return said


def table_words(content: PlanContent, part: str, names: Names) -> str:
    """A table as lines of text."""
    if part == "actions":
        return "\n".join(
            f"{one.title} ({names.person(one.owner)}, {spell_day(one.due_on)})"
            for one in content.actions
        )
    return "\n".join(
        f"{KINDS.get(one.kind, one.kind)}: {one.what} ({spell_resource(one)})"
        for one in content.resources
    )


def facts_of(content: PlanContent, names: Names) -> list[tuple[str, str, str]]:
    """(key, label, words) of everything that the wording says, less its tables."""
    found = ((key, str(LABELS[key]), spell(content, key, names)) for key in _FIELDS)
    return [fact for fact in found if fact[2]]


def changes_between(before: PlanVersion, after: PlanVersion) -> Changes:
    """From the last approved version to the one that waits."""
    old, new = PlanContent.parse(before.content), PlanContent.parse(after.content)
    names = Names.of([old, new])
    said = {
        key: str(LABELS[key]) for key in _FIELDS if spell(old, key, names) or spell(new, key, names)
    }
    targets = {old.target: _target(before), new.target: _target(after)}

    def spell_here(content: PlanContent, key: str) -> str:
        words = targets[content.target] if key == "target" else ""
        return words or spell(content, key, names)

    def spell_action(action: PlannedAction) -> tuple[str, ...]:
        facts = (names.person(action.owner), spell_day(action.due_on))
        return action.title, *facts, effect_words(action, names)

    def spell_line(one: PlannedResource) -> tuple[str, ...]:
        return one.what, str(KINDS.get(one.kind, one.kind)), spell_resource(one)

    return compare(
        old, new, labels=said, spell=spell_here, spell_action=spell_action,
        spell_resource=spell_line,
    )  # fmt: skip


def _target(version: PlanVersion) -> str:
    """With the level that the scheme of its submission gave; empty for a draft."""
    if version.target_level is None:
        return ""
    label = Level(version.target_level).label
    return f"{label} {version.target_probability},{version.target_impact}"


def spell_content(text: object) -> dict[str, str]:
    """For the trail of changes: the stored text taken apart into fields."""
    content = PlanContent.parse(text if isinstance(text, str) else json.dumps(text))
    names = Names.of([content])
    words = {label: said for _key, label, said in facts_of(content, names)}
    if content.resources:
        words[str(LABELS["resources"])] = table_words(content, "resources", names)
    for number, action in enumerate(content.actions, start=1):
        label = gettext("Action %(number)d") % {"number": number}
        words[label] = gettext("%(title)s (%(day)s)") % {
            "title": action.title,
            "day": spell_day(action.due_on),
        }
    return words


def short_hash(content_hash: str) -> str:
    """As people compare it: 9f3a 61d8."""
    return f"{content_hash[:4]} {content_hash[4:8]}"
