"""How a complaint came to where it stands, read from the audit: each step with its reason."""

from django.utils.translation import gettext as _

from assessments.told import Told, with_reason
from incidents.models import Complaint
from riskhub.audit.models import AuditEvent
from riskhub.entry.day_words import moment
from riskhub.oversight.actors import NOBODY, actor_words
from riskhub.oversight.words import action_words

SHOWN = 12


def history_of(complaint: Complaint) -> list[Told]:
    """Newest first, what one step changed once; one query."""
    events = AuditEvent.objects.about(complaint)[: 2 * SHOWN]
    seen: dict[tuple[int, str], AuditEvent] = {}
    for event in events:
        seen.setdefault((event.transaction_id, event.action), event)
    return [
        Told(
            with_reason(action_words(event), event.reason), [_who(event), moment(event.at)],
            is_now=place == 0,
        )
        for place, event in enumerate([*seen.values()][:SHOWN])
    ]  # fmt: skip


def _who(event: AuditEvent) -> str:
    """Who has no account is the customer."""
    return _("The customer") if event.actor_name == NOBODY else actor_words(event.actor_name)
