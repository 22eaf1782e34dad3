"""`/api/v1/changes/`: the same rows, permissions and services as the pages."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.change_bodies import (
    ChangeCreate,
    ChangeQuery,
    ImplementIn,
    PostponeIn,
    ProcessChangeOut,
    ProcessChangeRow,
    ReviewIn,
    RiskIn,
    RiskOff,
    SubmitIn,
    change_out,
    change_rows,
)
from assessments.changes.permissions import (
    can_create_change,
    may_cancel_change,
    may_decide_change,
    may_review_change,
    may_write_change,
)
from assessments.models import ProcessChange
from assessments.services import (
    ChangeDraft,
    add_change_risk,
    cancel_change,
    create_change,
    edit_change,
    implement_change,
    postpone_change,
    ready_change,
    remove_change_risk,
    review_change,
    submit_change,
    take_on_change,
)
from registers.api.risk_bodies import Reason
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.fields import Body
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


class NewestFirst(Pages):
    ordering = "-number"


class ChangeList(ApiView):
    filters = tuple(ChangeQuery().fields)
    pagination_class = NewestFirst

    @extend_schema(
        operation_id="change_list", parameters=[ChangeQuery], responses=ProcessChangeRow(many=True)
    )
    def get(self, request: Request) -> Response:
        """In every state, newest first."""
        query = ChangeQuery(data=request.query_params.dict(), context={"request": request})
        query.is_valid(raise_exception=True)
        changes = ProcessChange.objects.visible_to(self.user).filter(**query.validated_data)
        return paged(self, changes.for_list(), change_rows)

    @extend_schema(
        operation_id="change_create",
        request=ChangeCreate,
        responses={201: ProcessChangeOut},
        parameters=[IDEMPOTENCY_KEY, ETAG],
    )
    def post(self, request: Request) -> Response:
        """File a change as a draft."""
        require(can_create_change(self.user))
        sent = _sent(ChangeCreate, request)
        draft = ChangeDraft(**sent, client_uuid=client_uuid_of(request))
        return _answer(create_change(draft, by=self.user), self.user, status=201)


class ChangeDetail(ApiView):
    @extend_schema(operation_id="change_detail", responses=ProcessChangeOut, parameters=[ETAG])
    def get(self, _request: Request, code: str) -> Response:
        """One process change, with the risks that it touches."""
        return _answer(_visible(self.user, code), self.user)

    @extend_schema(
        operation_id="change_edit",
        request=ChangeCreate(partial=True),
        responses=ProcessChangeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def patch(self, request: Request, code: str) -> Response:
        """Change the fields of a draft that are sent."""
        change = _visible(self.user, code)
        require(may_write_change(self.user, change))
        version = version_read(request)
        sent = _sent(ChangeCreate, request, partial=True)
        return _answer(edit_change(change, by=self.user, version=version, **sent), self.user)


class ChangeRiskAdd(ApiView):
    @extend_schema(operation_id="change_risk_add", request=RiskIn, responses=ProcessChangeOut)
    def post(self, request: Request, code: str) -> Response:
        """Put a risk on the list; once the change is submitted it is asked for at once."""
        change = _visible(self.user, code)
        may = may_write_change if change.is_draft else may_decide_change
        require(may(self.user, change))
        add_change_risk(change, _sent(RiskIn, request)["risk"], by=self.user)
        return _answer(change, self.user)


class ChangeRiskRemove(ApiView):
    @extend_schema(operation_id="change_risk_remove", request=RiskOff, responses=ProcessChangeOut)
    def post(self, request: Request, code: str) -> Response:
        """Take a risk off the list of a draft, with the reason."""
        change = _visible(self.user, code)
        require(may_write_change(self.user, change))
        sent = _sent(RiskOff, request)
        remove_change_risk(change, sent["risk"], by=self.user, reason=sent["reason"])
        return _answer(change, self.user)


class ChangeSubmit(ApiView):
    @extend_schema(
        operation_id="change_submit",
        request=SubmitIn,
        responses=ProcessChangeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, code: str) -> Response:
        """Submit it: each of its risks gets one reassessment task, due the day before."""
        return _step(self.user, request, code, submit_change, SubmitIn, may=may_write_change)


class ChangeTakeOn(ApiView):
    @extend_schema(
        operation_id="change_take_on",
        request=None,
        responses=ProcessChangeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, code: str) -> Response:
        """From now on it waits for the judgements alone."""
        return _step(self.user, request, code, take_on_change)


class ChangeReady(ApiView):
    @extend_schema(
        operation_id="change_ready",
        request=None,
        responses=ProcessChangeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, code: str) -> Response:
        """Refused with the risks that are still to be judged again."""
        return _step(self.user, request, code, ready_change)


class ChangeImplement(ApiView):
    @extend_schema(
        operation_id="change_implement",
        request=ImplementIn,
        responses=ProcessChangeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, code: str) -> Response:
        """Live since a day. Refused with the risks that are still to be judged again."""
        return _step(self.user, request, code, implement_change, ImplementIn)


class ChangeReview(ApiView):
    @extend_schema(
        operation_id="change_review",
        request=ReviewIn,
        responses=ProcessChangeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, code: str) -> Response:
        """What came of it, said by another than put it live."""
        return _step(self.user, request, code, review_change, ReviewIn, may=may_review_change)


class ChangePostpone(ApiView):
    @extend_schema(
        operation_id="change_postpone",
        request=PostponeIn,
        responses=ProcessChangeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, code: str) -> Response:
        """To a later day, once submitted; what is still to be judged is due the day before that."""
        return _step(self.user, request, code, postpone_change, PostponeIn)


class ChangeCancel(ApiView):
    @extend_schema(
        operation_id="change_cancel",
        request=Reason,
        responses=ProcessChangeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def post(self, request: Request, code: str) -> Response:
        """Its tasks that no other change needs are waived with the same reason."""
        return _step(self.user, request, code, cancel_change, Reason, may=may_cancel_change)


def _step(
    user: User,
    request: Request,
    code: str,
    service: Callable[..., ProcessChange],
    body: type[Body] | None = None,
    *,
    may: Callable[[User, ProcessChange], bool] = may_decide_change,
) -> Response:
    change = _visible(user, code)
    require(may(user, change))
    version = version_read(request)
    sent = _sent(body, request) if body else {}
    return _answer(service(change, by=user, version=version, **sent), user)


def _sent(body: type[Body], request: Request, *, partial: bool = False) -> dict[str, Any]:
    read = body(data=request.data, partial=partial, context={"request": request})
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)


def _visible(user: User, code: str) -> ProcessChange:
    changes = ProcessChange.objects.visible_to(user).select_related(
        "department", "requested_by", "implemented_by", "reviewed_by"
    )
    return get_object_or_404(changes.prefetch_related("nodes__map", "suppliers"), code=code.upper())


def _answer(change: ProcessChange, user: User, status: int = 200) -> Response:
    stored = _visible(user, change.code)
    return versioned(change_out(stored, user), stored, status)
