"""`/api/v1/controls/`: the same rows, permissions and services as the pages."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from registers.api.control_bodies import (
    CheckCreate,
    CheckOut,
    ControlCreate,
    ControlEdit,
    ControlOut,
    checks_out,
    controls_out,
)
from registers.api.risk_bodies import Reason, reason_in
from registers.choices import ControlType
from registers.control_filters import DUE, KEPT, RESULTS, STATES, VIEWS, ControlFilter
from registers.models import Control, ControlCheck
from registers.permissions import can_check_control, can_create_control, can_edit_control
from registers.services import (
    CheckFound,
    ControlDraft,
    activate_control,
    create_control,
    edit_control,
    record_check,
    retire_control,
)
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
    OpenApiParameter("q", str, description="Words, or a code"),
    OpenApiParameter("type", str, many=True, enum=[str(one) for one in ControlType]),
    OpenApiParameter("department", str, many=True, description="Code, with what is below it"),
    OpenApiParameter("owner", str, description="Name or part of it"),
    OpenApiParameter("due", str, enum=[key for key, _word in DUE]),
    OpenApiParameter("result", str, many=True, enum=[str(key) for key, _word in RESULTS]),
    OpenApiParameter("state", str, enum=[str(key) for key, _word in STATES], default=KEPT),
    OpenApiParameter("view", str, enum=[key for key, _word in VIEWS]),
]


class ByNumber(Pages):
    ordering = "number"


class NewestFirst(Pages):
    ordering = "-id"


class ControlList(ApiView):
    filters = tuple(parameter.name for parameter in FILTERS)
    pagination_class = ByNumber

    @extend_schema(operation_id="control_list", parameters=FILTERS, responses=ControlOut(many=True))
    def get(self, request: Request) -> Response:
        """The controls that the user sees and that are not retired; filtered as on the page."""
        filtered = ControlFilter(request.query_params, self.user)
        if filtered.is_forged:
            raise ValidationError(filtered.form.errors)
        rows = filtered.qs.select_related("owner_department", "owner")
        return paged(self, rows, controls_out)

    @extend_schema(
        operation_id="control_create",
        request=ControlCreate,
        responses={201: ControlOut},
        parameters=[IDEMPOTENCY_KEY, ETAG],
    )
    def post(self, request: Request) -> Response:
        """Put a control into the catalogue; it gets the next number, and is in use unless planned."""
        require(can_create_control(self.user))
        body = ControlCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        draft = ControlDraft(**body.validated_data, client_uuid=client_uuid_of(request))
        return _answer(create_control(draft, by=self.user), self.user, status=201)


class ControlDetail(ApiView):
    @extend_schema(operation_id="control_detail", responses=ControlOut, parameters=[ETAG])
    def get(self, _request: Request, code: str) -> Response:
        """One control, with its last check."""
        control = visible_control(self.user, code)
        return versioned(ControlOut(control).data, control)

    @extend_schema(
        operation_id="control_edit",
        request=ControlEdit(partial=True),
        responses=ControlOut,
        parameters=[IF_MATCH, ETAG],
    )
    def patch(self, request: Request, code: str) -> Response:
        """Change the fields that are sent; with another interval the next check moves along."""
        control = visible_control(self.user, code)
        require(can_edit_control(self.user, control))
        version = version_read(request)
        body = ControlEdit(control, data=request.data, partial=True, context={"request": request})
        body.is_valid(raise_exception=True)
        edited = edit_control(control, by=self.user, version=version, **body.validated_data)
        return _answer(edited, self.user)


class ControlActivate(ApiView):
    @extend_schema(
        operation_id="control_activate", request=None, responses=ControlOut, parameters=[ETAG]
    )
    def post(self, _request: Request, code: str) -> Response:
        """Take a planned or retired one into use."""
        control = visible_control(self.user, code)
        require(can_edit_control(self.user, control))
        return _answer(activate_control(control, by=self.user), self.user)


class ControlRetire(ApiView):
    @extend_schema(
        operation_id="control_retire", request=Reason, responses=ControlOut, parameters=[ETAG]
    )
    def post(self, request: Request, code: str) -> Response:
        """Take it out of use, with a reason."""
        control = visible_control(self.user, code)
        require(can_edit_control(self.user, control))
        retired = retire_control(control, by=self.user, reason=reason_in(request))
        return _answer(retired, self.user)


class ControlCheckList(ApiView):
    pagination_class = NewestFirst

    @extend_schema(operation_id="control_check_list", responses=CheckOut(many=True))
    def get(self, _request: Request, code: str) -> Response:
        """What its checks have found, newest first."""
        return paged(self, _checks(visible_control(self.user, code)), checks_out)

    @extend_schema(
        operation_id="control_check_create",
        request=CheckCreate,
        responses={201: CheckOut},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, code: str) -> Response:
        """Record the check that is due; with the same key, or for the same `due_on`, sent twice it is one."""
        control = visible_control(self.user, code)
        require(can_check_control(self.user, control))
        body = CheckCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        facts = dict(body.validated_data)
        due_on = facts.pop("due_on", None)
        found = CheckFound(**facts, client_uuid=client_uuid_of(request))
        made = record_check(control, found, by=self.user, due_on=due_on)
        return Response(CheckOut(made).data, status=201)


def visible_control(user: User, code: str) -> Control:
    return get_object_or_404(Control.objects.visible_to(user).for_list(), code=code)


def _checks(control: Control) -> QuerySet[ControlCheck]:
    return ControlCheck.objects.filter(control=control).select_related("done_by")


def _answer(control: Control, user: User, status: int = 200) -> Response:
    """Read again: generated columns and the last check are as the database has them now."""
    stored = get_object_or_404(Control.objects.visible_to(user).for_list(), pk=control.pk)
    return versioned(ControlOut(stored).data, stored, status)
