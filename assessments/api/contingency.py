"""`/api/v1/contingency-plans/` and `/drills/`: the same rows, permissions and services as the pages."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.contingency_bodies import (
    ContingencyBody,
    ContingencyOut,
    ContingencyWholeOut,
    DrillHeld,
    DrillMissed,
    DrillOut,
    DrillScheduled,
    drills_out,
    plans_out,
)
from assessments.contingency.choices import DrillState, Feasibility
from assessments.contingency.filters import VIEWS, ContingencyFilter
from assessments.contingency.page import links_of
from assessments.contingency.permissions import (
    can_create_contingency,
    can_edit_contingency,
    can_record_drill,
)
from assessments.models import ContingencyPlan, Drill
from assessments.services import (
    ContingencyDraft,
    create_contingency_plan,
    edit_contingency_plan,
    hold_drill,
    miss_drill,
    put_in_force,
    retire_contingency_plan,
    schedule_drill,
)
from registers.api.risk_bodies import Reason, reason_in
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.fields import one_of
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
    OpenApiParameter("department", str, many=True, description="Code, with what is below it"),
    OpenApiParameter("feasibility", str, enum=[str(one) for one in Feasibility]),
    OpenApiParameter("view", str, enum=[key for key, _words in VIEWS]),
]


class ByNumber(Pages):
    ordering = "number"


class NewestFirst(Pages):
    ordering = "-id"


class ContingencyList(ApiView):
    filters = tuple(parameter.name for parameter in FILTERS)
    pagination_class = ByNumber

    @extend_schema(
        operation_id="contingency_list", parameters=FILTERS, responses=ContingencyOut(many=True)
    )
    def get(self, request: Request) -> Response:
        """The plans that the user sees and that are not retired; filtered as on the page."""
        filtered = ContingencyFilter(request.query_params, self.user)
        if filtered.is_forged:
            raise ValidationError(filtered.form.errors)
        keys = filtered.qs.order_by().values("pk")
        return paged(self, ContingencyPlan.objects.for_list().filter(pk__in=keys), plans_out)

    @extend_schema(
        operation_id="contingency_create",
        request=ContingencyBody,
        responses={201: ContingencyWholeOut},
        parameters=[IDEMPOTENCY_KEY, ETAG],
    )
    def post(self, request: Request) -> Response:
        """Write a plan; it is a draft until it is put in force."""
        require(can_create_contingency(self.user))
        body = ContingencyBody(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        draft = ContingencyDraft(
            **body.plan_fields, content=body.content, client_uuid=client_uuid_of(request)
        )
        return whole_answer(create_contingency_plan(draft, by=self.user), self.user, 201)


class ContingencyDetail(ApiView):
    @extend_schema(
        operation_id="contingency_detail", responses=ContingencyWholeOut, parameters=[ETAG]
    )
    def get(self, _request: Request, code: str) -> Response:
        """With the version in force and the draft."""
        return whole_answer(visible_contingency(self.user, code), self.user)

    @extend_schema(
        operation_id="contingency_edit",
        request=ContingencyBody,
        responses=ContingencyWholeOut,
        parameters=[IF_MATCH, ETAG],
    )
    def put(self, request: Request, code: str) -> Response:
        """Write the draft anew; what is in force stays until the draft takes its place."""
        plan = visible_contingency(self.user, code)
        require(can_edit_contingency(self.user, plan))
        version = version_read(request)
        body = ContingencyBody(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        edited = edit_contingency_plan(
            plan, body.content, by=self.user, version=version, **body.plan_fields
        )
        return whole_answer(edited, self.user)


class ContingencyStart(ApiView):
    @extend_schema(
        operation_id="contingency_start", request=None, responses=ContingencyWholeOut,
        parameters=[IF_MATCH, ETAG],
    )  # fmt: skip
    def post(self, request: Request, code: str) -> Response:
        """Put the draft in force; a first drill is scheduled."""
        plan = visible_contingency(self.user, code)
        require(can_edit_contingency(self.user, plan))
        version = version_read(request)
        return whole_answer(put_in_force(plan, by=self.user, version=version), self.user)


class ContingencyRetire(ApiView):
    @extend_schema(
        operation_id="contingency_retire",
        request=Reason,
        responses=ContingencyWholeOut,
        parameters=[ETAG],
    )
    def post(self, request: Request, code: str) -> Response:
        """With a reason; its drill is called off."""
        plan = visible_contingency(self.user, code)
        require(can_edit_contingency(self.user, plan))
        retired = retire_contingency_plan(plan, by=self.user, reason=reason_in(request))
        return whole_answer(retired, self.user)


class DrillList(ApiView):
    filters = ("plan", "state")
    pagination_class = NewestFirst

    @extend_schema(
        operation_id="drill_list",
        parameters=[
            OpenApiParameter("plan", str, description="Code of the contingency plan"),
            OpenApiParameter("state", str, enum=[str(one) for one in DrillState]),
        ],
        responses=DrillOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """The drills that the user sees, newest first."""
        drills = Drill.objects.visible_to(self.user).for_list().prefetch_related("gaps__owner")
        if code := request.query_params.get("plan"):
            plans = ContingencyPlan.objects.visible_to(self.user).coded(code)
            drills = drills.filter(plan__in=plans)
        if state := request.query_params.get("state"):
            if state not in DrillState.values:
                raise ValidationError({"state": [one_of(DrillState.values)]})
            drills = drills.filter(state=state)
        return paged(self, drills, drills_out)

    @extend_schema(
        operation_id="drill_create",
        request=DrillScheduled,
        responses={201: DrillOut},
        parameters=[IDEMPOTENCY_KEY, ETAG],
    )
    def post(self, request: Request) -> Response:
        """Schedule the next drill of a plan in force."""
        require(can_create_contingency(self.user))
        body = DrillScheduled(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        facts = dict(body.validated_data)
        plan = ContingencyPlan.objects.for_list().get(pk=facts.pop("plan"))
        require(can_edit_contingency(self.user, plan))
        drill = schedule_drill(
            plan, by=self.user, on=facts.pop("scheduled_on"), **facts,
            client_uuid=client_uuid_of(request),
        )  # fmt: skip
        return versioned(DrillOut(drill).data, drill, 201)


class DrillDetail(ApiView):
    @extend_schema(operation_id="drill_detail", responses=DrillOut, parameters=[ETAG])
    def get(self, _request: Request, number: int) -> Response:
        """One drill, to come or held, with its gaps."""
        drill = visible_drill(self.user, number)
        return versioned(DrillOut(drill).data, drill)


class DrillRecord(ApiView):
    @extend_schema(
        operation_id="drill_record", request=DrillHeld, responses=DrillOut,
        parameters=[IF_MATCH, ETAG],
    )  # fmt: skip
    def post(self, request: Request, number: int) -> Response:
        """What it showed; the next one is scheduled.

        A failure names at least one gap; so does one that passed in part and missed a step or the target.
        """
        drill = visible_drill(self.user, number)
        require(can_record_drill(self.user, drill))
        version = version_read(request)
        body = DrillHeld(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        held = hold_drill(drill, body.found, by=self.user, version=version)
        return versioned(DrillOut(held).data, held)


class DrillMiss(ApiView):
    @extend_schema(
        operation_id="drill_miss", request=DrillMissed, responses=DrillOut, parameters=[ETAG]
    )
    def post(self, request: Request, number: int) -> Response:
        """Not on its day: why, and the new one. Answers the drill of that day."""
        drill = visible_drill(self.user, number)
        require(can_record_drill(self.user, drill))
        body = DrillMissed(data=request.data)
        body.is_valid(raise_exception=True)
        moved = miss_drill(drill, by=self.user, **body.validated_data)
        return versioned(DrillOut(moved).data, moved)


def visible_contingency(user: User, code: str) -> ContingencyPlan:
    return get_object_or_404(ContingencyPlan.objects.visible_to(user).for_list().coded(code))


def visible_drill(user: User, number: int) -> Drill:
    return get_object_or_404(Drill.objects.visible_to(user).for_list(), pk=number)


def whole_answer(plan: ContingencyPlan, user: User, status: int = 200) -> Response:
    """Read again: versions and drills are as the database has them now."""
    stored = ContingencyPlan.objects.for_list().get(pk=plan.pk)
    data = ContingencyOut(stored).data | {
        name: ContingencyWholeOut().fields[name].to_representation(getattr(stored, name))
        for name in ("in_force", "draft")
    }
    data["risks"] = [link.risk.code for link in links_of(stored, user)]
    return versioned(data, stored, status)
