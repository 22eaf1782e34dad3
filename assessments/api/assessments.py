"""`/api/v1/assessments/`: judge a risk, confirm it or send it back."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.assessment_bodies import (
    AssessmentCreate,
    AssessmentOut,
    AssessmentQuery,
    assessments_out,
    named_as_sent,
)
from assessments.models import Assessment
from assessments.permissions import can_answer_any, may_answer_for, may_confirm, may_reject
from assessments.services import (
    CannotConfirm,
    confirm_assessment,
    confirming_objection,
    record_assessment,
    reject_assessment,
    rejecting_objection,
)
from registers.api.risk_bodies import Reason, reason_in
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.preconditions import IDEMPOTENCY_KEY, client_uuid_of
from riskhub.web.api.views import ApiView


class NewestFirst(Pages):
    ordering = "-id"


class AssessmentList(ApiView):
    filters = tuple(AssessmentQuery().fields)
    pagination_class = NewestFirst

    @extend_schema(
        operation_id="assessment_list",
        parameters=[AssessmentQuery],
        responses=AssessmentOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """Newest first."""
        query = AssessmentQuery(data=request.query_params.dict(), context={"request": request})
        query.is_valid(raise_exception=True)
        return paged(self, _visible(self.user).filter(**query.validated_data), assessments_out)

    @extend_schema(
        operation_id="assessment_create",
        request=AssessmentCreate,
        responses={201: AssessmentOut},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Judge a risk. Low and Medium are confirmed at once, above that by another person."""
        require(can_answer_any(self.user))
        body = AssessmentCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        sent = body.validated_data
        risk: Risk = sent["risk"]
        require(may_answer_for(self.user, risk.owner_department_id))
        with named_as_sent():
            assessment = record_assessment(
                risk,
                by=self.user,
                scores=body.scores(),
                rationale=sent["rationale"],
                confidence=sent["confidence"],
                trigger=sent["trigger"],
                client_uuid=client_uuid_of(request),
                basis=body.basis(),
            )
        return _answer(assessment, self.user, status=201)


class RiskAssessmentList(ApiView):
    pagination_class = NewestFirst

    @extend_schema(operation_id="risk_assessment_list", responses=AssessmentOut(many=True))
    def get(self, _request: Request, code: str) -> Response:
        """The judgements of one risk, newest first."""
        risk = get_object_or_404(Risk.objects.visible_to(self.user), code=code)
        return paged(self, _visible(self.user).filter(risk=risk), assessments_out)


class AssessmentDetail(ApiView):
    @extend_schema(operation_id="assessment_detail", responses=AssessmentOut)
    def get(self, _request: Request, number: int) -> Response:
        """One judgement, with the controls that it counted."""
        return Response(AssessmentOut(get_object_or_404(_visible(self.user), pk=number)).data)


class AssessmentConfirm(ApiView):
    @extend_schema(operation_id="assessment_confirm", request=None, responses=AssessmentOut)
    def post(self, _request: Request, number: int) -> Response:
        """By another person than the assessor."""
        assessment = get_object_or_404(_visible(self.user), pk=number)
        if not may_confirm(self.user, assessment.risk.owner_department_id):
            raise CannotConfirm(confirming_objection(self.user, assessment))
        return _answer(confirm_assessment(assessment, by=self.user), self.user)


class AssessmentReject(ApiView):
    @extend_schema(operation_id="assessment_reject", request=Reason, responses=AssessmentOut)
    def post(self, request: Request, number: int) -> Response:
        """Send it back, with a reason; the assessor may take back their own."""
        assessment = get_object_or_404(_visible(self.user), pk=number)
        if not may_reject(self.user, assessment):
            raise CannotConfirm(rejecting_objection(self.user, assessment))
        reason = reason_in(request)
        return _answer(reject_assessment(assessment, by=self.user, reason=reason), self.user)


def _visible(user: User) -> QuerySet[Assessment]:
    rows = Assessment.objects.visible_to(user).with_basis()
    return rows.select_related("risk", "assessor", "confirmed_by", "confirmed_for")


def _answer(assessment: Assessment, user: User, status: int = 200) -> Response:
    stored = get_object_or_404(_visible(user), pk=assessment.pk)
    return Response(AssessmentOut(stored).data, status=status)
