"""What plans hand to the registries: reminders of decisions, and what is pinned to the home page."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from assessments.models import ResponsePlan
from assessments.plans.critical_cards import register_critical_card
from assessments.services.decision_reminders import (
    REMIND,
    derive_decision_reminders,
    remind_of_decision,
)
from riskhub.work.registry import register_deriver, register_kind


def wire_plans() -> None:
    register_critical_card()
    register_kind(REMIND, _remind_owed, gettext_lazy("Reminder of a decision"))
    register_deriver(derive_decision_reminders)


def _remind_owed(payload: dict[str, Any]) -> None:
    """Of a version that is not the newest any more there is nothing to say."""
    plan = ResponsePlan.objects.for_page().filter(head=payload["version"]).first()
    if plan:
        remind_of_decision(plan, date.fromisoformat(payload["due_on"]), payload["step"])
