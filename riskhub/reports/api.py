"""`/api/v1/reports/`: what was made, making another, taking one away."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from riskhub.company.calendar import NotAQuarter, Quarter
from riskhub.reports.choices import ReportState
from riskhub.reports.models import Report
from riskhub.reports.permissions import can_make_report, can_read_reports
from riskhub.reports.quarters import parse_accepted
from riskhub.reports.services import download_report, request_report
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Line, OneOf
from riskhub.web.api.views import ApiView

QUARTERLY = "quarterly"


class ReportOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    kind = serializers.CharField(source="snapshot.kind")
    quarter = serializers.CharField(source="snapshot.quarter")
    revision = serializers.IntegerField(source="snapshot.revision")
    revision_reason = serializers.CharField(source="snapshot.reason")
    is_draft = serializers.BooleanField(source="snapshot.is_draft")
    as_of = serializers.DateTimeField(source="snapshot.as_of")
    snapshot_sha256 = serializers.CharField(source="snapshot.sha256")
    language = serializers.ChoiceField(settings.LANGUAGES, source="locale")
    state = serializers.ChoiceField(ReportState.choices)
    pages = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(source="file.sha256", allow_null=True, default=None)
    size = serializers.IntegerField(source="file.size", allow_null=True, default=None)
    requested_by = serializers.CharField(
        source="requested_by.username", allow_null=True, default=None
    )
    requested_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)


class ReportMake(Body):
    quarter = Line(max_length=7, help_text="2026Q3; the running one is a draft")
    language = OneOf(settings.LANGUAGES)
    revision_reason = Line(
        max_length=500, default="", allow_blank=True, help_text="Freezes the data anew"
    )

    def validate_quarter(self, text: str) -> Quarter:
        """Also one from before the data began, which the page does not offer."""
        try:
            return parse_accepted(text)
        except NotAQuarter as error:
            raise serializers.ValidationError(str(error)) from error


class AnyAccept(BaseContentNegotiation):
    """The answer is a file, whatever the client accepts; a refusal is JSON."""

    def select_renderer(
        self,
        request: Request,  # noqa: ARG002 - the framework's signature
        renderers: Any,  # noqa: ANN401 - the same
        format_suffix: str | None = None,  # noqa: ARG002 - the same
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type

    def select_parser(self, request: Request, parsers: Any) -> Any:  # noqa: ANN401, ARG002 - the same
        return parsers[0]


class ReportList(ApiView):
    pagination_class = None

    @extend_schema(operation_id="report_list", responses=ReportOut(many=True))
    def get(self, _request: Request) -> Response:
        """Newest quarter first."""
        require(can_read_reports(self.user))
        reports = Report.objects.visible_to(self.user).newest_first()
        return Response(ReportOut(reports.select_related("requested_by"), many=True).data)

    @extend_schema(
        operation_id="report_make",
        request=ReportMake,
        responses={200: ReportOut, 202: ReportOut},
    )
    def post(self, request: Request) -> Response:
        """Freeze the data and owe the rendering (202); what was made before is given back (200)."""
        require(can_make_report(self.user))
        body = ReportMake(data=request.data)
        body.is_valid(raise_exception=True)
        report = request_report(QUARTERLY, by=self.user, **body.validated_data)
        return Response(ReportOut(report).data, status=200 if report.is_ready else 202)


class ReportDetail(ApiView):
    @extend_schema(operation_id="report_detail", responses=ReportOut)
    def get(self, _request: Request, number: int) -> Response:
        """How far it is; `ready` means that it can be downloaded."""
        require(can_read_reports(self.user))
        reports = Report.objects.visible_to(self.user).newest_first()
        return Response(ReportOut(get_object_or_404(reports, pk=number)).data)


class ReportDownload(ApiView):
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="report_download",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, _request: Request, number: int) -> HttpResponse:
        """The stored bytes. Who took it is in the audit."""
        require(can_read_reports(self.user))
        ready = Report.objects.visible_to(self.user).ready().select_related("snapshot", "file")
        report = get_object_or_404(ready, pk=number)
        response = HttpResponse(
            download_report(report, by=self.user), content_type="application/pdf"
        )
        response["Content-Disposition"] = f'attachment; filename="{report.filename}"'
        return response
