"""`/api/v1/plans/RP-001/comments/`: what people said about a plan."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.discussing import may_comment
from assessments.models import ResponsePlan
from registers.api.comments import CommentIn, CommentOut, CommentPages, comment_on, comments_on
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.preconditions import IDEMPOTENCY_KEY
from riskhub.web.api.views import ApiView


class PlanCommentList(ApiView):
    pagination_class = CommentPages

    @extend_schema(operation_id="plan_comment_list", responses=CommentOut(many=True))
    def get(self, _request: Request, code: str) -> Response:
        """Newest first."""
        return comments_on(self, _plan(self.user, code))

    @extend_schema(
        operation_id="plan_comment_create",
        request=CommentIn,
        responses={201: CommentOut},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, code: str) -> Response:
        """Say something; `@` and a user name tells that person, who must see the plan."""
        plan = _plan(self.user, code)
        require(may_comment(self.user, plan))
        return comment_on(self, request, plan)


def _plan(user: User, code: str) -> ResponsePlan:
    plans = ResponsePlan.objects.visible_to(user).select_related("risk__owner_department")
    return get_object_or_404(plans, code=code)
