"""`/api/v1/risks/R001/controls/`, `/api/v1/risk-controls/`: what acts on a risk, and how strongly."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registers.api.control_bodies import EffectEdit, RiskControlCreate, RiskControlOut
from registers.bow_tie import acting_on
from registers.models import Risk, RiskControl
from registers.permissions import may_link_controls
from registers.services import edit_risk_control, link_control, unlink_control
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.preconditions import ETAG, IF_MATCH, version_read, versioned
from riskhub.web.api.views import ApiView


class RiskControlList(ApiView):
    pagination_class = None

    @extend_schema(operation_id="risk_control_list", responses=RiskControlOut(many=True))
    def get(self, _request: Request, code: str) -> Response:
        """All that are not retired, with their last check; preventive ones first."""
        risk = _visible_risk(self.user, code)
        return Response(RiskControlOut(_links(risk), many=True).data)

    @extend_schema(
        operation_id="risk_control_create",
        request=RiskControlCreate,
        responses={201: RiskControlOut},
        parameters=[ETAG],
    )
    def post(self, request: Request, code: str) -> Response:
        """Link a control; without `acts_on` it lowers what its type usually lowers."""
        risk = _visible_risk(self.user, code)
        require(may_link_controls(self.user, risk))
        body = RiskControlCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        link = link_control(risk, by=self.user, **body.validated_data)
        return _answer(link, risk, status=201)


class RiskControlDetail(ApiView):
    @extend_schema(operation_id="risk_control_detail", responses=RiskControlOut, parameters=[ETAG])
    def get(self, _request: Request, number: int) -> Response:
        """How one control acts on one risk."""
        link = _visible_link(self.user, number)
        return _answer(link, link.risk)

    @extend_schema(
        operation_id="risk_control_edit",
        request=EffectEdit(partial=True),
        responses=RiskControlOut,
        parameters=[IF_MATCH, ETAG],
    )
    def patch(self, request: Request, number: int) -> Response:
        """Change its effect: the fields that are sent."""
        link = _visible_link(self.user, number)
        require(may_link_controls(self.user, link.risk))
        version = version_read(request)
        body = EffectEdit(data=request.data, partial=True, context={"request": request})
        body.is_valid(raise_exception=True)
        effect = {name: getattr(link, name) for name in ("acts_on", "strength", "note")}
        edited = edit_risk_control(
            link, by=self.user, version=version, **effect | body.validated_data
        )
        return _answer(edited, link.risk)

    @extend_schema(operation_id="risk_control_remove", responses={204: None})
    def delete(self, _request: Request, number: int) -> Response:
        """It acts on this risk no longer; the history of the risk keeps that it did."""
        link = _visible_link(self.user, number)
        require(may_link_controls(self.user, link.risk))
        unlink_control(link, by=self.user)
        return Response(status=204)


def _visible_risk(user: User, code: str) -> Risk:
    return get_object_or_404(Risk.objects.visible_to(user), code=code)


def _visible_link(user: User, number: int) -> RiskControl:
    links = RiskControl.objects.visible_to(user).select_related("risk", "control")
    return get_object_or_404(links, pk=number)


def _links(risk: Risk) -> list[RiskControl]:
    links = acting_on(risk)
    for link in links:
        link.risk = risk
    return links


def _answer(link: RiskControl, risk: Risk, status: int = 200) -> Response:
    """Read again with the last check of its control."""
    stored = get_object_or_404(RiskControl.objects.with_controls(), pk=link.pk)
    stored.risk = risk
    return versioned(RiskControlOut(stored).data, stored, status)
