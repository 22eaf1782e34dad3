"""The step bar of a risk: where it stands, with one line of fact under each step."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registers.choices import RiskState
from registers.models import Risk
from riskhub.entry.day_words import day

_WAY = (RiskState.IDENTIFIED, RiskState.ASSESSED, RiskState.RESPONDING, RiskState.MONITORED)


@dataclass(frozen=True)
class Step:
    """`place` is "done", "now" or empty, as `components/steps.html` reads it."""

    name: str
    fact: str
    place: str


def steps_of(risk: Risk, facts: Mapping[str, str]) -> list[Step]:
    """The four steps of an open risk; one that left the register ends in a fifth."""
    facts = {**_own_facts(risk), **facts}
    way = _WAY if risk.is_open else (*_WAY, RiskState(risk.state))
    now = way.index(RiskState(risk.state))
    return [
        Step(str(state.label), facts.get(state, ""), _place(number, now, facts.get(state, "")))
        for number, state in enumerate(way)
    ]


def _place(number: int, now: int, fact: str) -> str:
    """A step that was passed over, as responding by a low risk, is done only if it has a fact."""
    if number == now:
        return "now"
    return "done" if number < now and fact else ""


def _own_facts(risk: Risk) -> dict[str, str]:
    facts = {RiskState.IDENTIFIED.value: day(risk.reported_on)}
    if risk.assessed_on and risk.state != RiskState.IDENTIFIED:
        facts[RiskState.ASSESSED] = day(risk.assessed_on)
    if risk.next_review_on and risk.state == RiskState.MONITORED:
        facts[RiskState.MONITORED] = _("Next review %(day)s") % {"day": day(risk.next_review_on)}
    if risk.closed_at:
        facts[RiskState.CLOSED] = day(risk.closed_at)
    return facts
