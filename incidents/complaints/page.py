"""What the page of a complaint lets its reader do: the one next step, the rest, the offer that waits."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from incidents.complaints.steps import OFFER, Way, next_way, other_ways
from incidents.models import Complaint, ComplaintClause, ComplaintRisk, Resolution
from incidents.permissions import may_approve_offer, may_handle, may_revoke_offer
from registers.models import Risk
from riskhub.accounts.models import User

SHOWN = 10
_APPROVE = Way(_("Approve the offer"), "offer_approve")
_REVOKE = Way(_("Take the offer back"), "offer_revoke")


@dataclass(frozen=True)
class Ways:
    next: Way | None = None
    others: list[Way] = field(default_factory=list)
    waiting: Resolution | None = None
    """The offer that another person approves before the customer sees it."""


def ways_of(complaint: Complaint, user: User, offers: list[Resolution]) -> Ways:
    waiting = next((one for one in offers if one.needs_approval and not complaint.is_over), None)
    following = next_way(complaint) if may_handle(user, complaint) else None
    others = other_ways(complaint) if may_handle(user, complaint) else []
    if waiting is None:
        return Ways(following, others)
    if following == OFFER:
        following = None
    others = [way for way in others if way != OFFER]
    if may_approve_offer(user, waiting):
        others = [way for way in [following, *others] if way]
        following = _APPROVE
    if may_revoke_offer(user, waiting):
        others.append(_REVOKE)
    return Ways(following, others, waiting)


def others_of(complaint: Complaint, user: User) -> list[Complaint]:
    """What else the same customer complained about, as far as this reader sees it, the newest first."""
    found = Complaint.objects.visible_to(user).of_same_customer(complaint).exclude(pk=complaint.pk)
    return [
        *found.only("code", "text", "lang", "state", "received_at").order_by("-received_at")[:SHOWN]
    ]


def links_of(complaint: Complaint, user: User) -> list[tuple[ComplaintRisk, bool]]:
    """The risks that it made real, each with whether this reader sees it."""
    links = [*complaint.risk_links.select_related("risk").order_by("pk")]
    seen = {
        *Risk.objects.visible_to(user)
        .filter(complaint_links__in=links)
        .values_list("pk", flat=True)
    }
    return [(link, link.risk_id in seen) for link in links]


def clauses_of(complaint: Complaint) -> list[ComplaintClause]:
    """What the dispute turned on in the contract."""
    return [*complaint.clauses.select_related("clause").order_by("pk")]
