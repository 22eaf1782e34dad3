"""`/api/v1/risks/R001/history/`: what the history tab shows, as JSON."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registers.history import trail_of
from registers.models import Risk
from registers.related import events_of
from riskhub.web.api.views import ApiView

MOST = 10_000


class ChangeOut(serializers.Serializer[Any]):
    """Words of the active language; either side may be empty."""

    name = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class RowOut(serializers.Serializer[Any]):
    thing = serializers.CharField()
    changes = ChangeOut(many=True)


class StepOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    actor = serializers.CharField()
    action = serializers.CharField()
    reason = serializers.CharField()
    rows = RowOut(many=True, source="changes")


class TrailOut(serializers.Serializer[Any]):
    page = serializers.IntegerField(source="number")
    has_earlier = serializers.BooleanField()
    results = StepOut(many=True, source="entries")


class PageQuery(serializers.Serializer[Any]):
    page = serializers.IntegerField(min_value=1, max_value=MOST, default=1)


class RiskHistory(ApiView):
    filters = tuple(PageQuery().fields)

    @extend_schema(operation_id="risk_history", parameters=[PageQuery], responses=TrailOut)
    def get(self, request: Request, code: str) -> Response:
        """Who did what and when, newest first, in words."""
        risk = get_object_or_404(Risk.objects.visible_to(self.user), code=code)
        query = PageQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        events = events_of(risk, self.user)
        return Response(TrailOut(trail_of(risk, query.validated_data["page"], events=events)).data)
