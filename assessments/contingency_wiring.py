"""What contingency plans and drills hand to the registries."""

from django.utils.translation import gettext_lazy as _

from assessments.contingency_permissions import can_edit_contingency
from assessments.contingency_trail import name_contingency_trail
from assessments.models import ContingencyPlan
from registers.permissions import sees_risks
from riskhub.files.owners import Owner, register_owner
from riskhub.web.navigation import add_entry


def wire_contingency() -> None:
    name_contingency_trail()
    register_owner(
        Owner(
            ContingencyPlan, visible=ContingencyPlan.objects.visible_to,
            may_change=can_edit_contingency, page=ContingencyPlan.get_absolute_url,
            department="owner_department",
        )
    )  # fmt: skip
    _navigation()


def _navigation() -> None:
    add_entry(
        "respond", "assessments:contingency_list", _("Contingency plans"), order=40,
        allowed=sees_risks, covers=("assessments:risk_contingency",),
    )  # fmt: skip
    add_entry(
        "respond", "assessments:drill_list", _("Drills"), order=45, allowed=sees_risks,
        covers=("assessments:gap_",),
    )  # fmt: skip
