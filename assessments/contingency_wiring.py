"""What contingency plans and drills hand to the registries."""

from assessments.contingency_permissions import can_edit_contingency
from assessments.contingency_trail import name_contingency_trail
from assessments.models import ContingencyPlan
from riskhub.files.owners import Owner, register_owner


def wire_contingency() -> None:
    name_contingency_trail()
    register_owner(
        Owner(
            ContingencyPlan, visible=ContingencyPlan.objects.visible_to,
            may_change=can_edit_contingency, page=ContingencyPlan.get_absolute_url,
            department="owner_department",
        )
    )  # fmt: skip
