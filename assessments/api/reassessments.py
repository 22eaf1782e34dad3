"""`/api/v1/reassessments/`: what has to be judged again, and saying that it need not."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.assessment_bodies import visible_risks
from assessments.changes.querysets import ChangeQuerySet
from assessments.choices import ReassessmentReason, ReassessmentState
from assessments.models import ProcessChange, ReassessmentTask
from assessments.permissions import may_waive_reassessment
from assessments.querysets import ReassessmentQuerySet
from assessments.services import waive_reassessment
from registers.api.risk_bodies import Reason
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.fields import Chosen, OneOf
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.preconditions import ETAG, IF_MATCH, version_read, versioned
from riskhub.web.api.views import ApiView


class NewestFirst(Pages):
    ordering = "-id"


class ReassessmentOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    risk = serializers.CharField(source="risk.code")
    reason = serializers.ChoiceField(ReassessmentReason.choices)
    cause = serializers.CharField(source="label", help_text="In the language of the request")
    opened_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    owner = serializers.CharField(source="risk.owner.username", allow_null=True, default=None)
    state = serializers.ChoiceField(ReassessmentState.choices)
    assessment = serializers.IntegerField(source="assessment_id", allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    closed_by = serializers.CharField(source="closed_by.username", allow_null=True, default=None)
    waived_reason = serializers.CharField()


def reassessments_out(tasks: Sequence[ReassessmentTask]) -> list[dict[str, Any]]:
    return list(ReassessmentOut(tasks, many=True).data)


class ReassessmentQuery(serializers.Serializer[Any]):
    risk = Chosen(visible_risks, required=False, help_text="Code of the risk")
    reason = OneOf(ReassessmentReason.choices, required=False)
    state = OneOf(ReassessmentState.choices, required=False)


def visible_changes(user: User) -> ChangeQuerySet:
    return ProcessChange.objects.visible_to(user)


class WaiveIn(Reason):
    change = Chosen(
        visible_changes, required=False, help_text="Needed where several changes wait for the task"
    )


class ReassessmentList(ApiView):
    filters = tuple(ReassessmentQuery().fields)
    pagination_class = NewestFirst

    @extend_schema(
        operation_id="reassessment_list",
        parameters=[ReassessmentQuery],
        responses=ReassessmentOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """In every state, newest first."""
        query = ReassessmentQuery(data=request.query_params.dict(), context={"request": request})
        query.is_valid(raise_exception=True)
        return paged(self, _visible(self.user).filter(**query.validated_data), reassessments_out)


class ReassessmentDetail(ApiView):
    @extend_schema(operation_id="reassessment_detail", responses=ReassessmentOut, parameters=[ETAG])
    def get(self, _request: Request, number: int) -> Response:
        """One task: why the risk is to be judged again, and until when."""
        task = get_object_or_404(_visible(self.user), pk=number)
        return versioned(ReassessmentOut(task).data, task)


class ReassessmentWaive(ApiView):
    @extend_schema(
        operation_id="reassessment_waive",
        request=WaiveIn,
        responses=ReassessmentOut,
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, number: int) -> Response:
        """No assessment is needed, with the reason; of a shared task for the change that is named."""
        task = get_object_or_404(_visible(self.user), pk=number)
        require(may_waive_reassessment(self.user, task))
        version = version_read(request)
        body = WaiveIn(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        waive_reassessment(task, by=self.user, version=version, **body.validated_data)
        stored = get_object_or_404(_visible(self.user), pk=number)
        return versioned(ReassessmentOut(stored).data, stored)


def _visible(user: User) -> ReassessmentQuerySet:
    tasks = ReassessmentTask.objects.visible_to(user)
    return tasks.select_related("risk__owner", "risk__owner_department", "closed_by")
