"""`/api/v1/contingency-plans/CP-01/card/`: who opens the card of a plan, and where."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.contingency import visible_contingency
from assessments.contingency.card import card_path
from assessments.contingency.permissions import can_edit_contingency
from assessments.models import ContingencyPlan
from assessments.services import share_card
from riskhub.web.access import require
from riskhub.web.api.fields import Body
from riskhub.web.api.views import ApiView


class ContingencyCardIn(Body):
    public = serializers.BooleanField()


class ContingencyCardOut(serializers.Serializer[Any]):
    """`address` opens without signing in while it is public."""

    public = serializers.BooleanField()
    address = serializers.URLField()


class ContingencyCard(ApiView):
    @extend_schema(operation_id="contingency_card", responses=ContingencyCardOut)
    def get(self, request: Request, code: str) -> Response:
        """Where it opens, and for whom; it says something while the plan is in force."""
        return _answer(request, visible_contingency(self.user, code))

    @extend_schema(
        operation_id="contingency_card_share",
        request=ContingencyCardIn,
        responses=ContingencyCardOut,
    )
    def put(self, request: Request, code: str) -> Response:
        """Open it to whoever has its address, or close it; each time it gets another one."""
        plan = visible_contingency(self.user, code)
        require(can_edit_contingency(self.user, plan))
        body = ContingencyCardIn(data=request.data)
        body.is_valid(raise_exception=True)
        is_public = body.validated_data["public"]
        return _answer(request, share_card(plan, by=self.user, is_public=is_public))


def _answer(request: Request, plan: ContingencyPlan) -> Response:
    address = request.build_absolute_uri(card_path(plan))
    return Response({"public": plan.card_public, "address": address})
