from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NEAR_MISS = "near_miss"
"""The kind that may be reported without a name."""
LEAST, GRAVEST = 1, 5
"""Of severity, as on the scale of impact."""
MOST_WHYS = 7


class IncidentState(TextChoices):
    REPORTED = "reported", pgettext_lazy("an incident", "Reported")
    TRIAGED = "triaged", pgettext_lazy("an incident", "Sorted")
    INVESTIGATING = "investigating", _("Being looked into")
    ACTIONS = "actions", pgettext_lazy("an incident", "Measures run")
    CLOSED = "closed", _("Closed")
    DUPLICATE = "duplicate", pgettext_lazy("an incident", "Reported twice")


class Hurt(TextChoices):
    """Who was injured."""

    STAFF = "staff", pgettext_lazy("who is hurt", "One of us")
    CUSTOMER = "customer", pgettext_lazy("who is hurt", "A customer")
    THIRD = "third", pgettext_lazy("who is hurt", "Somebody else")


class LossKind(TextChoices):
    """What was paid or lost, and what came back."""

    DAMAGE = "damage", _("Damage to things")
    MEDICAL = "medical", _("Medical costs")
    COMPENSATION = "compensation", _("Compensation")
    REFUND = "refund", pgettext_lazy("a loss", "Refund")
    REDO = "redo", _("Work done again")
    FINE = "fine", _("Fine")
    DOWNTIME = "downtime", _("Lost business")
    OTHER = "other", pgettext_lazy("a loss", "Other loss")
    INSURER = "insurer", _("Paid by the insurer")
    SUPPLIER = "supplier", _("Paid by the supplier")
    RETURNED = "returned", _("Came back in another way")


class LossState(TextChoices):
    ESTIMATE = "estimate", pgettext_lazy("a loss", "Estimated")
    FINAL = "final", pgettext_lazy("a loss", "Final")


RECOVERIES = (LossKind.INSURER, LossKind.SUPPLIER, LossKind.RETURNED)
"""What comes off the gross loss."""

INCIDENT_NEXT_STATES: Mapping[str, frozenset[str]] = {
    IncidentState.REPORTED: frozenset({IncidentState.TRIAGED, IncidentState.DUPLICATE}),
    IncidentState.TRIAGED: frozenset({IncidentState.INVESTIGATING}),
    IncidentState.INVESTIGATING: frozenset({IncidentState.ACTIONS}),
    IncidentState.ACTIONS: frozenset({IncidentState.CLOSED}),
    IncidentState.CLOSED: frozenset(),
    IncidentState.DUPLICATE: frozenset(),
}
INCIDENT_OVER = (IncidentState.CLOSED, IncidentState.DUPLICATE)
