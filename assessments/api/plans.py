"""`/api/v1/plans/`: write a response plan, submit it, decide on it."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.plan_answers import PlanOut, plans_out, plans_to_answer
from assessments.api.plan_bodies import DecisionIn, PlanContentIn, PlanCreate, PlanQuery, WithdrawIn
from assessments.choices import Decision
from assessments.models import ResponsePlan
from assessments.permissions import (
    can_write_any,
    may_answer_for,
    may_decide,
    may_edit_plan,
    may_write_plan,
)
from assessments.plans.content import PlanContent
from assessments.services import (
    CannotDecide,
    create_plan,
    decide_plan,
    discard_version,
    own_plan_objection,
    save_plan,
    submit_plan,
    withdraw_plan,
)
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.preconditions import ETAG, IF_MATCH, version_read, versioned
from riskhub.web.api.views import ApiView


class PlanPages(Pages):
    ordering = "-number"


class PlanList(ApiView):
    filters = tuple(PlanQuery().fields)
    pagination_class = PlanPages

    @extend_schema(operation_id="plan_list", parameters=[PlanQuery], responses=PlanOut(many=True))
    def get(self, request: Request) -> Response:
        """Newest first."""
        query = PlanQuery(data=request.query_params.dict(), context={"request": request})
        query.is_valid(raise_exception=True)
        plans = ResponsePlan.objects.visible_to(self.user).filter(**query.validated_data)
        return paged(self, plans_to_answer(plans), plans_out)

    @extend_schema(
        operation_id="plan_create",
        request=PlanCreate,
        responses={201: PlanOut},
        parameters=[ETAG],
    )
    def post(self, request: Request) -> Response:
        """Draft the answer to a risk that has no living plan."""
        require(can_write_any(self.user))
        body = PlanCreate(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        risk: Risk = body.validated_data["risk"]
        require(may_write_plan(self.user, risk.owner_department_id))
        owner = body.validated_data.get("owner")
        plan = create_plan(risk, by=self.user, content=body.content(), owner=owner)
        return answer_plan(plan, self.user, status=201)


class PlanDetail(ApiView):
    @extend_schema(operation_id="plan_detail", responses=PlanOut, parameters=[ETAG])
    def get(self, _request: Request, code: str) -> Response:
        """One plan: what is in force, and the version that is written."""
        plan = get_object_or_404(
            plans_to_answer(ResponsePlan.objects.visible_to(self.user)), code=code
        )
        return versioned(plans_out([plan])[0], plan)

    @extend_schema(
        operation_id="plan_edit",
        request=PlanContentIn,
        responses=PlanOut,
        parameters=[IF_MATCH, ETAG],
    )
    def put(self, request: Request, code: str) -> Response:
        """Replace the wording. A submitted or approved one gets a new version, which is a draft."""
        plan = get_object_or_404(plans_of(self.user), code=code)
        require(may_edit_plan(self.user, plan))
        version = version_read(request)
        standing = PlanContent.parse(plan.head.content) if plan.head else None
        context = {"request": request, "standing": standing, "risk": plan.risk}
        body = PlanContentIn(data=request.data, context=context)
        body.is_valid(raise_exception=True)
        saved = save_plan(plan, by=self.user, version=version, content=body.content())
        return answer_plan(saved, self.user)


class PlanSubmit(ApiView):
    @extend_schema(
        operation_id="plan_submit", request=None, responses=PlanOut, parameters=[IF_MATCH, ETAG]
    )
    def post(self, request: Request, code: str) -> Response:
        """Freeze the draft that was read and send it to the approvers."""
        plan = get_object_or_404(plans_of(self.user), code=code)
        require(may_answer_for(self.user, plan.risk.owner_department_id))
        return answer_plan(
            submit_plan(plan, by=self.user, version=version_read(request)), self.user
        )


class PlanWithdraw(ApiView):
    @extend_schema(operation_id="plan_withdraw", request=WithdrawIn, responses=PlanOut)
    def post(self, request: Request, code: str) -> Response:
        """End the plan, or give up the version that is being written, with a reason."""
        plan = get_object_or_404(plans_of(self.user), code=code)
        require(may_answer_for(self.user, plan.risk.owner_department_id))
        body = WithdrawIn(data=request.data)
        body.is_valid(raise_exception=True)
        withdraw = discard_version if body.validated_data["what"] == "version" else withdraw_plan
        reason = body.validated_data["reason"]
        return answer_plan(withdraw(plan, by=self.user, reason=reason), self.user)


class PlanApprove(ApiView):
    @extend_schema(operation_id="plan_approve", request=DecisionIn, responses=PlanOut)
    def post(self, request: Request, code: str) -> Response:
        """Approve exactly the version whose hash is sent."""
        return _decide(self.user, request, code, Decision.APPROVED)


class PlanRequestChanges(ApiView):
    @extend_schema(operation_id="plan_request_changes", request=DecisionIn, responses=PlanOut)
    def post(self, request: Request, code: str) -> Response:
        """Ask the author for changes; the comment says which."""
        return _decide(self.user, request, code, Decision.CHANGES)


class PlanReject(ApiView):
    @extend_schema(operation_id="plan_reject", request=DecisionIn, responses=PlanOut)
    def post(self, request: Request, code: str) -> Response:
        """Refuse the plan; the comment says why."""
        return _decide(self.user, request, code, Decision.REJECTED)


def _decide(user: User, request: Request, code: str, decision: Decision) -> Response:
    plan = get_object_or_404(plans_of(user), code=code)
    if objection := own_plan_objection(user, plan):
        raise CannotDecide(objection)
    require(may_decide(user, plan.risk.owner_department_id))
    body = DecisionIn(data=request.data)
    body.is_valid(raise_exception=True)
    try:
        decide_plan(plan, by=user, decision=decision, **body.made)
    except ValidationError as refusal:
        raise body.refused(refusal) from refusal
    return answer_plan(plan, user)


def plans_of(user: User) -> QuerySet[ResponsePlan]:
    return ResponsePlan.objects.visible_to(user).select_related("risk", "head", "in_force")


def answer_plan(plan: ResponsePlan, user: User, status: int = 200) -> Response:
    stored = plans_to_answer(ResponsePlan.objects.visible_to(user)).get(pk=plan.pk)
    return versioned(plans_out([stored])[0], stored, status)
