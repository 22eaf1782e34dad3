"""What the API tells of a complaint: as the page shows it, contacts masked."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from incidents.choices import ComplaintState, Direction, OfferAnswer, OfferKind
from incidents.complaints.contact import masked
from incidents.complaints.page import links_of
from incidents.models import Complaint
from riskhub.accounts.models import User
from riskhub.web.api.preconditions import versioned


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
    paused_at = serializers.DateTimeField(
        allow_null=True, help_text="Since when it waits for the customer"
    )
    repeat_of = serializers.CharField(source="repeat_of.code", allow_null=True, default=None)
    times = serializers.IntegerField(
        allow_null=True,
        help_text="2 is the second of the same customer or order within 90 days; null for a first one",
    )
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


class ComplaintMessageOut(serializers.Serializer[Any]):
    direction = serializers.ChoiceField(Direction.choices)
    author = serializers.CharField(source="author.username", allow_null=True, default=None)
    text = serializers.CharField()
    at = serializers.DateTimeField()


class ComplaintOfferOut(serializers.Serializer[Any]):
    """`number` names it where it is approved, taken back, answered or fulfilled."""

    number = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(OfferKind.choices)
    text = serializers.CharField()
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    made_by = serializers.CharField(source="made_by.username")
    needs_approval = serializers.BooleanField(
        help_text="Another person approves it before the customer sees it"
    )
    offered_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.ChoiceField(OfferAnswer.choices)
    answer_text = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)
    fulfilled_at = serializers.DateTimeField(allow_null=True)


class ComplaintRiskOut(serializers.Serializer[Any]):
    """The risk that it made real, of those that the reader sees."""

    number = serializers.IntegerField(source="pk")
    risk = serializers.CharField(source="risk.code")
    known_before = serializers.BooleanField(help_text="Whether it stood in the register before")


class ComplaintWhole(ComplaintOut):
    """With what was said and offered since, the oldest first."""

    messages = ComplaintMessageOut(many=True)
    offers = ComplaintOfferOut(many=True)
    risks = ComplaintRiskOut(many=True)


def complaints_out(complaints: Sequence[Complaint]) -> Sequence[Any]:
    return list(ComplaintOut(complaints, many=True).data)


def answer_complaint(complaint: Complaint, user: User, status: int = 200) -> Response:
    """As it stands now; 204 where it went to those whose complaints this reader does not see."""
    rows = Complaint.objects.visible_to(user).for_page()
    stored = rows.filter(pk=complaint.pk).first()
    if stored is None:
        return Response(status=204)
    return versioned(_whole(stored, user), stored, status)


def _whole(complaint: Complaint, user: User) -> dict[str, Any]:
    told = ComplaintOut(complaint).data
    said = complaint.messages.select_related("author").order_by("pk")
    offers = complaint.offers.select_related("made_by").order_by("pk")
    risks = [link for link, is_seen in links_of(complaint, user) if is_seen]
    return {
        **told,
        "messages": ComplaintMessageOut(said, many=True).data,
        "offers": ComplaintOfferOut(offers, many=True).data,
        "risks": ComplaintRiskOut(risks, many=True).data,
    }
