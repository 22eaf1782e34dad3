"""Incidents of elsewhere are written, with the risks that they made real."""

from collections.abc import Sequence

from incidents.incidents.choices import IncidentState
from incidents.models import Incident, IncidentRisk
from incidents.records.incidents import IncidentDraft
from incidents.services.record_numbers import take_codes
from riskhub.accounts.models import User
from riskhub.audit.context import acting

_AT_ONCE = 500


def write_incidents(drafts: Sequence[IncidentDraft], *, by: User) -> list[str]:
    """Their new numbers, in the order of the drafts. Nobody is told, and nothing is to be reassessed.

    Those that are over close last: the database asks for the risk of each.
    """
    with acting(by, "incident.imported"):
        ordered = sorted(drafts, key=lambda draft: draft.row.reported_at)
        moments = [draft.row.reported_at for draft in ordered]
        for draft, code in zip(ordered, take_codes("incident", "I", moments, by=by), strict=True):
            draft.row.code = code
        Incident.objects.bulk_create([draft.row for draft in ordered], batch_size=_AT_ONCE)
        links = [
            IncidentRisk(
                incident=draft.row,
                risk=draft.risk,
                known_before=draft.known_before,
                confirmed_by=by,
            )
            for draft in ordered
            if draft.risk
        ]
        IncidentRisk.objects.bulk_create(links, batch_size=_AT_ONCE)
        over = [draft for draft in ordered if draft.closed_at]
        for draft in over:
            draft.row.state, draft.row.closed_at = IncidentState.CLOSED, draft.closed_at
        Incident.objects.bulk_update(
            [draft.row for draft in over], ["state", "closed_at"], batch_size=_AT_ONCE
        )
        return [draft.row.code for draft in drafts]
