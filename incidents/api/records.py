"""`/api/v1/complaints/import/`, `/api/v1/incidents/import/`: what another system kept, many at once."""

from collections.abc import Mapping
from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.models.elsewhere import LONGEST_SOURCE
from incidents.permissions import can_import_records
from incidents.records.kinds import COMPLAINTS, INCIDENTS, KINDS, RecordKind
from incidents.records.outcomes import OUTCOMES, Batch, RecordOutcome, count_outcomes
from incidents.records.reading import Answers
from incidents.records.table import Raw
from incidents.services.record_import import check_records, take_records
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Line, Prose
from riskhub.web.api.views import ApiView

MOST_RECORDS = 1000
LONGEST_VALUE = 25_000


def _records_of(kind: RecordKind, name: str) -> type[Body]:
    """One value for each field, as a file has it in its columns."""
    values = {
        one.name: Prose(max_length=LONGEST_VALUE, required=False, allow_blank=True, allow_null=True)
        for one in kind.fields
    }
    return cast("type[Body]", type(name, (Body,), values))


ComplaintRecord = _records_of(KINDS[COMPLAINTS], "ComplaintRecord")
IncidentRecord = _records_of(KINDS[INCIDENTS], "IncidentRecord")


class RecordImport(Body):
    """Up to 1,000 records; more come in several requests. Sent again, what is there stays as it is."""

    source = Line(  # type: ignore[assignment]  # the framework's own is set per field
        max_length=LONGEST_SOURCE, help_text="The system that they come from, always the same"
    )
    dry_run = serializers.BooleanField(
        required=False, default=False, help_text="Only say what would become of each"
    )
    department = Line(required=False, allow_blank=True, help_text="Where a record names none")
    service_line = Line(required=False, allow_blank=True, help_text="Where a record names none")


class ComplaintImportBody(RecordImport):
    channel = Line(required=False, allow_blank=True, help_text="Where a record names none")
    records = serializers.ListField(
        child=ComplaintRecord(), max_length=MOST_RECORDS, allow_empty=False
    )


class IncidentImportBody(RecordImport):
    kind = Line(required=False, allow_blank=True, help_text="Where a record names none")
    records = serializers.ListField(
        child=IncidentRecord(), max_length=MOST_RECORDS, allow_empty=False
    )


class RecordResult(serializers.Serializer[Any]):
    """`result`: create (it came in, or would), same (it was there), error (with what is wrong)."""

    row = serializers.IntegerField(help_text="Its place in the request, from 1")
    external_id = serializers.CharField()
    result = serializers.ChoiceField([(word, word) for word in OUTCOMES], source="outcome")
    code = serializers.CharField(help_text="Its number here; empty where it has none yet")
    messages = serializers.SerializerMethodField()

    def get_messages(self, found: RecordOutcome) -> list[str]:
        return [str(sentence) for sentence in found.messages]


class RecordResults(serializers.Serializer[Any]):
    counts = serializers.DictField(child=serializers.IntegerField())
    results = RecordResult(many=True)


class ComplaintImport(ApiView):
    @extend_schema(
        operation_id="complaint_import", request=ComplaintImportBody, responses=RecordResults
    )
    def post(self, request: Request) -> Response:
        """Take complaints that another system kept: what is good comes in, each other one says why not.

        Each needs external_id, text and received_at (the year first). Nobody is told as if they were new.
        """
        require(can_import_records(self.user))
        return _take(self, ComplaintImportBody(data=request.data), KINDS[COMPLAINTS])


class IncidentImport(ApiView):
    @extend_schema(
        operation_id="incident_import", request=IncidentImportBody, responses=RecordResults
    )
    def post(self, request: Request) -> Response:
        """Take incidents that another system kept: what is good comes in, each other one says why not.

        Each needs external_id, text, occurred_at (the year first), kind and department; closed_at needs
        root_cause and risk.
        """
        require(can_import_records(self.user))
        return _take(self, IncidentImportBody(data=request.data), KINDS[INCIDENTS])


def _take(view: ApiView, body: Body, kind: RecordKind) -> Response:
    body.is_valid(raise_exception=True)
    batch = _batch(body.validated_data, kind)
    is_dry = body.validated_data["dry_run"]
    found = check_records(batch) if is_dry else take_records(batch, by=view.user)
    return Response(RecordResults({"counts": count_outcomes(found), "results": found}).data)


def _batch(sent: Mapping[str, Any], kind: RecordKind) -> Batch:
    raws = [Raw(number, record) for number, record in enumerate(sent["records"], start=1)]
    defaults = {name: sent[name] for name in kind.defaults if sent.get(name)}
    return Batch(kind, raws, Answers(sent["source"], defaults=defaults))
