"""Orders per month from a file: what is there with the same figures stays, other figures replace it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from incidents.models import ExposureMonth
from incidents.records.lists import read_lists
from incidents.records.months import FIGURES
from incidents.records.outcomes import CREATE, ERROR, SAME, Batch, RecordOutcome
from incidents.records.reading import Record
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.imports.sentences import Sentence, say

_TWICE = _("This month of the service line stands in row %(row)s already.")
_REPLACES = _("Replaces %(orders)s orders.")
_THERE = _("Already there with the same figures.")


@dataclass(frozen=True)
class _Known:
    stored: dict[tuple[int, date], ExposureMonth]
    first: dict[tuple[int, date], int]


def check_months(batch: Batch) -> list[RecordOutcome]:
    """The dry run. A constant number of queries."""
    lists, fields = read_lists(), batch.kind.by_name
    known = _Known(
        {(one.service_line_id, one.month): one for one in ExposureMonth.objects.all()}, {}
    )
    records = [Record(raw, fields, lists, batch.answers) for raw in batch.raws]
    return [_outcome(record, batch.kind.read(record), known) for record in records]


def write_months(drafts: Sequence[ExposureMonth], *, by: User) -> list[str]:
    with acting(by, "exposure.imported"):
        ExposureMonth.objects.bulk_create(
            drafts, batch_size=500, update_conflicts=True, unique_fields=["service_line", "month"],
            update_fields=[*FIGURES, "origin", "row_version"],
        )  # fmt: skip
        return ["" for _draft in drafts]


def _outcome(record: Record, row: ExposureMonth | None, known: _Known) -> RecordOutcome:
    if row is None:
        return RecordOutcome(record.raw.row, "", ERROR, messages=tuple(record.errors))
    key, name = (row.service_line_id, row.month), row.code
    if key in known.first:
        twice = say(_TWICE, row=known.first[key])
        return RecordOutcome(record.raw.row, name, ERROR, messages=(twice,))
    known.first[key] = record.raw.row
    return _compared(record, name, row, known.stored.get(key))


def _compared(
    record: Record, name: str, row: ExposureMonth, stored: ExposureMonth | None
) -> RecordOutcome:
    number = record.raw.row
    if stored is None:
        return RecordOutcome(number, name, CREATE, draft=row)
    if all(getattr(stored, one) == getattr(row, one) for one in FIGURES):
        return RecordOutcome(number, name, SAME, messages=(say(_THERE),))
    row.row_version = stored.row_version + 1
    replaced: tuple[Sentence, ...] = (say(_REPLACES, orders=stored.orders),)
    return RecordOutcome(number, name, CREATE, messages=replaced, draft=row)
