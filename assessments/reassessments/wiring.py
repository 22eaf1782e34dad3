"""What reassessment tasks hand to the registries: work, cards, flags, navigation."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from assessments.models import PlanVersion, ReassessmentTask, ResponsePlan
from assessments.reassessments.cards import register_reassessment_cards
from assessments.reassessments.page import reassessment_card, reassessment_flags
from assessments.services.acceptances import EXPIRE, derive_expiries, expire_acceptance
from assessments.services.outgrown_plans import derive_outgrown_plans
from assessments.services.reassessment_causes import derive_quick, reassess_after_check
from assessments.services.reassessment_reminders import (
    REMIND,
    derive_reminders,
    remind_of_reassessment,
)
from assessments.services.transfer_ends import derive_policy_ends, derive_transfer_ends
from assessments.supervision import reassessment_columns
from registers.check_followers import register_check_follower
from registers.flags import register_flags
from registers.permissions import sees_risks
from registers.tabs import register_slot
from riskhub.oversight.supervision import register_columns
from riskhub.web.navigation import add_entry
from riskhub.work.registry import register_deriver, register_kind


def wire_reassessments() -> None:
    register_kind(REMIND, _remind_owed, gettext_lazy("Reminder of a reassessment"))
    register_kind(EXPIRE, _expire_owed, gettext_lazy("End of an acceptance"))
    register_deriver(derive_quick)
    register_deriver(derive_expiries)
    register_deriver(derive_transfer_ends)
    register_deriver(derive_policy_ends)
    register_deriver(derive_outgrown_plans)
    register_deriver(derive_reminders)
    register_check_follower(reassess_after_check)
    register_reassessment_cards()
    register_columns(45, reassessment_columns)
    register_flags(reassessment_flags)
    register_slot("overview", reassessment_card)
    add_entry(
        "respond", "assessments:reassessment_list", gettext_lazy("Reassessments"), order=28,
        allowed=sees_risks,
    )  # fmt: skip


def _remind_owed(payload: dict[str, Any]) -> None:
    task = ReassessmentTask.objects.for_list().get(pk=payload["task"])
    remind_of_reassessment(task, date.fromisoformat(payload["due_on"]), payload["step"])


def _expire_owed(payload: dict[str, Any]) -> None:
    version = PlanVersion.objects.get(pk=payload["version"])
    expire_acceptance(ResponsePlan.objects.get(pk=payload["plan"]), version)
