"""`/api/v1/risks/R001/links/`, `/api/v1/risk-links/1/`: what the risk has to do with others."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registers.choices import Relation
from registers.links import linked_risks, seen_from
from registers.models import Risk, RiskLink
from registers.permissions import can_end_link, may_link_risks
from registers.services import link_risks, unlink_risks
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Chosen, OneOf
from riskhub.web.api.views import ApiView


class RiskLinkOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="link.pk")
    relation = serializers.ChoiceField(
        Relation.choices, help_text="What the risk of the address is to the other one"
    )
    risk = serializers.CharField(source="risk.code")
    title = serializers.CharField(source="risk.title")
    made_at = serializers.DateTimeField(source="link.made_at")


class RiskLinkIn(Body):
    relation = OneOf(Relation.choices)
    risk = Chosen(Risk.objects.visible_to)


class RiskLinkList(ApiView):
    @extend_schema(operation_id="risk_link_list", responses=RiskLinkOut(many=True))
    def get(self, _request: Request, code: str) -> Response:
        """The links that hold, to risks that the user sees."""
        risk = get_object_or_404(Risk.objects.visible_to(self.user), code=code)
        return Response(RiskLinkOut(linked_risks(self.user, risk), many=True).data)

    @extend_schema(
        operation_id="risk_link_create", request=RiskLinkIn, responses={201: RiskLinkOut}
    )
    def post(self, request: Request, code: str) -> Response:
        """Link it to another risk; the same sent twice is one link."""
        risk = get_object_or_404(Risk.objects.visible_to(self.user), code=code)
        require(may_link_risks(self.user, risk))
        body = RiskLinkIn(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        sent: dict[str, Any] = body.validated_data
        link = link_risks(risk, sent["risk"], by=self.user, relation=sent["relation"])
        return Response(RiskLinkOut(seen_from(risk, link)).data, status=201)


class RiskLinkDetail(ApiView):
    @extend_schema(operation_id="risk_link_end", responses={204: None})
    def delete(self, _request: Request, pk: int) -> Response:
        """It no longer holds; the history of both risks keeps it."""
        link = get_object_or_404(RiskLink.objects.visible_to(self.user).with_risks(), pk=pk)
        require(can_end_link(self.user, link))
        unlink_risks(link, by=self.user)
        return Response(status=204)
