"""`/api/v1/complaints/`: the same rows and filters as the queue; one is written down for a customer."""

from uuid import uuid4

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.api.complaint_answers import (
    ComplaintOut,
    ComplaintWhole,
    answer_complaint,
    complaints_out,
)
from incidents.api.complaint_bodies import ComplaintCreate, ComplaintFiled
from incidents.choices import Channel
from incidents.complaints.filters import VIEWS, ComplaintFilter
from incidents.complaints.secrets import secret_of
from incidents.models import Complaint
from incidents.permissions import can_file_complaint, can_read_complaints, has_written_down
from incidents.services import receive_complaint
from riskhub.entry.repeats import KeyReused
from riskhub.web.access import require
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.preconditions import ETAG, IDEMPOTENCY_KEY, client_uuid_of
from riskhub.web.api.views import ApiView

FILTERS = [
    OpenApiParameter("q", str, description="Words, two Chinese characters, or a number"),
    OpenApiParameter("severity", str, many=True, description="Code, several times if you like"),
    OpenApiParameter("line", str, many=True, description="Code of a service line"),
    OpenApiParameter("channel", str, many=True, enum=list(Channel.values)),
    OpenApiParameter(
        "view", str, enum=[view for view, _words in VIEWS], description="What is open without one"
    ),
]


class ComplaintPages(Pages):
    ordering = "-pk"


class ComplaintList(ApiView):
    filters = tuple(parameter.name for parameter in FILTERS)
    pagination_class = ComplaintPages

    @extend_schema(
        operation_id="complaint_list", parameters=FILTERS, responses=ComplaintOut(many=True)
    )
    def get(self, request: Request) -> Response:
        """What the user sees of the queue, the newest first; filtered as on the page."""
        require(can_read_complaints(self.user))
        filtered = ComplaintFilter(request.query_params, self.user, timezone.now())
        if filtered.is_forged:
            raise ValidationError(filtered.form.errors)
        return paged(self, filtered.qs.for_page(), complaints_out)

    @extend_schema(
        operation_id="complaint_create",
        request=ComplaintCreate,
        responses={201: ComplaintFiled},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Write down what a customer said. The same key again is the same number; with other words 409."""
        require(can_file_complaint(self.user))
        body = ComplaintCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        key = client_uuid_of(request) or uuid4()
        received_at = body.validated_data.get("received_at")
        filed, is_new = receive_complaint(body.told(key), by=self.user, received_at=received_at)
        if not is_new and not has_written_down(self.user, filed):
            raise KeyReused
        told = {
            "code": filed.code, "secret": secret_of(key), "received_at": filed.received_at,
            "first_contact_due": filed.first_contact_due,
        }  # fmt: skip
        return Response(ComplaintFiled(told).data, status=201)


class ComplaintDetail(ApiView):
    @extend_schema(operation_id="complaint_detail", responses=ComplaintWhole, parameters=[ETAG])
    def get(self, _request: Request, code: str) -> Response:
        """One complaint: how it stands, its clocks, what was said and offered."""
        rows = Complaint.objects.visible_to(self.user)
        return answer_complaint(get_object_or_404(rows, code=code), self.user)
