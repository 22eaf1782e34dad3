"""`/api/v1/triage/`: what was filed and waits, and the decisions on it; the services of the inbox."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registers.alike import risks_like, shown_of, source_of
from registers.api.filings import ProposalOut
from registers.api.risk_bodies import Reason, RiskCreate, RiskOut, reason_in, risks_to_answer
from registers.models import Risk, RiskProposal
from registers.permissions import can_manage_department, can_read_proposal, can_read_triage
from registers.services import (
    RiskDraft,
    accept_proposal,
    ask_filer,
    decline_proposal,
    merge_proposal,
    undo_decision,
)
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Chosen, Prose
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.preconditions import ETAG, versioned
from riskhub.web.api.views import ApiView


class AlikeOut(serializers.Serializer[Any]):
    risk = serializers.CharField(source="risk.code")
    title = serializers.CharField(source="risk.title")
    share = serializers.IntegerField(min_value=0, max_value=100, help_text="How alike, in per cent")


class FilingOut(ProposalOut):
    """As its filer reads it, with who that is; null without a name."""

    submitter = serializers.CharField(source="submitter.username", allow_null=True, default=None)
    waits_since = serializers.DateTimeField(help_text="Since it came in, or was answered")


class FilingWhole(FilingOut):
    similar = AlikeOut(many=True, help_text="Open risks that say the same, the most alike first")


class Merge(Body):
    risk = Chosen(Risk.objects.visible_to)


class Question(Body):
    question = Prose(max_length=2000)


class TriagePages(Pages):
    ordering = "pk"


class TriageList(ApiView):
    pagination_class = TriagePages

    @extend_schema(operation_id="triage_list", responses=FilingOut(many=True))
    def get(self, _request: Request) -> Response:
        """What waits for a decision, the oldest first."""
        require(can_read_triage(self.user))
        return paged(self, _filings(self.user).waiting(), _as_json)


class TriageDetail(ApiView):
    @extend_schema(operation_id="triage_detail", responses=FilingWhole)
    def get(self, _request: Request, number: int) -> Response:
        """One filing, in whatever state, with the risks that look like it."""
        filing = get_object_or_404(_filings(self.user), pk=number)
        require(can_read_proposal(self.user, filing))
        text = f"{filing.text} {filing.place}"
        filing.similar = risks_like(self.user, text)  # instead of those at the decision
        return Response(FilingWhole(filing).data)


class TriageAccept(ApiView):
    @extend_schema(
        operation_id="triage_accept",
        request=RiskCreate,
        responses={201: RiskOut},
        parameters=[ETAG],
    )
    def post(self, request: Request, number: int) -> Response:
        """It becomes a risk with the next number."""
        filing = _to_decide(self.user, number)
        body = RiskCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        draft = RiskDraft(**{"lang": filing.lang} | body.validated_data)
        made = accept_proposal(filing, draft, by=self.user, shown=_shown(self.user, filing))
        risk = risks_to_answer(Risk.objects.visible_to(self.user)).get(pk=made.pk)
        return versioned(RiskOut(risk).data, risk, 201)


class TriageMerge(ApiView):
    @extend_schema(operation_id="triage_merge", request=Merge, responses=FilingOut)
    def post(self, request: Request, number: int) -> Response:
        """It becomes part of a risk that is in the register already."""
        filing = _to_decide(self.user, number)
        body = Merge(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        into = body.validated_data["risk"]
        require(can_manage_department(self.user, into.owner_department_id))
        shown = _shown(self.user, filing)
        merge_proposal(filing, into=into, by=self.user, source=source_of(filing), shown=shown)
        return _answer(self.user, filing)


class TriageAsk(ApiView):
    @extend_schema(operation_id="triage_ask", request=Question, responses=FilingOut)
    def post(self, request: Request, number: int) -> Response:
        """Its filer is asked, and it waits for the answer."""
        filing = _to_decide(self.user, number)
        body = Question(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        question = body.validated_data["question"]
        ask_filer(filing, by=self.user, question=question, shown=_shown(self.user, filing))
        return _answer(self.user, filing)


class TriageDecline(ApiView):
    @extend_schema(operation_id="triage_decline", request=Reason, responses=FilingOut)
    def post(self, request: Request, number: int) -> Response:
        """It does not go into the register; its filer reads why."""
        filing = _to_decide(self.user, number)
        shown = _shown(self.user, filing)
        decline_proposal(filing, by=self.user, reason=reason_in(request), shown=shown)
        return _answer(self.user, filing)


class TriageUndo(ApiView):
    @extend_schema(operation_id="triage_undo", request=None, responses=FilingOut)
    def post(self, _request: Request, number: int) -> Response:
        """Take the decision back, for half a minute and by whoever took it."""
        filing = _to_decide(self.user, number)
        undo_decision(filing, by=self.user)
        return _answer(self.user, filing)


def _filings(user: User) -> Any:  # noqa: ANN401 - a queryset
    rows = RiskProposal.objects.visible_to(user).for_filer().since()
    return rows.select_related("submitter", "risk", "decided_by", "department")


def _to_decide(user: User, number: int) -> RiskProposal:
    filing: RiskProposal = get_object_or_404(_filings(user), pk=number)
    require(can_manage_department(user, filing.department_id))
    return filing


def _shown(user: User, filing: RiskProposal) -> list[dict[str, Any]]:
    """What looked like it at the decision, as the page keeps it."""
    return shown_of(risks_like(user, f"{filing.text} {filing.place}"))


def _answer(user: User, filing: RiskProposal) -> Response:
    return Response(FilingOut(_filings(user).get(pk=filing.pk)).data)


def _as_json(filings: Sequence[RiskProposal]) -> Sequence[Any]:
    return list(FilingOut(filings, many=True).data)
