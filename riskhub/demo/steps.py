from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from riskhub.demo.timeline import Timeline


@dataclass(frozen=True)
class Step:
    """One thing that somebody of the demo company did, and when."""

    at: datetime
    run: Callable[[], None]


def beginning_of(timeline: Timeline, entry: Mapping[str, Any]) -> datetime:
    """`ago` so many minutes before now, else `at` a mark of the story."""
    if "ago" in entry:
        return timeline.now - timedelta(minutes=entry["ago"])
    return timeline.at(entry["at"])


def steps_after(
    began: datetime, entry: Mapping[str, Any], ways: Mapping[str, Callable[[Any], None]]
) -> list[Step]:
    """What the entry tells of by these names: so many minutes later, or with more facts besides `after`."""
    found = []
    for name, run in ways.items():
        if name in entry:
            given = entry[name]
            minutes = given["after"] if isinstance(given, dict) else given
            found.append(Step(began + timedelta(minutes=minutes), partial(run, given)))
    return found
