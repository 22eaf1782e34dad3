"""`/api/v1/schemes/`: the matrices; draft one, have it checked, hand it in, decide on it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.scheme_bodies import (
    ChecksOut,
    SchemeDecisionIn,
    SchemeIn,
    SchemeOut,
    SchemeRowOut,
)
from assessments.choices import Decision
from assessments.models import MatrixScheme
from assessments.schemes.page import Judged, deciding_objection
from assessments.schemes.permissions import (
    can_decide_schemes,
    can_edit_schemes,
    can_read_schemes,
)
from assessments.services.schemes import (
    CannotDecideScheme,
    decide_scheme,
    discard_scheme,
    recall_scheme,
    save_scheme,
    start_scheme,
    submit_scheme,
)
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

Service = Callable[..., MatrixScheme]


class SchemePages(Pages):
    ordering = "-number"


def schemes_out(schemes: Sequence[MatrixScheme]) -> list[dict[str, Any]]:
    return list(SchemeRowOut(schemes, many=True).data)


class SchemeList(ApiView):
    pagination_class = SchemePages

    @extend_schema(operation_id="scheme_list", responses=SchemeRowOut(many=True))
    def get(self, _request: Request) -> Response:
        """Newest first; one is in force."""
        require(can_read_schemes(self.user))
        return paged(self, MatrixScheme.objects.for_page(), schemes_out)

    @extend_schema(
        operation_id="scheme_create",
        request=SchemeIn,
        responses={201: SchemeOut},
        parameters=[IDEMPOTENCY_KEY, ETAG],
    )
    def post(self, request: Request) -> Response:
        """Begin a draft; it changes nothing until management has approved it."""
        require(can_edit_schemes(self.user))
        key, body = client_uuid_of(request), SchemeIn(data=request.data)
        body.is_valid(raise_exception=True)
        return _answer(start_scheme(body.scheme, by=self.user, client_uuid=key), status=201)


class SchemeChecks(ApiView):
    @extend_schema(operation_id="scheme_checks", request=SchemeIn, responses=ChecksOut)
    def post(self, request: Request) -> Response:
        """What the checks say to a matrix that is sent; nothing is kept."""
        require(can_read_schemes(self.user))
        body = SchemeIn(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(ChecksOut(Judged(body.scheme)).data)


class SchemeDetail(ApiView):
    @extend_schema(operation_id="scheme_detail", responses=SchemeOut, parameters=[ETAG])
    def get(self, _request: Request, number: int) -> Response:
        """One edition of the matrix, whole."""
        require(can_read_schemes(self.user))
        return _answer(_scheme(number))

    @extend_schema(
        operation_id="scheme_edit",
        request=SchemeIn,
        responses=SchemeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def put(self, request: Request, number: int) -> Response:
        """Replace what a draft says."""
        require(can_read_schemes(self.user))
        scheme = _scheme(number)
        require(can_edit_schemes(self.user))
        version = version_read(request)
        body = SchemeIn(data=request.data)
        body.is_valid(raise_exception=True)
        return _answer(save_scheme(scheme, by=self.user, content=body.scheme, version=version))


class SchemeSubmit(ApiView):
    @extend_schema(
        operation_id="scheme_submit", request=None, responses=SchemeOut, parameters=[IF_MATCH, ETAG]
    )
    def post(self, request: Request, number: int) -> Response:
        """Submit it to management; what a check calls an error is refused."""
        return _step(self, request, number, submit_scheme)


class SchemeRecall(ApiView):
    @extend_schema(
        operation_id="scheme_recall", request=None, responses=SchemeOut, parameters=[IF_MATCH, ETAG]
    )
    def post(self, request: Request, number: int) -> Response:
        """Take it back to write on."""
        return _step(self, request, number, recall_scheme)


class SchemeDiscard(ApiView):
    @extend_schema(
        operation_id="scheme_discard", request=None, responses=SchemeOut,
        parameters=[IF_MATCH, ETAG],
    )  # fmt: skip
    def post(self, request: Request, number: int) -> Response:
        """Throw a draft away; its number is not given again."""
        return _step(self, request, number, discard_scheme)


class SchemeApprove(ApiView):
    @extend_schema(operation_id="scheme_approve", request=SchemeDecisionIn, responses=SchemeOut)
    def post(self, request: Request, number: int) -> Response:
        """Put exactly the matrix in force whose hash is sent."""
        return _decide(self, request, number, Decision.APPROVED)


class SchemeRequestChanges(ApiView):
    @extend_schema(
        operation_id="scheme_request_changes", request=SchemeDecisionIn, responses=SchemeOut
    )
    def post(self, request: Request, number: int) -> Response:
        """Ask for changes; the comment says which."""
        return _decide(self, request, number, Decision.CHANGES)


def _scheme(number: int) -> MatrixScheme:
    return get_object_or_404(MatrixScheme.objects.for_page(), number=number)


def _step(view: ApiView, request: Request, number: int, service: Service) -> Response:
    require(can_edit_schemes(view.user))
    scheme, version = _scheme(number), version_read(request)
    return _answer(service(scheme, by=view.user, version=version))


def _decide(view: ApiView, request: Request, number: int, decision: Decision) -> Response:
    require(can_decide_schemes(view.user))
    scheme = _scheme(number)
    if objection := deciding_objection(view.user, scheme):
        raise CannotDecideScheme(objection)
    body = SchemeDecisionIn(data=request.data)
    body.is_valid(raise_exception=True)
    decide_scheme(scheme, by=view.user, **body.made(decision))
    return _answer(scheme)


def _answer(scheme: MatrixScheme, status: int = 200) -> Response:
    stored = _scheme(scheme.number)
    return versioned(SchemeOut(stored).data, stored, status=status)
