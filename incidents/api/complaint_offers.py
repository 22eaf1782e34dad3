"""`/api/v1/complaints/<code>/offers/`: what is offered for a complaint, and what becomes of it."""

from uuid import uuid4

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.api.complaint_answers import ComplaintWhole, answer_complaint
from incidents.api.complaint_bodies import (
    ComplaintOfferIn,
    OfferAnswerIn,
    OfferNamedIn,
    OfferRevokeIn,
)
from incidents.api.complaint_steps import handled_complaint, visible_complaint
from incidents.models import Complaint, Resolution
from incidents.permissions import authority_of, may_revoke_offer
from incidents.services.offers import (
    answer_offer,
    approve_offer,
    fulfil_offer,
    make_offer,
    revoke_offer,
)
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Chosen
from riskhub.web.api.preconditions import ETAG, IDEMPOTENCY_KEY, client_uuid_of
from riskhub.web.api.views import ApiView


class ComplaintOfferCreate(ApiView):
    @extend_schema(
        operation_id="complaint_offer_create", request=ComplaintOfferIn,
        responses={201: ComplaintWhole}, parameters=[IDEMPOTENCY_KEY, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """The customer sees it at once, or once another person has approved what is above your authority."""
        complaint = handled_complaint(self.user, code)
        body = ComplaintOfferIn(data=request.data)
        body.is_valid(raise_exception=True)
        key = client_uuid_of(request) or uuid4()
        make_offer(complaint, by=self.user, client_uuid=key, **body.validated_data)
        return answer_complaint(complaint, self.user, status=201)


class ComplaintOfferApprove(ApiView):
    @extend_schema(
        operation_id="complaint_offer_approve", request=OfferNamedIn, responses=ComplaintWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """By another person whose authority goes so far; the customer sees it then."""
        complaint = visible_complaint(self.user, code)
        require(authority_of(self.user, complaint) > 0)
        body = OfferNamedIn(data=request.data)
        approve_offer(_named_in(body, complaint), by=self.user)
        return answer_complaint(complaint, self.user)


class ComplaintOfferRevoke(ApiView):
    @extend_schema(
        operation_id="complaint_offer_revoke", request=OfferRevokeIn, responses=ComplaintWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """One that no customer has seen yet: the way to say no to it."""
        complaint = visible_complaint(self.user, code)
        require(authority_of(self.user, complaint) > 0)
        body = OfferRevokeIn(data=request.data)
        offer = _named_in(body, complaint)
        require(may_revoke_offer(self.user, offer))
        revoke_offer(offer, by=self.user, reason=body.validated_data["reason"])
        return answer_complaint(complaint, self.user)


class ComplaintOfferAnswer(ApiView):
    @extend_schema(
        operation_id="complaint_offer_answer", request=OfferAnswerIn, responses=ComplaintWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """What the customer said of it; on the tracking page they say it themselves."""
        complaint = handled_complaint(self.user, code)
        body = OfferAnswerIn(data=request.data)
        offer, said = _named_in(body, complaint), body.validated_data
        answer_offer(offer, by=self.user, accepted=said["accepted"], text=said["text"])
        return answer_complaint(complaint, self.user)


class ComplaintOfferFulfil(ApiView):
    @extend_schema(
        operation_id="complaint_offer_fulfil", request=OfferNamedIn, responses=ComplaintWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """What was promised is done."""
        complaint = handled_complaint(self.user, code)
        fulfil_offer(_named_in(OfferNamedIn(data=request.data), complaint), by=self.user)
        return answer_complaint(complaint, self.user)


def _named_in(body: Body, complaint: Complaint) -> Resolution:
    """The offer of this complaint that a valid body names."""
    body.is_valid(raise_exception=True)
    number = body.validated_data["offer"]
    offer = complaint.offers.filter(pk=number).first()
    if offer is None:
        words = Chosen.default_error_messages["missing"] % {"value": number}
        raise ValidationError({"offer": [words]})
    offer.complaint = complaint
    return offer
