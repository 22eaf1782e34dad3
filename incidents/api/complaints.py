"""`/api/v1/complaints/`: the same rows and filters as the queue; contacts are masked."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.choices import Channel, ComplaintState
from incidents.complaints.contact import masked
from incidents.complaints.filters import VIEWS, ComplaintFilter
from incidents.models import Complaint
from incidents.permissions import can_read_complaints
from riskhub.web.access import require
from riskhub.web.api.pages import Pages, paged
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


class MaskedContact(serializers.Serializer[Any]):
    """As the page shows it to whoever did not ask for the whole of it."""

    name = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    address = serializers.CharField()


class ComplaintOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    state = serializers.ChoiceField(ComplaintState.choices)
    severity = serializers.CharField(source="severity.code")
    category = serializers.CharField(source="category.code", allow_null=True, default=None)
    channel = serializers.CharField()
    service_line = serializers.CharField(source="service_line.code", allow_null=True, default=None)
    department = serializers.CharField(source="department.code", allow_null=True, default=None)
    handler = serializers.CharField(source="handler.username", allow_null=True, default=None)
    text = serializers.CharField()
    order_ref = serializers.CharField()
    contact = serializers.SerializerMethodField()
    received_at = serializers.DateTimeField()
    first_contact_due = serializers.DateTimeField()
    first_contact_at = serializers.DateTimeField(allow_null=True)
    offer_due = serializers.DateTimeField()
    offer_at = serializers.DateTimeField(allow_null=True)
    close_due = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    repeat_of = serializers.CharField(source="repeat_of.code", allow_null=True, default=None)
    root_cause = serializers.CharField()
    closed_reason = serializers.CharField()
    satisfaction = serializers.IntegerField(allow_null=True)
    source = serializers.CharField(  # type: ignore[assignment]  # the framework's own is set per field
        help_text="The system that it comes from; empty for what came in here"
    )
    external_id = serializers.CharField()

    @extend_schema_field(MaskedContact)
    def get_contact(self, complaint: Complaint) -> dict[str, str]:
        return asdict(masked(complaint))


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
        return paged(self, filtered.qs.for_page(), _as_json)


class ComplaintDetail(ApiView):
    @extend_schema(operation_id="complaint_detail", responses=ComplaintOut)
    def get(self, _request: Request, code: str) -> Response:
        """One complaint: how it stands, and its clocks."""
        rows = Complaint.objects.visible_to(self.user).for_page()
        return Response(ComplaintOut(get_object_or_404(rows, code=code)).data)


def _as_json(complaints: Sequence[Complaint]) -> Sequence[Any]:
    return list(ComplaintOut(complaints, many=True).data)
