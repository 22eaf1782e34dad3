"""`/api/v1/incidents/`: the same rows and filters as the list."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.incidents.choices import IncidentState
from incidents.incidents.filters import OPEN, SEVERITIES, STATES, IncidentFilter
from incidents.incidents.permissions import can_read_incidents
from incidents.models import Incident
from riskhub.web.access import require
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.views import ApiView

FILTERS = [
    OpenApiParameter("q", str, description="Words, two Chinese characters, or a number"),
    OpenApiParameter("state", str, enum=[str(state) for state, _words in STATES], default=OPEN),
    OpenApiParameter("kind", str, many=True, description="Code, several times if you like"),
    OpenApiParameter("severity", str, many=True, enum=[one for one, _words in SEVERITIES]),
    OpenApiParameter("department", str, many=True, description="Code, several times if you like"),
]


class IncidentOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    kind = serializers.CharField(source="kind.code")
    state = serializers.ChoiceField(IncidentState.choices)
    department = serializers.CharField(source="department.code")
    service_line = serializers.CharField(source="service_line.code", allow_null=True, default=None)
    text = serializers.CharField()
    place = serializers.CharField()
    order_ref = serializers.CharField()
    immediate_action = serializers.CharField()
    occurred_at = serializers.DateTimeField()
    reported_at = serializers.DateTimeField()
    reporter = serializers.CharField(source="reporter.username", allow_null=True, default=None)
    actual_severity = serializers.IntegerField(allow_null=True)
    potential_severity = serializers.IntegerField(allow_null=True)
    investigator = serializers.CharField(
        source="investigator.username", allow_null=True, default=None
    )
    root_cause = serializers.CharField()
    lessons = serializers.CharField()
    closed_at = serializers.DateTimeField(allow_null=True)
    source = serializers.CharField(  # type: ignore[assignment]  # the framework's own is set per field
        help_text="The system that it comes from; empty for what came in here"
    )
    external_id = serializers.CharField()


class IncidentPages(Pages):
    ordering = "-pk"


class IncidentList(ApiView):
    filters = tuple(parameter.name for parameter in FILTERS)
    pagination_class = IncidentPages

    @extend_schema(
        operation_id="incident_list", parameters=FILTERS, responses=IncidentOut(many=True)
    )
    def get(self, request: Request) -> Response:
        """The incidents that the user sees, the newest number first; filtered as on the page."""
        require(can_read_incidents(self.user))
        filtered = IncidentFilter(request.query_params, self.user)
        if filtered.is_forged:
            raise ValidationError(filtered.form.errors)
        return paged(self, filtered.qs.for_page(), _as_json)


class IncidentDetail(ApiView):
    @extend_schema(operation_id="incident_detail", responses=IncidentOut)
    def get(self, _request: Request, code: str) -> Response:
        """One incident: what was reported, and what was found out."""
        rows = Incident.objects.visible_to(self.user).for_page()
        return Response(IncidentOut(get_object_or_404(rows, code=code)).data)


def _as_json(incidents: Sequence[Incident]) -> Sequence[Any]:
    return list(IncidentOut(incidents, many=True).data)
