"""What this package hands to the registries: navigation, to whom files belong, audit words."""

from django.utils.translation import gettext_lazy as _

from incidents.models import Complaint
from incidents.permissions import can_read_complaints, may_handle
from riskhub.files.owners import Owner, register_owner
from riskhub.oversight.scope import name_departments
from riskhub.web.navigation import add_entry


def wire() -> None:
    add_entry(
        "incidents", "incidents:complaint_list", _("Complaints"), order=10,
        allowed=can_read_complaints,
    )  # fmt: skip
    name_departments({Complaint: "department"})
    register_owner(
        Owner(
            Complaint,
            visible=Complaint.objects.visible_to,
            may_change=may_handle,
            page=Complaint.get_absolute_url,
            department="department",
        )
    )
