"""Records of elsewhere come in: each is looked at first, what is good is written at once or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.utils.translation import gettext_noop as _

from incidents.records.kinds import COMPLAINTS, INCIDENTS, MONTHS
from incidents.records.lists import read_lists
from incidents.records.outcomes import CREATE, ERROR, SAME, Batch, RecordOutcome, count_outcomes
from incidents.records.reading import Record
from incidents.records.table import Raw
from incidents.services.record_complaints import write_complaints
from incidents.services.record_incidents import write_incidents
from incidents.services.record_months import check_months, write_months
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.services import note_event
from riskhub.imports.sentences import say
from riskhub.imports.sheets import text_of

_WRITERS: Mapping[str, Any] = {
    COMPLAINTS: write_complaints, INCIDENTS: write_incidents, MONTHS: write_months,
}  # fmt: skip
_SHOWN = 100
_TWICE = _("The number stands in row %(row)s already.")
_THERE = _("Already there as %(code)s.")


def check_records(batch: Batch) -> list[RecordOutcome]:
    """The dry run: what taking them would do, written nowhere. A constant number of queries."""
    return check_months(batch) if batch.kind.code == MONTHS else _check_numbered(batch)


def _check_numbered(batch: Batch) -> list[RecordOutcome]:
    numbers = [_number(raw) for raw in batch.raws]
    known = _known(batch, numbers)
    lists, fields = read_lists(_risks_in(batch.raws)), batch.kind.by_name
    first: dict[str, int] = {}
    found = []
    for raw, number in zip(batch.raws, numbers, strict=True):
        if number and number in first:
            twice = say(_TWICE, row=first[number])
            found.append(RecordOutcome(raw.row, number[:_SHOWN], ERROR, messages=(twice,)))
            continue
        first[number] = raw.row
        if code := known.get(number):
            there = say(_THERE, code=code)
            found.append(RecordOutcome(raw.row, number, SAME, code, (there,)))
            continue
        record = Record(raw, fields, lists, batch.answers)
        draft = batch.kind.read(record)
        outcome = ERROR if record.errors else CREATE
        found.append(
            RecordOutcome(raw.row, number[:_SHOWN], outcome, "", tuple(record.errors), draft)
        )
    return found


def take_records(batch: Batch, *, by: User) -> list[RecordOutcome]:
    """Write the good ones. Who brings records of the same source at the same moment waits."""
    with acting(by, "records.imported"):
        with connection.cursor() as cursor:
            key = f"incidents.records:{batch.kind.code}:{batch.answers.source}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        found = check_records(batch)
        drafts = [one.draft for one in found if one.outcome == CREATE]
        codes = iter(_WRITERS[batch.kind.code](drafts, by=by))
        note_event(
            by=by, action="records.imported", object_type=batch.kind.model._meta.db_table,
            label=batch.answers.source, details=count_outcomes(found),
        )  # fmt: skip
        return [replace(one, code=next(codes)) if one.outcome == CREATE else one for one in found]


def _number(raw: Raw) -> str:
    return " ".join(text_of(raw.cells.get("external_id")).split())


def _risks_in(raws: Sequence[Raw]) -> set[str]:
    return {text_of(raw.cells.get("risk")).strip().upper() for raw in raws} - {""}


def _known(batch: Batch, numbers: Sequence[str]) -> dict[str, str]:
    rows: Any = batch.kind.model._default_manager
    there = rows.filter(source=batch.answers.source, external_id__in=set(numbers) - {""})
    return dict(there.values_list("external_id", "code"))
