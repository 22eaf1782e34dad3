"""`/api/v1/risks/<code>/assessment-draft/`: one's own draft of an assessment, the one that the form shows."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.draft_bodies import DraftIn, DraftOut, draft_out
from assessments.counting import links_in_use
from assessments.models import AssessmentDraft
from assessments.permissions import may_answer_for
from assessments.services import discard_assessment_draft, save_assessment_draft
from registers.models import Risk
from riskhub.web.access import require
from riskhub.web.api.preconditions import (
    ETAG,
    IF_MATCH,
    TAG_PATTERN,
    version_read,
    versioned,
)
from riskhub.web.api.views import ApiView

IF_MATCH_LATER = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag that was read with the draft. 428 without where there is one already.",
    pattern=TAG_PATTERN,
)


class AssessmentDraftDetail(ApiView):
    @extend_schema(operation_id="assessment_draft", responses=DraftOut, parameters=[ETAG])
    def get(self, _request: Request, code: str) -> Response:
        """Only its author reads it; 404 where there is none."""
        risk = self._risk(code)
        draft = self._own(risk)
        return versioned(draft_out(draft, risk.code, self.user), draft)

    @extend_schema(
        operation_id="assessment_draft_save",
        request=DraftIn,
        responses=DraftOut,
        parameters=[IF_MATCH_LATER, ETAG],
    )
    def put(self, request: Request, code: str) -> Response:
        """Keep it, whole or not. Nothing counts until it is submitted."""
        risk = self._risk(code)
        has_one = AssessmentDraft.objects.filter(risk=risk, assessor=self.user).exists()
        is_told = has_one or request.headers.get("If-Match")
        version = version_read(request) if is_told else 0
        body = DraftIn(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        typed = body.typed(links_in_use([risk])[risk.pk])
        draft = save_assessment_draft(risk, by=self.user, typed=typed, version=version)
        return versioned(draft_out(draft, risk.code, self.user), draft)

    @extend_schema(
        operation_id="assessment_draft_discard", responses={204: None}, parameters=[IF_MATCH]
    )
    def delete(self, request: Request, code: str) -> Response:
        """Give up what you have begun; what was submitted stays."""
        risk = self._risk(code)
        self._own(risk)
        discard_assessment_draft(risk, by=self.user, version=version_read(request))
        return Response(status=204)

    def _risk(self, code: str) -> Risk:
        risk = get_object_or_404(Risk.objects.visible_to(self.user), code=code)
        require(may_answer_for(self.user, risk.owner_department_id))
        return risk

    def _own(self, risk: Risk) -> AssessmentDraft:
        draft = AssessmentDraft.objects.filter(risk=risk, assessor=self.user).first()
        if draft is None:
            raise Http404
        return draft
