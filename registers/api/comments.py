"""`/api/v1/risks/R001/comments/` and `/api/v1/comments/1/withdraw/`: what people said about a risk."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registers.models import Risk
from registers.permissions import can_comment_on_risk
from riskhub.files.forms import MOST_CHARACTERS
from riskhub.files.models import Comment
from riskhub.files.services import add_comment, withdraw_comment
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Prose
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.preconditions import IDEMPOTENCY_KEY, client_uuid_of
from riskhub.web.api.views import ApiView


class CommentOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    author = serializers.CharField(source="author.username")
    at = serializers.DateTimeField()
    text = serializers.SerializerMethodField(help_text="Empty where its author withdrew it")
    mentions = serializers.SerializerMethodField(help_text="User names of those it mentions")
    is_withdrawn = serializers.BooleanField()

    def get_mentions(self, comment: Comment) -> list[str]:
        return [user.username for user in comment.mentions.all()]

    def get_text(self, comment: Comment) -> str:
        return "" if comment.is_withdrawn else comment.text


class CommentIn(Body):
    text = Prose(max_length=MOST_CHARACTERS)


class CommentPages(Pages):
    ordering = "-pk"


class RiskCommentList(ApiView):
    pagination_class = CommentPages

    @extend_schema(operation_id="risk_comment_list", responses=CommentOut(many=True))
    def get(self, _request: Request, code: str) -> Response:
        """Newest first."""
        risk = get_object_or_404(Risk.objects.visible_to(self.user), code=code)
        return comments_on(self, risk)

    @extend_schema(
        operation_id="risk_comment_create",
        request=CommentIn,
        responses={201: CommentOut},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, code: str) -> Response:
        """Say something; `@` and a user name tells that person, who must see the risk."""
        risk = get_object_or_404(Risk.objects.visible_to(self.user).for_page(), code=code)
        require(can_comment_on_risk(self.user, risk))
        return comment_on(self, request, risk)


class CommentWithdraw(ApiView):
    @extend_schema(operation_id="comment_withdraw", request=None, responses=CommentOut)
    def post(self, _request: Request, pk: int) -> Response:
        """Its author takes it back, within 15 minutes."""
        comment = get_object_or_404(Comment.objects.visible_to(self.user), pk=pk)
        require(comment.author_id == self.user.pk)
        withdraw_comment(comment, by=self.user)
        return Response(CommentOut(Comment.objects.with_people().get(pk=pk)).data)


def comments_on(view: ApiView, row: Model) -> Response:
    """One page of what was said about a row that the user sees."""
    return paged(view, Comment.objects.of(row).with_people(), _out)


def comment_on(view: ApiView, request: Request, row: Model) -> Response:
    """Kept, where the user may comment on the row."""
    body = CommentIn(data=request.data)
    body.is_valid(raise_exception=True)
    key = client_uuid_of(request)
    comment = add_comment(row, body.validated_data["text"], by=view.user, client_uuid=key)
    return Response(CommentOut(comment).data, status=201)


def _out(comments: Sequence[Comment]) -> list[dict[str, Any]]:
    return list(CommentOut(comments, many=True).data)
