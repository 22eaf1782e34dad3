"""What contingency plans and drills hand to the registries."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.contingency.cards import register_cards
from assessments.contingency.cover import wire_cover
from assessments.contingency.hits import register_contingency_hits
from assessments.contingency.leaving import gaps_held_by, named_in_force
from assessments.contingency.permissions import can_edit_contingency
from assessments.contingency.trail import name_contingency_trail
from assessments.models import ContingencyPlan, Drill
from assessments.services.drill_reminders import (
    REMIND,
    derive_drill_reminders,
    remind_of_drill,
)
from assessments.services.handing_over import hand_over_gaps
from registers.permissions import sees_risks
from riskhub.accounts.leaving import Keeper, register_keeper, register_leaving_blocker
from riskhub.files.owners import Owner, register_owner
from riskhub.web.navigation import add_entry
from riskhub.work.registry import register_deriver, register_kind


def wire_contingency() -> None:
    name_contingency_trail()
    register_owner(
        Owner(
            ContingencyPlan, visible=ContingencyPlan.objects.visible_to,
            may_change=can_edit_contingency, page=ContingencyPlan.get_absolute_url,
            department="owner_department",
        )
    )  # fmt: skip
    wire_cover()
    register_keeper(Keeper("drill_gap", gaps_held_by, hand_over_gaps))
    register_leaving_blocker(named_in_force)
    register_cards()
    register_contingency_hits()
    register_kind(REMIND, _remind_owed, _("Reminder of a drill"))
    register_deriver(derive_drill_reminders)
    _navigation()


def _remind_owed(payload: dict[str, Any]) -> None:
    drills = Drill.objects.select_related("plan__owner_department")
    remind_of_drill(drills.get(pk=payload["drill"]), payload["step"])


def _navigation() -> None:
    add_entry(
        "respond", "assessments:contingency_list", _("Contingency plans"), order=40,
        allowed=sees_risks, covers=("assessments:risk_contingency",),
    )  # fmt: skip
    add_entry(
        "respond", "assessments:drill_list", _("Drills"), order=45, allowed=sees_risks,
        covers=("assessments:gap_",),
    )  # fmt: skip
