"""What happened when: what was found out, and what was done by a contingency plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from incidents.activations.page import ShownRun, step_words
from incidents.models import IncidentFact


@dataclass(frozen=True)
class Line:
    """`fact` is the key of what somebody wrote down; 0 for what a contingency plan left."""

    at: datetime
    words: str
    who: str
    taken_back: str = ""
    fact: int = 0


def timeline_of(facts: Iterable[IncidentFact], runs: Iterable[ShownRun]) -> list[Line]:
    """The earliest first."""
    lines = [
        Line(fact.at, fact.text, str(fact.author), fact.withdrawn_reason, fact.pk) for fact in facts
    ]
    for shown in runs:
        lines += _of_run(shown)
    return sorted(lines, key=lambda line: line.at)


def _of_run(shown: ShownRun) -> Iterator[Line]:
    run = shown.run
    begun = _("Contingency plan %(plan)s activated") % {"plan": run.plan}
    yield Line(run.started_at, begun, str(run.started_by))
    for row in shown.steps:
        if row.step.done_at:
            done = _("%(step)s (%(when)s)")
            facts = {"step": row.step.text, "when": step_words(row.step)}
            yield Line(row.step.done_at, done % facts, str(row.step.done_by))
    if run.ended_at:
        ended = _("%(plan)s ended. %(summary)s")
        facts = {"plan": run.plan.code, "summary": run.summary}
        yield Line(run.ended_at, ended % facts, str(run.ended_by))
