"""What bears one's name among complaints and incidents, for /my/."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.incidents.filters import MINE
from incidents.incidents.permissions import can_read_incidents
from incidents.models import Complaint, Incident
from incidents.permissions import can_handle_any
from riskhub.accounts.models import User
from riskhub.entry.day_words import moment
from riskhub.oversight.cards import MY, Card, Row, Section, first_and_counted, register_card

_NEVER = Q(pk__in=[])


def register_intake_cards() -> None:
    register_card(Card("my_complaints", MY, 44, can_handle_any, complaints_of_mine))
    register_card(Card("my_incidents", MY, 46, can_read_incidents, incidents_of_mine))


def complaints_of_mine(user: User) -> Section:
    """Those that one handles, the clock that ends next at the top."""
    now = timezone.now()
    found = Complaint.objects.visible_to(user).in_view("mine", user, now).by_next_due()
    late = Q(next_due__lt=now, paused_at=None)
    first, count, is_late = first_and_counted(
        found.only("code", "text", "next_due", "paused_at"), late
    )
    rows = [
        Row(
            one.get_absolute_url(), one.text[:60], "phone", meta=[one.code],
            fact=moment(one.next_due), is_late=one.paused_at is None and one.next_due < now,
        )
        for one in first
    ]  # fmt: skip
    url = f"{reverse('incidents:complaint_list')}?view=mine"
    hint = _("You handle no complaint.")
    return Section(_("My complaints"), count, url, rows, hint, is_late)


def incidents_of_mine(user: User) -> Section:
    """Those that one looks into, the newest at the top."""
    found = Incident.objects.visible_to(user).open().filter(investigator=user)
    first, count, _late = first_and_counted(found.order_by("-occurred_at", "-pk"), _NEVER)
    rows = [
        Row(
            one.get_absolute_url(), one.text[:60], "exclamation-triangle", meta=[one.code],
            fact=str(one.get_state_display()),
        )
        for one in first
    ]  # fmt: skip
    url = f"{reverse('incidents:incident_list')}?looked_into={MINE}"
    return Section(_("My incidents"), count, url, rows, _("You look into no incident."))
