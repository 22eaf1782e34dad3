"""`/api/v1/incidents/<code>/…/`: sorted, looked into, its causes, its end; by the services of the pages."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.api.incident_answers import IncidentWhole, answer_incident
from incidents.api.incident_bodies import IncidentAdvanceIn, IncidentAnalysisIn, IncidentTriageIn
from incidents.incidents.choices import IncidentState
from incidents.incidents.permissions import can_investigate, may_investigate
from incidents.models import Incident
from incidents.services.incident_steps import (
    act_on_incident,
    close_incident,
    investigate_incident,
    triage_incident,
)
from incidents.services.investigations import analyse_incident
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.preconditions import ETAG, IF_MATCH, version_read
from riskhub.web.api.views import ApiView


def visible_incident(user: User, code: str) -> Incident:
    rows = Incident.objects.visible_to(user).for_page()
    incident: Incident = get_object_or_404(rows, code=code)
    return incident


def open_incident(user: User, code: str) -> Incident:
    """One that this user looks into and that is not over."""
    incident = visible_incident(user, code)
    require(can_investigate(user, incident))
    return incident


class IncidentTriage(ApiView):
    @extend_schema(
        operation_id="incident_triage", request=IncidentTriageIn, parameters=[IF_MATCH, ETAG],
        responses={200: IncidentWhole, 204: None},
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """What it is, how grave it could have been, who looks into it."""
        incident = _looked_into(self.user, code)
        version = version_read(request)
        body = IncidentTriageIn(
            data=request.data, context={"request": request, "incident": incident}
        )
        body.is_valid(raise_exception=True)
        triage_incident(incident, by=self.user, version=version, **body.validated_data)
        return answer_incident(incident, self.user)


class IncidentAdvance(ApiView):
    @extend_schema(
        operation_id="incident_advance", request=IncidentAdvanceIn, responses=IncidentWhole,
        parameters=[ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """To the next state: it is looked into, or measures run."""
        incident = _looked_into(self.user, code)
        body = IncidentAdvanceIn(data=request.data)
        body.is_valid(raise_exception=True)
        is_acted_on = body.validated_data["to"] == IncidentState.ACTIONS
        step = act_on_incident if is_acted_on else investigate_incident
        step(incident, by=self.user)
        return answer_incident(incident, self.user)


class IncidentClose(ApiView):
    @extend_schema(
        operation_id="incident_close", request=None, responses=IncidentWhole,
        parameters=[IF_MATCH, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """With its root cause and its risk; 400 says what is still missing, a sentence each."""
        incident = _looked_into(self.user, code)
        close_incident(incident, by=self.user, version=version_read(request))
        return answer_incident(incident, self.user)


class IncidentAnalysis(ApiView):
    @extend_schema(
        operation_id="incident_analysis", request=IncidentAnalysisIn, responses=IncidentWhole,
        parameters=[IF_MATCH, ETAG],
    )  # fmt: skip
    def put(self, request: Request, code: str) -> Response:
        """Why, and why that; what was at the bottom of it, and what was learned."""
        incident = open_incident(self.user, code)
        version = version_read(request)
        body = IncidentAnalysisIn(data=request.data)
        body.is_valid(raise_exception=True)
        analyse_incident(incident, by=self.user, version=version, **body.validated_data)
        return answer_incident(incident, self.user)


def _looked_into(user: User, code: str) -> Incident:
    """Also where it is over: then the step says so."""
    incident = visible_incident(user, code)
    require(may_investigate(user, incident))
    return incident
