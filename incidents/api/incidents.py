"""`/api/v1/incidents/`: the same rows and filters as the list; one is reported as on the phone."""

from uuid import UUID, uuid4

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.api.incident_answers import (
    IncidentOut,
    IncidentWhole,
    answer_incident,
    incidents_out,
)
from incidents.api.incident_bodies import IncidentCreate, IncidentFiled
from incidents.incidents.filters import (
    INVESTIGATORS,
    OPEN,
    SEVERITIES,
    STATES,
    IncidentFilter,
)
from incidents.incidents.permissions import can_read_incidents, can_report_incident
from incidents.models import Incident
from incidents.services.incidents import report_incident
from registers.receipts import receipt_of
from riskhub.entry.repeats import KeyReused
from riskhub.web.access import require
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.preconditions import ETAG, IDEMPOTENCY_KEY, client_uuid_of
from riskhub.web.api.views import ApiView

FILTERS = [
    OpenApiParameter("q", str, description="Words, two Chinese characters, or a number"),
    OpenApiParameter("state", str, enum=[str(state) for state, _words in STATES], default=OPEN),
    OpenApiParameter("kind", str, many=True, description="Code, several times if you like"),
    OpenApiParameter("severity", str, many=True, enum=[one for one, _words in SEVERITIES]),
    OpenApiParameter("department", str, many=True, description="Code, several times if you like"),
    OpenApiParameter("looked_into", str, enum=[who for who, _words in INVESTIGATORS]),
]


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
        return paged(self, filtered.qs.for_page(), incidents_out)

    @extend_schema(
        operation_id="incident_create", request=IncidentCreate, responses={201: IncidentFiled},
        parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Report what happened. The same key again is the same number; other words with it, 409."""
        require(can_report_incident(self.user))
        body = IncidentCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        key = client_uuid_of(request) or uuid4()
        filed, is_new = report_incident(body.seen(key), by=self.user)
        if not (is_new or filed.is_anonymous or filed.reporter_id == self.user.pk):
            raise KeyReused
        told = {
            "code": filed.code, "reported_at": filed.reported_at,
            "is_anonymous": filed.is_anonymous, "receipt": _receipt(filed, key),
        }  # fmt: skip
        return Response(IncidentFiled(told).data, status=201)


class IncidentDetail(ApiView):
    @extend_schema(operation_id="incident_detail", responses=IncidentWhole, parameters=[ETAG])
    def get(self, _request: Request, code: str) -> Response:
        """One incident: what was reported, and what was found out."""
        rows = Incident.objects.visible_to(self.user)
        return answer_incident(get_object_or_404(rows, code=code), self.user)


def _receipt(incident: Incident, key: UUID) -> str:
    known = {"key": receipt_of(key)} if incident.is_anonymous else {"code": incident.code}
    return reverse("incidents:incident_receipt", kwargs=known)
