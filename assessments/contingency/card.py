"""The card of a contingency plan: what somebody reads while it happens, on a phone or on paper."""

import re
from dataclasses import dataclass
from typing import Any

from assessments.contingency.page import steps_of
from assessments.models import ContingencyPlan, ContingencyVersion

_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,18}[0-9]")


@dataclass(frozen=True)
class Contact:
    """A line of the contacts; `number` as a phone dials it, empty where it has none."""

    words: str
    number: str


@dataclass(frozen=True)
class Card:
    plan: ContingencyPlan
    version: ContingencyVersion
    triggers: list[Any]
    steps: list[Any]
    contacts: list[Contact]

    @property
    def has_phones(self) -> bool:
        return any(step.phone for step in self.steps)


def card_of(plan: ContingencyPlan) -> Card | None:
    """Of the version in force; None where people act by none."""
    version = plan.in_force
    if version is None:
        return None
    contacts = [_contact(line) for line in version.contacts.splitlines() if line.strip()]
    return Card(plan, version, list(version.triggers.all()), steps_of(version), contacts)


def dialled(text: str) -> str:
    """The first number in it, without blanks: 138 0000 0000 is 13800000000; else empty."""
    found = _PHONE.search(text)
    return re.sub(r"[^0-9+]", "", found[0]) if found else ""


def _contact(line: str) -> Contact:
    return Contact(line.strip(), dialled(line))
