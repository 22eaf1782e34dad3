"""What is found out about an incident piece by piece: its risks, its timeline, what it cost."""

from typing import Any
from uuid import uuid4

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.api.complaint_bodies import KnownBeforeIn
from incidents.api.incident_answers import IncidentLossOut, IncidentWhole, answer_incident
from incidents.api.incident_bodies import (
    IncidentFactIn,
    IncidentLossChange,
    IncidentLossIn,
    IncidentReasonIn,
    IncidentRiskIn,
)
from incidents.api.incident_steps import open_incident, visible_incident
from incidents.incidents.permissions import can_book_loss, can_investigate
from incidents.models import Incident, IncidentFact, IncidentRisk, LossEntry
from incidents.services.facts import add_fact, withdraw_fact
from incidents.services.investigations import (
    correct_incident_risk,
    link_incident_risk,
    unlink_incident_risk,
)
from incidents.services.losses import book_loss, edit_loss, withdraw_loss
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.preconditions import (
    ETAG,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    client_uuid_of,
    version_read,
    versioned,
)
from riskhub.web.api.views import ApiView


class IncidentRiskCreate(ApiView):
    @extend_schema(
        operation_id="incident_risk_create", request=IncidentRiskIn,
        responses={201: IncidentWhole}, parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """The risk that it made real; it is judged again. One that is named already stays as it is."""
        incident = open_incident(self.user, code)
        body = IncidentRiskIn(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        link_incident_risk(incident, by=self.user, **body.validated_data)
        return answer_incident(incident, self.user, status=201)


class IncidentRiskDetail(ApiView):
    @extend_schema(
        operation_id="incident_risk_edit", request=KnownBeforeIn, responses=IncidentWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def patch(self, request: Request, number: int) -> Response:
        """Whether it was known before was answered wrongly."""
        link = _link(self.user, number)
        body = KnownBeforeIn(data=request.data)
        body.is_valid(raise_exception=True)
        correct_incident_risk(link, by=self.user, **body.validated_data)
        return answer_incident(link.incident, self.user)


class IncidentRiskRemove(ApiView):
    @extend_schema(
        operation_id="incident_risk_remove", request=IncidentReasonIn, responses=IncidentWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, number: int) -> Response:
        """It was another risk."""
        link = _link(self.user, number)
        incident = link.incident
        unlink_incident_risk(link, by=self.user, reason=_reason_in(request))
        return answer_incident(incident, self.user)


class IncidentFactCreate(ApiView):
    @extend_schema(
        operation_id="incident_fact_create", request=IncidentFactIn,
        responses={201: IncidentWhole}, parameters=[IDEMPOTENCY_KEY, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """What happened when, as somebody found out."""
        incident = open_incident(self.user, code)
        body = IncidentFactIn(data=request.data)
        body.is_valid(raise_exception=True)
        key = client_uuid_of(request) or uuid4()
        add_fact(incident, by=self.user, client_uuid=key, **body.validated_data)
        return answer_incident(incident, self.user, status=201)


class IncidentFactWithdraw(ApiView):
    @extend_schema(
        operation_id="incident_fact_withdraw", request=IncidentReasonIn, responses=IncidentWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, number: int) -> Response:
        """It proved wrong: it stays to be read, with what speaks against it."""
        rows = IncidentFact.objects.visible_to(self.user).select_related("incident")
        fact = get_object_or_404(rows, pk=number)
        require(can_investigate(self.user, fact.incident))
        withdraw_fact(fact, by=self.user, reason=_reason_in(request))
        return answer_incident(fact.incident, self.user)


class IncidentLossCreate(ApiView):
    @extend_schema(
        operation_id="incident_loss_create", request=IncidentLossIn,
        responses={201: IncidentWhole}, parameters=[IDEMPOTENCY_KEY, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """What it cost or what came back; also once it is closed."""
        incident = visible_incident(self.user, code)
        require(can_book_loss(self.user, incident))
        body = IncidentLossIn(data=request.data)
        body.is_valid(raise_exception=True)
        key = client_uuid_of(request) or uuid4()
        book_loss(incident, by=self.user, client_uuid=key, **body.validated_data)
        return answer_incident(incident, self.user, status=201)


class IncidentLossDetail(ApiView):
    @extend_schema(
        operation_id="incident_loss_detail", responses=IncidentLossOut, parameters=[ETAG]
    )
    def get(self, _request: Request, number: int) -> Response:
        """One entry, with the ETag for editing it."""
        rows = LossEntry.objects.of_incidents_visible_to(self.user)
        loss = get_object_or_404(rows, pk=number)
        return versioned(IncidentLossOut(loss).data, loss)

    @extend_schema(
        operation_id="incident_loss_edit", request=IncidentLossChange, responses=IncidentLossOut,
        parameters=[IF_MATCH, ETAG],
    )  # fmt: skip
    def put(self, request: Request, number: int) -> Response:
        """The estimate becomes the final amount, or another estimate."""
        loss, _incident = _loss(self.user, number)
        version = version_read(request)
        body = IncidentLossChange(data=request.data)
        body.is_valid(raise_exception=True)
        saved = edit_loss(loss, by=self.user, version=version, **body.validated_data)
        return versioned(IncidentLossOut(saved).data, saved)


class IncidentLossWithdraw(ApiView):
    @extend_schema(
        operation_id="incident_loss_withdraw", request=IncidentReasonIn, responses=IncidentWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, number: int) -> Response:
        """It was booked by mistake: it stays to be read, and counts no more."""
        loss, incident = _loss(self.user, number)
        withdraw_loss(loss, by=self.user, reason=_reason_in(request))
        return answer_incident(incident, self.user)


def _link(user: User, number: int) -> IncidentRisk:
    rows = IncidentRisk.objects.visible_to(user).select_related("incident", "risk")
    link: IncidentRisk = get_object_or_404(rows, pk=number)
    require(can_investigate(user, link.incident))
    return link


def _loss(user: User, number: int) -> tuple[LossEntry, Incident]:
    """Of an incident: a complaint's stand with it."""
    rows = LossEntry.objects.of_incidents_visible_to(user).select_related("incident")
    loss: LossEntry = get_object_or_404(rows, pk=number)
    incident: Any = loss.incident
    require(can_book_loss(user, incident))
    return loss, incident


def _reason_in(request: Request) -> str:
    body = IncidentReasonIn(data=request.data)
    body.is_valid(raise_exception=True)
    return str(body.validated_data["reason"])
