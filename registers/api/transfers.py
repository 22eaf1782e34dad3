"""`/api/v1/policies/`, `/clauses/`, `/suppliers/`: the same rows, permissions and services as the page."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registers.api.catalogue import NamedOut
from registers.choices import TransferState
from registers.models.transfers import ContractClause, InsurancePolicy, Supplier, Transfer
from registers.permissions import can_edit_transfers
from registers.services import (
    TransferDraft,
    create_transfer,
    edit_transfer,
    end_transfer,
    reopen_transfer,
)
from riskhub.entry.days import PLANNED
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Day, Line, Prose
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


class TransferOut(NamedOut):
    """`is_in_force`: in use, and its last day has not passed."""

    valid_until = serializers.DateField(allow_null=True)
    note = serializers.CharField()
    state = serializers.ChoiceField(TransferState.choices)
    is_in_force = serializers.BooleanField()
    row_version = serializers.IntegerField()


class TransferEdit(Body):
    """PATCH: the fields that are sent are changed, the others stay."""

    name_zh = Line(max_length=200)
    name_en = Line(max_length=200, required=False, allow_blank=True)
    valid_until = Day(span=PLANNED, required=False, allow_null=True)
    note = Prose(required=False, allow_blank=True)


class TransferCreate(TransferEdit):
    code = Line(max_length=40)


class ById(Pages):
    ordering = "id"


class _TransferView(ApiView):
    model: ClassVar[type[Transfer]]

    def found(self, code: str) -> Transfer:
        """404 where the user reads none of them."""
        rows = self.model._default_manager.visible_to(self.user)
        return get_object_or_404(rows.coded(code))


class _TransferList(_TransferView):
    pagination_class = ById

    def get(self, _request: Request) -> Response:
        """All of them; those whose day has passed and those ended as well."""
        return paged(self, self.model._default_manager.visible_to(self.user), _out)

    def post(self, request: Request) -> Response:
        """Enter one; the code is the company's own, or the number on the paper."""
        require(can_edit_transfers(self.user))
        body = TransferCreate(data=request.data)
        body.is_valid(raise_exception=True)
        draft = TransferDraft(**body.validated_data, client_uuid=client_uuid_of(request))
        made = create_transfer(self.model, draft, by=self.user)
        return versioned(TransferOut(made).data, made, 201)


class _TransferDetail(_TransferView):
    def get(self, _request: Request, code: str) -> Response:
        """One of them."""
        found = self.found(code)
        return versioned(TransferOut(found).data, found)

    def patch(self, request: Request, code: str) -> Response:
        """Change the fields that are sent."""
        found = self.found(code)
        require(can_edit_transfers(self.user))
        version = version_read(request)
        body = TransferEdit(found, data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        edited = edit_transfer(found, by=self.user, version=version, **body.validated_data)
        return versioned(TransferOut(edited).data, edited)


class _TransferEnd(_TransferView):
    def post(self, _request: Request, code: str) -> Response:
        """Offer it no more; what names it goes on naming it."""
        found = self.found(code)
        require(can_edit_transfers(self.user))
        ended = end_transfer(found, by=self.user)
        return versioned(TransferOut(ended).data, ended)


class _TransferReopen(_TransferView):
    def post(self, _request: Request, code: str) -> Response:
        """Take it into use again."""
        found = self.found(code)
        require(can_edit_transfers(self.user))
        reopened = reopen_transfer(found, by=self.user)
        return versioned(TransferOut(reopened).data, reopened)


def _out(rows: Sequence[Transfer]) -> list[dict[str, Any]]:
    return list(TransferOut(rows, many=True).data)


def _list(noun: str) -> Callable[[Any], Any]:
    return extend_schema_view(
        get=extend_schema(operation_id=f"{noun}_list", responses=TransferOut(many=True)),
        post=extend_schema(
            operation_id=f"{noun}_create", request=TransferCreate,
            responses={201: TransferOut}, parameters=[IDEMPOTENCY_KEY, ETAG],
        ),
    )  # fmt: skip


def _detail(noun: str) -> Callable[[Any], Any]:
    return extend_schema_view(
        get=extend_schema(
            operation_id=f"{noun}_detail", responses=TransferOut, parameters=[ETAG]
        ),
        patch=extend_schema(
            operation_id=f"{noun}_edit", request=TransferEdit(partial=True),
            responses=TransferOut, parameters=[IF_MATCH, ETAG],
        ),
    )  # fmt: skip


def _step(operation: str) -> Callable[[Any], Any]:
    return extend_schema_view(
        post=extend_schema(
            operation_id=operation, request=None, responses=TransferOut, parameters=[ETAG]
        )
    )


@_list("policy")
class PolicyList(_TransferList):
    model = InsurancePolicy


@_detail("policy")
class PolicyDetail(_TransferDetail):
    model = InsurancePolicy


@_step("policy_end")
class PolicyEnd(_TransferEnd):
    model = InsurancePolicy


@_step("policy_reopen")
class PolicyReopen(_TransferReopen):
    model = InsurancePolicy


@_list("clause")
class ClauseList(_TransferList):
    model = ContractClause


@_detail("clause")
class ClauseDetail(_TransferDetail):
    model = ContractClause


@_step("clause_end")
class ClauseEnd(_TransferEnd):
    model = ContractClause


@_step("clause_reopen")
class ClauseReopen(_TransferReopen):
    model = ContractClause


@_list("supplier")
class SupplierList(_TransferList):
    model = Supplier


@_detail("supplier")
class SupplierDetail(_TransferDetail):
    model = Supplier


@_step("supplier_end")
class SupplierEnd(_TransferEnd):
    model = Supplier


@_step("supplier_reopen")
class SupplierReopen(_TransferReopen):
    model = Supplier
