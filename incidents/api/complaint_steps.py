"""`/api/v1/complaints/<code>/…/`: the steps of handling a complaint, by the services of the pages."""

from uuid import uuid4

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.api.complaint_answers import ComplaintWhole, answer_complaint
from incidents.api.complaint_bodies import (
    ComplaintCloseIn,
    ComplaintEndIn,
    ComplaintNoteIn,
    ComplaintReasonIn,
    ComplaintSpokenIn,
    ComplaintTriageIn,
    KnownBeforeIn,
)
from incidents.models import Complaint, ComplaintRisk
from incidents.permissions import may_handle
from incidents.services.closing import (
    close_complaint,
    correct_complaint_risk,
    reopen_complaint,
)
from incidents.services.handling import (
    end_complaint,
    escalate_complaint,
    investigate_complaint,
    log_contact,
    note_internally,
    pause_complaint,
    resume_complaint,
    take_complaint,
)
from incidents.services.triage import triage_complaint
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.preconditions import (
    ETAG,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    client_uuid_of,
    version_read,
)
from riskhub.web.api.views import ApiView

# 204: it went to those whose complaints the user does not see.
_ANSWERS = {200: ComplaintWhole, 204: None}


def visible_complaint(user: User, code: str) -> Complaint:
    rows = Complaint.objects.visible_to(user).for_page()
    complaint: Complaint = get_object_or_404(rows, code=code)
    return complaint


def handled_complaint(user: User, code: str) -> Complaint:
    """Refused to whoever may read it and not work on it."""
    complaint = visible_complaint(user, code)
    require(may_handle(user, complaint))
    return complaint


class ComplaintTriage(ApiView):
    @extend_schema(
        operation_id="complaint_triage", request=ComplaintTriageIn, responses=_ANSWERS,
        parameters=[IF_MATCH, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Sort it. With another severity the clocks that still run are counted anew from the receipt."""
        complaint = handled_complaint(self.user, code)
        version = version_read(request)
        body = ComplaintTriageIn(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        triage_complaint(complaint, by=self.user, version=version, **body.validated_data)
        return answer_complaint(complaint, self.user)


class ComplaintTake(ApiView):
    @extend_schema(
        operation_id="complaint_take", request=None, responses=_ANSWERS,
        parameters=[IF_MATCH, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """It is yours from now on; 409 where somebody was faster."""
        complaint = handled_complaint(self.user, code)
        take_complaint(complaint, by=self.user, version=version_read(request))
        return answer_complaint(complaint, self.user)


class ComplaintContact(ApiView):
    @extend_schema(
        operation_id="complaint_contact", request=ComplaintSpokenIn, responses=_ANSWERS,
        parameters=[IDEMPOTENCY_KEY, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """A call or another word to the customer, who reads it; the first one stops the first clock."""
        complaint = handled_complaint(self.user, code)
        body = ComplaintSpokenIn(data=request.data)
        body.is_valid(raise_exception=True)
        key = client_uuid_of(request) or uuid4()
        log_contact(complaint, by=self.user, client_uuid=key, **body.validated_data)
        return answer_complaint(complaint, self.user)


class ComplaintNote(ApiView):
    @extend_schema(
        operation_id="complaint_note", request=ComplaintNoteIn, responses=_ANSWERS,
        parameters=[IDEMPOTENCY_KEY, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """For colleagues; no customer reads it. Also on one that is over."""
        complaint = handled_complaint(self.user, code)
        body = ComplaintNoteIn(data=request.data)
        body.is_valid(raise_exception=True)
        key = client_uuid_of(request) or uuid4()
        note_internally(complaint, by=self.user, client_uuid=key, **body.validated_data)
        return answer_complaint(complaint, self.user)


class ComplaintInvestigate(ApiView):
    @extend_schema(
        operation_id="complaint_investigate", request=None, responses=_ANSWERS, parameters=[ETAG]
    )
    def post(self, _request: Request, code: str) -> Response:
        """Somebody looks into it."""
        complaint = handled_complaint(self.user, code)
        investigate_complaint(complaint, by=self.user)
        return answer_complaint(complaint, self.user)


class ComplaintPause(ApiView):
    @extend_schema(
        operation_id="complaint_pause", request=ComplaintReasonIn, responses=_ANSWERS,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """It waits for the customer, and its clocks stand still; the reason says what is asked for."""
        complaint = handled_complaint(self.user, code)
        pause_complaint(complaint, by=self.user, reason=_reason_in(request))
        return answer_complaint(complaint, self.user)


class ComplaintResume(ApiView):
    @extend_schema(
        operation_id="complaint_resume", request=None, responses=_ANSWERS, parameters=[ETAG]
    )
    def post(self, _request: Request, code: str) -> Response:
        """The clocks go on with what was left of them."""
        complaint = handled_complaint(self.user, code)
        resume_complaint(complaint, by=self.user)
        return answer_complaint(complaint, self.user)


class ComplaintEscalate(ApiView):
    @extend_schema(
        operation_id="complaint_escalate", request=ComplaintReasonIn, responses=_ANSWERS,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """To whoever decides above."""
        complaint = handled_complaint(self.user, code)
        escalate_complaint(complaint, by=self.user, reason=_reason_in(request))
        return answer_complaint(complaint, self.user)


class ComplaintEnd(ApiView):
    @extend_schema(
        operation_id="complaint_end", request=ComplaintEndIn, responses=_ANSWERS, parameters=[ETAG]
    )
    def post(self, request: Request, code: str) -> Response:
        """Withdrawn or not valid: the only ways without an offer. This cannot be taken back."""
        complaint = handled_complaint(self.user, code)
        body = ComplaintEndIn(data=request.data)
        body.is_valid(raise_exception=True)
        end_complaint(complaint, by=self.user, **body.validated_data)
        return answer_complaint(complaint, self.user)


class ComplaintClose(ApiView):
    @extend_schema(
        operation_id="complaint_close", request=ComplaintCloseIn, responses=_ANSWERS,
        parameters=[IF_MATCH, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """With what was behind it, and the risks that it made real."""
        complaint = handled_complaint(self.user, code)
        version = version_read(request)
        body = ComplaintCloseIn(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        close_complaint(complaint, by=self.user, version=version, **body.facts(complaint))
        return answer_complaint(complaint, self.user)


class ComplaintReopen(ApiView):
    @extend_schema(
        operation_id="complaint_reopen", request=ComplaintReasonIn, responses=_ANSWERS,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Within 30 days after it was closed; the reason says what is still not right."""
        complaint = handled_complaint(self.user, code)
        reopen_complaint(complaint, by=self.user, reason=_reason_in(request))
        return answer_complaint(complaint, self.user)


class ComplaintRiskDetail(ApiView):
    @extend_schema(
        operation_id="complaint_risk_edit", request=KnownBeforeIn, responses=ComplaintWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def patch(self, request: Request, number: int) -> Response:
        """Whether the risk was known before was answered wrongly; also once the complaint is over."""
        rows = ComplaintRisk.objects.visible_to(self.user).select_related("complaint")
        link = get_object_or_404(rows, pk=number)
        require(may_handle(self.user, link.complaint))
        body = KnownBeforeIn(data=request.data)
        body.is_valid(raise_exception=True)
        correct_complaint_risk(link, by=self.user, **body.validated_data)
        return answer_complaint(link.complaint, self.user)


def _reason_in(request: Request) -> str:
    body = ComplaintReasonIn(data=request.data)
    body.is_valid(raise_exception=True)
    return str(body.validated_data["reason"])
