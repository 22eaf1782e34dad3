"""An incident of elsewhere becomes one of ours: its moments as they were, closed with its cause and risk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext_noop as _

from incidents.incidents.choices import GRAVEST, LEAST, IncidentState
from incidents.models import Incident
from incidents.records.reading import Record
from incidents.records.texts import text_with_subject
from registers.models import Risk

_BEFORE = _("%(field)s lies before the moment when it happened.")
_NEEDED = _("%(field)s is missing: what is closed names its cause and its risk.")
_BETTER = _("%(field)s is less than what came of it.")


@dataclass(frozen=True)
class IncidentDraft:
    """The row without its number, open still: the database closes what names a risk."""

    row: Incident
    closed_at: datetime | None
    risk: Risk | None
    known_before: bool


def read_incident(record: Record) -> IncidentDraft | None:
    """None where something of it cannot be taken: `record.errors` say what."""
    occurred_at, closed_at = record.moment("occurred_at"), record.moment("closed_at")
    reported_at = record.moment("reported_at") or occurred_at
    risk, text = record.one_of("risk", record.lists.risks), text_with_subject(record)
    known = record.one_of("known_before", record.lists.answers)
    row = Incident(
        client_uuid=uuid4(),
        source=record.answers.source,
        external_id=record.line("external_id", 100),
        imported_at=record.lists.now,
        text=text,
        lang="en" if text.isascii() else "zh-hans",
        kind=record.one_of("kind", record.lists.kinds),
        department=record.one_of("department", record.lists.departments),
        service_line=record.one_of("service_line", record.lists.lines),
        place=record.line("place", 200),
        order_ref=record.line("order_ref", 100),
        immediate_action=record.prose("immediate_action", 2000),
        actual_severity=record.whole("actual_severity", LEAST, GRAVEST),
        potential_severity=record.whole("potential_severity", LEAST, GRAVEST),
        root_cause=record.prose("root_cause", 1000),
        state=IncidentState.ACTIONS if closed_at else IncidentState.REPORTED,
    )
    _check(record, row, risk, closed_at)
    if not occurred_at or not reported_at:
        return None
    row.occurred_at, row.reported_at = occurred_at, reported_at
    for name, moment in (("reported_at", reported_at), ("closed_at", closed_at)):
        if moment and moment < occurred_at:
            record.refuse(_BEFORE, name)
    before = known == "yes" if known else bool(risk and _stood(risk, occurred_at, record))
    return None if record.errors else IncidentDraft(row, closed_at, risk, before)


def _check(record: Record, row: Incident, risk: Risk | None, closed_at: datetime | None) -> None:
    if closed_at:
        for name, value in (("root_cause", row.root_cause), ("risk", risk)):
            if not value:
                record.refuse(_NEEDED, name)
    actual, potential = row.actual_severity, row.potential_severity
    if actual and potential and potential < actual:
        record.refuse(_BETTER, "potential_severity")


def _stood(risk: Risk, occurred_at: datetime, record: Record) -> bool:
    """What the record does not say: found by that day, it was known."""
    return risk.reported_on <= occurred_at.astimezone(record.lists.zone).date()
