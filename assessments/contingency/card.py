"""The card of a contingency plan: what somebody reads while it happens, on a phone or on paper."""

from dataclasses import dataclass
from typing import Any

from assessments.contingency.page import steps_of
from assessments.models import ContingencyPlan, ContingencyVersion


@dataclass(frozen=True)
class Card:
    plan: ContingencyPlan
    version: ContingencyVersion
    triggers: list[Any]
    steps: list[Any]
    contacts: list[str]
    """Its lines."""

    @property
    def has_phones(self) -> bool:
        return any(step.phone for step in self.steps)


def card_of(plan: ContingencyPlan) -> Card | None:
    """Of the version in force; None where people act by none."""
    version = plan.in_force
    if version is None:
        return None
    contacts = [line.strip() for line in version.contacts.splitlines() if line.strip()]
    return Card(plan, version, list(version.triggers.all()), steps_of(version), contacts)
