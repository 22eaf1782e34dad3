"""The orders of one month, as a file has them."""

from incidents.models import ExposureMonth
from incidents.records.reading import Record

FIGURES = ("orders", "care_days", "staff_days")
MOST = 100_000_000


def read_month(record: Record) -> ExposureMonth | None:
    """None where something of it cannot be taken: `record.errors` say what."""
    line, month = record.one_of("service_line", record.lists.lines), record.month("month")
    figures = {name: record.whole(name, 0, MOST) for name in FIGURES}
    if record.errors or line is None or month is None:
        return None
    origin = record.answers.source
    return ExposureMonth(service_line=line, month=month, origin=origin, **figures)
