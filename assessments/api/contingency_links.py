"""`/api/v1/contingency-plans/CP-01/risks/`: which risks the plan answers."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.contingency import visible_contingency, whole_answer
from assessments.api.contingency_bodies import ContingencyLinkIn, ContingencyWholeOut
from assessments.models import ContingencyRisk
from assessments.services import link_contingency, unlink_contingency
from registers.control_page import linkable_risks
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.views import ApiView


class ContingencyLink(ApiView):
    @extend_schema(
        operation_id="contingency_link",
        request=ContingencyLinkIn,
        responses={201: ContingencyWholeOut},
    )
    def post(self, request: Request, code: str) -> Response:
        """The plan answers this risk; linked twice it is linked once."""
        plan = visible_contingency(self.user, code)
        link_contingency(plan, _risk(self.user, request), by=self.user)
        return whole_answer(plan, self.user, 201)


class ContingencyUnlink(ApiView):
    @extend_schema(
        operation_id="contingency_unlink",
        request=ContingencyLinkIn,
        responses=ContingencyWholeOut,
    )
    def post(self, request: Request, code: str) -> Response:
        """It answers this risk no longer; the history of the risk keeps that it did."""
        plan = visible_contingency(self.user, code)
        risk = _risk(self.user, request)
        links = ContingencyRisk.objects.filter(plan=plan, risk=risk).select_related("risk")
        if link := links.first():
            unlink_contingency(link, by=self.user)
        return whole_answer(plan, self.user)


def _risk(user: User, request: Request) -> Risk:
    risks = linkable_risks(user)
    require(risks.exists())
    body = ContingencyLinkIn(data=request.data)
    body.is_valid(raise_exception=True)
    risk: Risk | None = risks.coded(body.validated_data["risk"]).first()
    if risk is None:
        words = _("There is no open risk of yours with this number. Write it as R012.")
        raise ValidationError({"risk": [words]})
    return risk
