"""`/api/v1/risks/`: the same rows, permissions and services as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from registers.api.risk_bodies import (
    Reason,
    RiskCreate,
    RiskEdit,
    RiskOut,
    reason_in,
    risks_out,
    risks_to_answer,
)
from registers.choices import LEVEL_RANKS
from registers.filters import (
    KINDS,
    NOT_RATED,
    OPEN,
    RESIDUAL,
    REVIEWS,
    SCORES,
    STATES,
    VALUES,
    VIEWS,
    RiskFilter,
)
from registers.models import Risk
from registers.permissions import can_create_risk, can_manage_department, fields_by_role
from registers.services import RiskDraft, close_risk, create_risk, edit_risk, reopen_risk
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.preconditions import (
    ETAG,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    client_uuid_of,
    version_read,
    versioned,
)
from riskhub.web.api.views import ApiView

FILTERS = [
    OpenApiParameter("q", str, description="Words, two Chinese characters, or a code"),
    OpenApiParameter("state", str, enum=[str(state) for state, _word in STATES], default=OPEN),
    OpenApiParameter("level", str, many=True, enum=[*LEVEL_RANKS, NOT_RATED]),
    *(
        OpenApiParameter(name, str, many=True, description="Code, several times if you like")
        for name in RiskFilter.columns
    ),
    OpenApiParameter("owner", str, description="Name or part of it"),
    OpenApiParameter("line", str, many=True, description="Code of a service line"),
    *(
        OpenApiParameter(name, str, many=True, enum=[str(key) for key, _word in choices])
        for name, choices in VALUES.items()
    ),
    OpenApiParameter(
        "review", str, enum=[key for key, _word in REVIEWS], description="Next review"
    ),
    OpenApiParameter("view", str, enum=[view for view, _word in VIEWS]),
    OpenApiParameter(
        "kind",
        str,
        enum=[kind for kind, _word in KINDS],
        default=RESIDUAL,
        description="What level, probability and impact are of",
    ),
    *(
        OpenApiParameter(axis, str, enum=[score for score, _word in SCORES])
        for axis in ("probability", "impact")
    ),
]


class RiskPages(Pages):
    ordering = "rank_key"


class RiskList(ApiView):
    filters = tuple(parameter.name for parameter in FILTERS)
    pagination_class = RiskPages

    @extend_schema(operation_id="risk_list", parameters=FILTERS, responses=RiskOut(many=True))
    def get(self, request: Request) -> Response:
        """The open risks that the user sees, in the order of ranking; filtered as on the page."""
        filtered = RiskFilter(request.query_params, self.user)
        if filtered.is_forged:
            raise ValidationError(filtered.form.errors)
        return paged(self, risks_to_answer(filtered.qs), risks_out)

    @extend_schema(
        operation_id="risk_create",
        request=RiskCreate,
        responses={201: RiskOut},
        parameters=[IDEMPOTENCY_KEY, ETAG],
    )
    def post(self, request: Request) -> Response:
        """Put a risk into a register; it gets the next number."""
        require(can_create_risk(self.user))
        body = RiskCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        draft = RiskDraft(**body.validated_data, client_uuid=client_uuid_of(request))
        risk = create_risk(draft, by=self.user)
        return _answer(risk, self.user, status=201)


class RiskDetail(ApiView):
    @extend_schema(operation_id="risk_detail", responses=RiskOut, parameters=[ETAG])
    def get(self, _request: Request, code: str) -> Response:
        """One risk, with its levels."""
        risk = get_object_or_404(risks_to_answer(Risk.objects.visible_to(self.user)), code=code)
        return versioned(RiskOut(risk).data, risk)

    @extend_schema(
        operation_id="risk_edit",
        request=RiskEdit(partial=True),
        responses=RiskOut,
        parameters=[IF_MATCH, ETAG],
    )
    def patch(self, request: Request, code: str) -> Response:
        """Change the fields that are sent. Which ones a role may change is the same as on the page."""
        risk = get_object_or_404(Risk.objects.visible_to(self.user), code=code)
        allowed = fields_by_role(self.user, risk)
        require(bool(allowed))
        version = version_read(request)
        body = RiskEdit(risk, data=request.data, partial=True, context={"request": request})
        body.is_valid(raise_exception=True)
        _refuse_others(body.validated_data, allowed)
        edited = edit_risk(risk, by=self.user, version=version, **body.validated_data)
        return _answer(edited, self.user)


class RiskClose(ApiView):
    @extend_schema(operation_id="risk_close", request=Reason, responses=RiskOut, parameters=[ETAG])
    def post(self, request: Request, code: str) -> Response:
        """Take it out of the register, with a reason."""
        risk = get_object_or_404(Risk.objects.visible_to(self.user), code=code)
        require(can_manage_department(self.user, risk.owner_department_id))
        return _answer(close_risk(risk, by=self.user, reason=reason_in(request)), self.user)


class RiskReopen(ApiView):
    @extend_schema(operation_id="risk_reopen", request=Reason, responses=RiskOut, parameters=[ETAG])
    def post(self, request: Request, code: str) -> Response:
        """Put a closed risk back into the register, with a reason."""
        risk = get_object_or_404(Risk.objects.visible_to(self.user), code=code)
        require(can_manage_department(self.user, risk.owner_department_id))
        return _answer(reopen_risk(risk, by=self.user, reason=reason_in(request)), self.user)


def _answer(risk: Risk, user: User, status: int = 200) -> Response:
    """Read again: generated columns and joins are as the database has them now."""
    stored = get_object_or_404(risks_to_answer(Risk.objects.visible_to(user)), pk=risk.pk)
    return versioned(RiskOut(stored).data, stored, status)


def _refuse_others(sent: dict[str, Any], allowed: frozenset[str]) -> None:
    others = sorted(sent.keys() - allowed)
    if others:
        raise ValidationError({name: [_("Your role may not change this.")] for name in others})
