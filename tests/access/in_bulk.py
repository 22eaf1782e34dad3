"""What is sent for many risks at once."""

from datetime import timedelta

from django.utils import timezone

from registers.models import BulkEdit
from riskhub.audit.context import acting


def bulk_edit(world):
    """The effect was looked at."""
    code, due = world.value("risk", "own"), (timezone.localdate() + timedelta(9)).isoformat()
    fields = {"pick": code, "next_review_on": due}
    shown = world.clients["manager"].post("/risks/bulk/", fields)
    return fields | {"digest": shown.context["effect"].digest}


def soon_enough(world):
    """As if the bulk edit had been made just now."""
    with acting(world.people["manager"], "risk.edited_in_bulk"):
        BulkEdit.objects.update(made_at=timezone.now())
    return {}
