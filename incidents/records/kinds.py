"""The kinds of records that are taken, by the word that runs and addresses have for them. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrPromise

from incidents.models import Complaint, ExposureMonth, Incident
from incidents.records.complaints import read_complaint
from incidents.records.fields import COMPLAINT_FIELDS, INCIDENT_FIELDS, MONTH_FIELDS, Field
from incidents.records.incidents import read_incident
from incidents.records.months import read_month
from incidents.records.reading import Record

COMPLAINTS, INCIDENTS, MONTHS = "complaints", "incidents", "months"


@dataclass(frozen=True)
class RecordKind:
    """`page` is the name of the address of one; what `defaults` names may be said once for all records."""

    code: str
    words: StrPromise
    page: str
    model: type[Model]
    fields: Sequence[Field]
    defaults: Sequence[str]
    read: Callable[[Record], Any]

    @property
    def by_name(self) -> Mapping[str, Field]:
        return {one.name: one for one in self.fields}

    @property
    def is_undoable(self) -> bool:
        """Orders of a month are numbers that anybody corrects: they are not taken back."""
        return self.code != MONTHS

    @property
    def run_kind(self) -> str:
        """What an import run of this kind is called."""
        return f"{RUNS}{self.code}"


RUNS = "records_"
KINDS: Mapping[str, RecordKind] = {
    one.code: one
    for one in (
        RecordKind(
            COMPLAINTS, pgettext_lazy("records", "Complaints"), "incidents:complaint_detail",
            Complaint, COMPLAINT_FIELDS, ("channel", "severity", "department", "service_line"),
            read_complaint,
        ),
        RecordKind(
            INCIDENTS, pgettext_lazy("records", "Incidents and near misses"),
            "incidents:incident_detail", Incident, INCIDENT_FIELDS,
            ("kind", "department", "service_line"), read_incident,
        ),
        RecordKind(
            MONTHS, pgettext_lazy("records", "Orders per month"), "incidents:exposure_list",
            ExposureMonth, MONTH_FIELDS, ("service_line",), read_month,
        ),
    )
}  # fmt: skip


def kind_of_run(run_kind: str) -> RecordKind:
    return KINDS[run_kind.removeprefix(RUNS)]
