"""`/api/v1/proposals/`: filing, and what became of one's own; the same service as the phone's page."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registers.choices import ProposalKind, ProposalState
from registers.models import RiskProposal
from registers.permissions import FILERS, can_file_proposal
from registers.querysets import departments_of
from registers.receipts import receipt_of
from registers.services import file_proposal
from riskhub.accounts.models import Department, User
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Chosen, Line, OneOf, Prose
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.preconditions import IDEMPOTENCY_KEY, client_uuid_of
from riskhub.web.api.views import ApiView


def _departments(user: User) -> QuerySet[Department]:
    return departments_of(user, *FILERS)


class MessageOut(serializers.Serializer[Any]):
    """A question, or the answer; `author` is null where the filing has no name."""

    author = serializers.CharField(source="author.username", allow_null=True, default=None)
    text = serializers.CharField()
    said_at = serializers.DateTimeField()


class ProposalOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    department = serializers.CharField(source="department.code")
    kinds = serializers.ListField(child=serializers.ChoiceField(ProposalKind.choices))
    place = serializers.CharField()
    is_anonymous = serializers.BooleanField()
    lang = serializers.ChoiceField(settings.LANGUAGES)
    submitted_at = serializers.DateTimeField()
    state = serializers.ChoiceField(ProposalState.choices)
    risk = serializers.CharField(source="risk.code", allow_null=True, default=None)
    decision_reason = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    messages = MessageOut(many=True, source="messages.all")
    receipt = serializers.SerializerMethodField(
        help_text="Where its filer reads it. Without a name the only way back to it, told once: to "
        "whoever files it; null from then on"
    )

    def get_receipt(self, proposal: RiskProposal) -> str | None:
        key = self.context.get("receipt") if proposal.is_anonymous else proposal.pk
        return reverse("registers:proposal_receipt", args=[key]) if key else None


class ProposalCreate(Body):
    text = Prose(max_length=2000)
    department = Chosen(_departments)
    kinds = serializers.ListField(
        child=OneOf(ProposalKind.choices), required=False, max_length=len(ProposalKind.choices)
    )
    place = Line(max_length=200, required=False, allow_blank=True)
    is_anonymous = serializers.BooleanField(
        required=False, help_text="Of a near miss alone; nothing keeps who sent it"
    )


class ProposalPages(Pages):
    ordering = "-pk"


class ProposalList(ApiView):
    pagination_class = ProposalPages

    @extend_schema(operation_id="proposal_list", responses=ProposalOut(many=True))
    def get(self, _request: Request) -> Response:
        """One's own filings, the newest first; what was filed without a name is nobody's."""
        return paged(self, RiskProposal.objects.filed_by(self.user).for_filer(), _as_json)

    @extend_schema(
        operation_id="proposal_create",
        request=ProposalCreate,
        responses={201: ProposalOut},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """File what somebody saw. The same key again is the same number; other words with it, 409."""
        require(can_file_proposal(self.user))
        body = ProposalCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        key = client_uuid_of(request) or uuid4()
        filed, _is_new = file_proposal(by=self.user, client_uuid=key, **body.validated_data)
        stored = RiskProposal.objects.for_filer().get(pk=filed.pk)
        told = ProposalOut(stored, context={"receipt": receipt_of(key)})
        return Response(told.data, status=201)


class ProposalDetail(ApiView):
    @extend_schema(operation_id="proposal_detail", responses=ProposalOut)
    def get(self, _request: Request, number: int) -> Response:
        """One filing of your own, and what became of it."""
        own = RiskProposal.objects.filed_by(self.user).for_filer()
        return Response(ProposalOut(get_object_or_404(own, pk=number)).data)


def _as_json(proposals: Sequence[RiskProposal]) -> Sequence[Any]:
    return list(ProposalOut(proposals, many=True).data)
