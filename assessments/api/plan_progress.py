"""What happens to a plan beside its wording: used resources, the end, what changed between versions."""

from dataclasses import asdict
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.plan_answers import PlanOut
from assessments.api.plan_bodies import SpendingIn
from assessments.api.plans import answer_plan, plans_of
from assessments.models import ResponsePlan
from assessments.permissions import may_answer_for, may_spend
from assessments.plans.versions import versions_to_compare
from assessments.plans.words import changes_between
from assessments.services import close_plan, record_spending
from riskhub.web.access import require
from riskhub.web.api.preconditions import ETAG, IF_MATCH, version_read
from riskhub.web.api.views import ApiView


class PlanSpend(ApiView):
    @extend_schema(operation_id="plan_spend", request=SpendingIn, responses=PlanOut)
    def post(self, request: Request, code: str) -> Response:
        """Enter what was used of a resource of the version in force."""
        plan = get_object_or_404(plans_of(self.user), code=code)
        require(may_spend(self.user, plan))
        body = SpendingIn(data=request.data)
        body.is_valid(raise_exception=True)
        record_spending(plan, by=self.user, **body.validated_data)
        return answer_plan(plan, self.user)


class PlanClose(ApiView):
    @extend_schema(
        operation_id="plan_close", request=None, responses=PlanOut, parameters=[IF_MATCH, ETAG]
    )
    def post(self, request: Request, code: str) -> Response:
        """End a plan that is carried out: every action verified, the target reached."""
        plan = get_object_or_404(plans_of(self.user), code=code)
        require(may_answer_for(self.user, plan.risk.owner_department_id))
        closed = close_plan(plan, by=self.user, version=version_read(request))
        return answer_plan(closed, self.user)


class PieceOut(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="same, added or removed")
    text = serializers.CharField()


class FieldDiff(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="Its name in the language of the request")
    pieces = PieceOut(many=True)


class RowDiff(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="same, added, removed or changed")
    title = PieceOut(many=True)
    facts = serializers.ListField(child=PieceOut(many=True))


class DiffOut(serializers.Serializer[Any]):
    before = serializers.IntegerField(help_text="Number of the version")
    after = serializers.IntegerField()
    fields_changed = FieldDiff(many=True)
    unchanged = serializers.ListField(child=serializers.CharField())
    actions = RowDiff(many=True)
    resources = RowDiff(many=True)


class DiffQuery(serializers.Serializer[Any]):
    before = serializers.IntegerField(required=False, min_value=1, max_value=32_767)
    after = serializers.IntegerField(required=False, min_value=1, max_value=32_767)


class PlanDiff(ApiView):
    filters = tuple(DiffQuery().fields)

    @extend_schema(operation_id="plan_diff", parameters=[DiffQuery], responses=DiffOut)
    def get(self, request: Request, code: str) -> Response:
        """Between two versions; unless asked otherwise, from the one in force to the newest."""
        plan = get_object_or_404(plans_of(self.user), code=code)
        query = DiffQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        return Response(_diff(plan, **query.validated_data))


def _diff(
    plan: ResponsePlan, before: int | None = None, after: int | None = None
) -> dict[str, Any]:
    old, new = versions_to_compare(plan, before, after)
    changes = changes_between(old, new)
    return {
        "before": old.number,
        "after": new.number,
        "fields_changed": [
            {"field": one.label, "pieces": [asdict(piece) for piece in one.pieces]}
            for one in changes.fields
        ],
        "unchanged": list(changes.unchanged),
        "actions": [asdict(row) for row in changes.actions.rows],
        "resources": [asdict(row) for row in changes.resources.rows],
    }
