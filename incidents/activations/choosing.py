"""From the card of a contingency plan to the incident for which one acts by it."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.contingency.card_ways import CardWay
from assessments.models import ContingencyPlan
from incidents.incidents.permissions import can_report_incident
from incidents.models import ContingencyActivation, Incident
from riskhub.accounts.models import User

MOST = 10
"""So many stand on the page: what is acted upon in a hurry happened just now."""


def activation_way(plan: ContingencyPlan, user: User) -> CardWay | None:
    """For whoever reports what happened; whether an incident of theirs is open the next page says."""
    if not can_report_incident(user):
        return None
    url = reverse("incidents:response_choose", args=[plan.code])
    return CardWay(_("Activate for an incident"), url)


def open_incidents(plan: ContingencyPlan, user: User) -> list[Incident]:
    """That this user sees, the newest first; `runs`: the plan runs for it already."""
    running = ContingencyActivation.objects.running().filter(incident=OuterRef("pk"), plan=plan)
    found = Incident.objects.visible_to(user).open().annotate(runs=Exists(running))
    return [*found.select_related("kind").order_by("-reported_at", "-pk")[:MOST]]
