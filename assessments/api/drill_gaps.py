"""`/api/v1/drill-gaps/`: what drills have shown to be missing, closed by one person, verified by another."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.actions import ByDay, Done
from assessments.api.contingency_bodies import DrillGapOut
from assessments.contingency.choices import GapState
from assessments.contingency.permissions import may_finish_gap, may_verify_gap
from assessments.models import DrillGap
from assessments.services import OwnGap, finish_gap, reopen_gap, verify_gap
from registers.api.risk_bodies import Reason, reason_in
from registers.querysets import people_of
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.fields import Chosen, OneOf
from riskhub.web.api.pages import paged
from riskhub.web.api.views import ApiView


class DrillGapInList(DrillGapOut):
    """With the drill and the plan that it belongs to."""

    drill = serializers.IntegerField(source="drill_id")
    plan = serializers.CharField(source="drill.plan.code")
    done_by = serializers.CharField(source="done_by.username", allow_null=True, default=None)
    done_at = serializers.DateTimeField(allow_null=True)
    verified_by = serializers.CharField(
        source="verified_by.username", allow_null=True, default=None
    )


class DrillGapQuery(serializers.Serializer[Any]):
    state = OneOf(GapState.choices, required=False)
    owner = Chosen(people_of, by="username", required=False)


class DrillGapList(ApiView):
    filters = tuple(DrillGapQuery().fields)
    pagination_class = ByDay

    @extend_schema(
        operation_id="drill_gap_list",
        parameters=[DrillGapQuery],
        responses=DrillGapInList(many=True),
    )
    def get(self, request: Request) -> Response:
        """In every state, the one that is due first at the top."""
        query = DrillGapQuery(data=request.query_params.dict(), context={"request": request})
        query.is_valid(raise_exception=True)
        return paged(self, _gaps(self.user).filter(**query.validated_data), _out)


class DrillGapFinish(ApiView):
    @extend_schema(operation_id="drill_gap_finish", request=Done, responses=DrillGapInList)
    def post(self, request: Request, number: int) -> Response:
        """Closed, with a word on what was done."""
        gap = get_object_or_404(_gaps(self.user), pk=number)
        require(may_finish_gap(self.user, gap))
        body = Done(data=request.data)
        body.is_valid(raise_exception=True)
        finish_gap(gap, by=self.user, note=body.validated_data["note"])
        return _answer(gap, self.user)


class DrillGapVerify(ApiView):
    @extend_schema(operation_id="drill_gap_verify", request=None, responses=DrillGapInList)
    def post(self, _request: Request, number: int) -> Response:
        """By a keeper of the plan, and not by whoever has closed it."""
        gap = get_object_or_404(_gaps(self.user), pk=number)
        require(may_verify_gap(self.user, gap))
        verify_gap(gap, by=self.user)
        return _answer(gap, self.user)


class DrillGapReopen(ApiView):
    @extend_schema(operation_id="drill_gap_reopen", request=Reason, responses=DrillGapInList)
    def post(self, request: Request, number: int) -> Response:
        """It is not closed after all; the reason says what is still missing."""
        gap = get_object_or_404(_gaps(self.user), pk=number)
        require(may_verify_gap(self.user, gap))
        if gap.done_by_id == self.user.pk:
            raise OwnGap
        reopen_gap(gap, by=self.user, reason=reason_in(request))
        return _answer(gap, self.user)


def _gaps(user: User) -> QuerySet[DrillGap]:
    return DrillGap.objects.visible_to(user).select_related(
        "drill__plan__owner_department", "owner", "done_by", "verified_by"
    )


def _out(gaps: Sequence[DrillGap]) -> list[dict[str, Any]]:
    return list(DrillGapInList(gaps, many=True).data)


def _answer(gap: DrillGap, user: User) -> Response:
    return Response(_out([_gaps(user).get(pk=gap.pk)])[0])
