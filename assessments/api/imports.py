"""`/api/v1/imports/`: a file in, what would become of its rows, and the word to import it.

The services and permissions of the page: nothing is written before `confirm`, and nothing is guessed.
"""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.import_rows import in_words
from assessments.permissions import (
    can_import_register,
    can_read_imports,
    may_change_import,
    may_discard_import,
    may_undo_import,
)
from assessments.querysets import runs_visible_to
from assessments.register_import.fields import AXES
from assessments.register_import.mapping import MappingError
from assessments.services.imports import (
    OUTCOMES,
    RowOutcome,
    discard_import,
    open_questions,
    preview_run,
    row_outcomes,
    save_mapping,
    start_import,
    stored_outcomes,
    undo_import,
    upload_register,
)
from registers.api.risk_bodies import Reason, reason_in
from registers.choices import LEVEL_RANKS
from registers.models import Register
from riskhub.accounts.models import User
from riskhub.imports.limits import DEFAULT_LIMITS
from riskhub.imports.models import ImportRun, ImportState
from riskhub.imports.sentences import FileRefusedError
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Chosen, OneOf
from riskhub.web.api.pages import NumberedPages, Pages, paged, paged_rows
from riskhub.web.api.parsers import PlainJSONParser
from riskhub.web.api.preconditions import (
    ETAG,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    client_uuid_of,
    version_read,
    versioned,
)
from riskhub.web.api.views import ApiView

_ASKED = (ImportState.UPLOADED, ImportState.FAILED)


class ImportOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="pk")
    register = serializers.CharField(source="target")
    filename = serializers.CharField(source="file.filename")
    state = serializers.ChoiceField(ImportState.choices)
    made_by = serializers.CharField(source="made_by.username", allow_null=True, default=None)
    made_at = serializers.DateTimeField()
    applied_at = serializers.DateTimeField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_reason = serializers.CharField()
    error = serializers.CharField(help_text="Why the last try failed; empty where none did")


class ImportWhole(ImportOut):
    mapping = serializers.JSONField(help_text="The answers so far, as in a mapping file")
    counts = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="Rows by what would become of them (create, same, error, ignored), or became",
    )
    questions = serializers.ListField(
        child=serializers.CharField(), help_text="What is asked before it can be imported"
    )
    undecided = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Values of probability and impact that have no score yet",
    )


class ImportRowOut(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="Its number in the file")
    outcome = serializers.ChoiceField([(word, word) for word in OUTCOMES])
    title = serializers.CharField()
    risk = serializers.CharField(source="code", help_text="Empty where it is none yet")
    level = serializers.ChoiceField([(word, word) for word in LEVEL_RANKS], allow_null=True)
    messages = serializers.SerializerMethodField()

    def get_messages(self, row: RowOutcome) -> list[str]:
        return [in_words(sentence) for sentence in row.messages]


class ImportCreate(Body):
    file = serializers.FileField(help_text="XLSX, XLS, ODS, CSV or TSV")
    register = Chosen(Register.objects.kept_by, is_any_case=True)

    def validate_file(self, file: "UploadedFile[bytes]") -> "UploadedFile[bytes]":
        if (file.size or 0) > DEFAULT_LIMITS.file_bytes:
            raise ValidationError(
                _("The file is larger than 10 MB. Split it and import the parts.")
            )
        return file


class ImportAnswers(Body):
    mapping = serializers.JSONField()


class RowsAsked(serializers.Serializer[Any]):
    outcome = OneOf([(word, word) for word in OUTCOMES], required=False)


class ImportPages(Pages):
    ordering = "-pk"


class ImportList(ApiView):
    pagination_class = ImportPages
    parser_classes = (MultiPartParser, PlainJSONParser)

    @extend_schema(operation_id="import_list", responses=ImportOut(many=True))
    def get(self, _request: Request) -> Response:
        """The files for the registers that one keeps, the newest first."""
        require(can_read_imports(self.user))
        return paged(self, _runs(self.user), _as_json)

    @extend_schema(
        operation_id="import_create",
        request={"multipart/form-data": ImportCreate},
        responses={201: ImportWhole},
        parameters=[IDEMPOTENCY_KEY, ETAG],
    )
    def post(self, request: Request) -> Response:
        """Keep a file and answer what would become of it; nothing is imported yet.

        What was answered for the last file with the same header row counts for this one.
        """
        require(can_import_register(self.user))
        body = ImportCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        file, register = body.validated_data["file"], body.validated_data["register"]
        try:
            run = upload_register(
                file.read(), by=self.user, filename=PurePath(str(file.name)).name,
                register_code=register.code, client_uuid=client_uuid_of(request),
            )  # fmt: skip
        except FileRefusedError as refusal:
            raise ValidationError({"file": [str(refusal)]}) from refusal
        return versioned(_whole(run), run, 201)


class ImportDetail(ApiView):
    @extend_schema(operation_id="import_detail", responses=ImportWhole, parameters=[ETAG])
    def get(self, _request: Request, number: int) -> Response:
        """What would become of the file now, or what became of it."""
        run = _run(self.user, number)
        return versioned(_whole(run), run)

    @extend_schema(
        operation_id="import_answer",
        request=ImportAnswers,
        responses=ImportWhole,
        parameters=[IF_MATCH, ETAG],
    )
    def patch(self, request: Request, number: int) -> Response:
        """Answer what the file leaves open: a mapping as of the command, whole."""
        run = _run(self.user, number)
        require(may_change_import(self.user, run))
        version = version_read(request)
        body = ImportAnswers(data=request.data)
        body.is_valid(raise_exception=True)
        mapping = body.validated_data["mapping"]
        try:
            run = save_mapping(run, by=self.user, version=version, mapping=mapping)
        except MappingError as refusal:
            raise ValidationError({"mapping": [str(refusal)]}) from refusal
        return versioned(_whole(run), run)


class ImportRows(ApiView):
    filters = ("outcome",)
    pagination_class = NumberedPages

    @extend_schema(
        operation_id="import_rows",
        responses=ImportRowOut(many=True),
        parameters=[OpenApiParameter("outcome", str, enum=list(OUTCOMES))],
    )
    def get(self, request: Request, number: int) -> Response:
        """Row by row, in the order of the file, 200 on a page."""
        asked = RowsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = _rows(_run(self.user, number))
        wanted = asked.validated_data.get("outcome")
        shown = [row for row in rows if wanted in (None, row.outcome)]
        return paged_rows(self, shown, _rows_out)


class ImportConfirm(ApiView):
    @extend_schema(
        operation_id="import_confirm",
        request=None,
        responses={202: ImportOut},
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, number: int) -> Response:
        """Import it, in the background; said twice it is done once."""
        run = _run(self.user, number)
        require(may_change_import(self.user, run))
        started = start_import(run, by=self.user, version=version_read(request))
        return versioned(ImportOut(started).data, started, 202)


class ImportDiscard(ApiView):
    @extend_schema(
        operation_id="import_discard",
        request=None,
        responses=ImportOut,
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, number: int) -> Response:
        """Put a file away that nobody imports."""
        run = _run(self.user, number)
        require(may_discard_import(self.user, run))
        gone = discard_import(run, by=self.user, version=version_read(request))
        return versioned(ImportOut(gone).data, gone)


class ImportUndo(ApiView):
    @extend_schema(
        operation_id="import_undo", request=Reason, responses=ImportOut, parameters=[ETAG]
    )
    def post(self, request: Request, number: int) -> Response:
        """Take back all that it made; refused, with the list, where something was touched since."""
        run = _run(self.user, number)
        require(may_undo_import(self.user, run))
        undo_import(run, by=self.user, reason=reason_in(request))
        return versioned(ImportOut(run).data, run)


def _runs(user: User) -> Any:  # noqa: ANN401 - a queryset
    return runs_visible_to(user).select_related("file", "made_by")


def _run(user: User, number: int) -> ImportRun:
    run: ImportRun = get_object_or_404(_runs(user), pk=number)
    return run


def _whole(run: ImportRun) -> dict[str, Any]:
    """While it is imported nothing is known yet, and nothing is asked any more."""
    told: dict[str, Any] = {"counts": run.outcomes, "questions": [], "undecided": {}}
    if run.state in _ASKED:
        preview = preview_run(run)
        scales = preview.plan.scales
        told = {
            "counts": preview.counts,
            "questions": [in_words(question) for question in open_questions(preview)],
            "undecided": {
                axis: [str(value) for value in scales[axis]["undecided"]]
                for axis in AXES
                if axis in scales
            },
        }
    return dict(ImportOut(run).data) | {"mapping": run.mapping} | told


def _rows(run: ImportRun) -> Sequence[RowOutcome]:
    if run.state in _ASKED:
        return row_outcomes(preview_run(run))
    return stored_outcomes(run) or []


def _rows_out(rows: Sequence[RowOutcome]) -> Sequence[Any]:
    return list(ImportRowOut(rows, many=True).data)


def _as_json(runs: Sequence[ImportRun]) -> Sequence[Any]:
    return list(ImportOut(runs, many=True).data)
