"""The card of a contingency plan: what somebody reads while it happens, on a phone or on paper."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

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


def card_path(plan: ContingencyPlan) -> str:
    """Where the printed code leads."""
    if plan.card_public:
        return reverse("assessments:public_card", args=[plan.card_key])
    return reverse("assessments:contingency_card", args=[plan.code])


def card_of(plan: ContingencyPlan) -> Card | None:
    """Of the version in force; None where people act by none."""
    version = plan.in_force
    return card_with(plan, version) if version else None


def card_with(plan: ContingencyPlan, version: ContingencyVersion) -> Card:
    """As it would be if people acted by this version."""
    contacts = [line.strip() for line in version.contacts.splitlines() if line.strip()]
    return Card(plan, version, list(version.triggers.all()), steps_of(version), contacts)


def steps_of(version: ContingencyVersion | None) -> list[Any]:
    return list(version.steps.select_related("department")) if version else []
