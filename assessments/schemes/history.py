"""How a matrix came to where it stands: each time it was handed in or taken back, and each decision."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.choices import Decision
from assessments.models import MatrixScheme
from assessments.told import Told, with_reason
from riskhub.audit.models import AuditEvent
from riskhub.entry.day_words import moment

STEPS = {
    "scheme.submitted": pgettext_lazy("a matrix", "Submitted"),
    "scheme.recalled": gettext_lazy("Taken back"),
    "scheme.discarded": gettext_lazy("Discarded"),
}
"""What the matrix itself keeps of the last time only, the audit keeps of each."""
Row = tuple[datetime, str, str, str]


def history_of(scheme: MatrixScheme) -> list[Told]:
    """Newest first; two queries."""
    rows = [*_begun(scheme), *_steps(scheme), *_decisions(scheme)]
    if scheme.in_force_from:
        rows.append((scheme.in_force_from, _("In force"), "", ""))
    rows.sort(key=lambda row: row[0], reverse=True)
    return [
        Told(
            with_reason(words, comment),
            [part for part in (who, moment(at)) if part],
            is_now=place == 0,
        )
        for place, (at, words, who, comment) in enumerate(rows)
    ]


def _begun(scheme: MatrixScheme) -> list[Row]:
    if scheme.created_at is None:
        return []
    return [(scheme.created_at, _("Draft started"), str(scheme.created_by or ""), "")]


def _steps(scheme: MatrixScheme) -> list[Row]:
    events = AuditEvent.objects.about(scheme).filter(action__in=STEPS)
    return [(event.at, str(STEPS[event.action]), event.actor_name, "") for event in events]


def _decisions(scheme: MatrixScheme) -> list[Row]:
    return [
        (
            one.at,
            _("Approved") if one.decision == Decision.APPROVED else _("Changes requested"),
            one.who,
            one.comment,
        )
        for one in scheme.decisions.select_related("approver", "on_behalf_of")
    ]
