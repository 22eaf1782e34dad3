"""What each severity promises, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from incidents.choices import ClockKind
from incidents.complaints.durations import in_words
from incidents.complaints.rows import CALENDAR_DAY
from incidents.models import Severity
from riskhub.company.working_time import WorkingTime, minutes_of


@dataclass(frozen=True)
class Promise:
    """`spans`: first contact, offer, closing, in words."""

    severity: Severity
    spans: list[str]


def promises_of(severities: Iterable[Severity], work: WorkingTime) -> list[Promise]:
    worked = minutes_of(work.spans)
    found = []
    for severity in severities:
        day = CALENDAR_DAY if severity.clock == ClockKind.CALENDAR else worked
        spans = [in_words(getattr(severity, step), day) for step in Severity.steps]
        found.append(Promise(severity, spans))
    return found
