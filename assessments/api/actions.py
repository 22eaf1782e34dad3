"""`/api/v1/actions/`: what is to be done for the plans in force, and how far it is."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.plan_answers import ActionOut
from assessments.choices import ActionState
from assessments.models import Action
from assessments.permissions import may_finish_action, may_verify_action
from assessments.services import finish_action, reopen_action, start_action, verify_action
from registers.api.risk_bodies import Reason, reason_in
from registers.querysets import people_of
from riskhub.accounts.models import User
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Chosen, OneOf, Prose
from riskhub.web.api.pages import Pages, paged
from riskhub.web.api.views import ApiView


class ByDay(Pages):
    ordering = ("due_on", "id")


class ActionInList(ActionOut):
    """With the plan and the risk that it belongs to."""

    id = serializers.IntegerField()
    plan = serializers.CharField(source="plan.code")
    risk = serializers.CharField(source="plan.risk.code")


class ActionQuery(serializers.Serializer[Any]):
    state = OneOf(ActionState.choices, required=False)
    owner = Chosen(people_of, by="username", required=False)


class Done(Body):
    note = Prose(max_length=2000, help_text="What was done, and what shows it.")


class ActionList(ApiView):
    filters = tuple(ActionQuery().fields)
    pagination_class = ByDay

    @extend_schema(
        operation_id="action_list", parameters=[ActionQuery], responses=ActionInList(many=True)
    )
    def get(self, request: Request) -> Response:
        """In every state, the one that is due first at the top."""
        query = ActionQuery(data=request.query_params.dict(), context={"request": request})
        query.is_valid(raise_exception=True)
        return paged(self, _actions(self.user).filter(**query.validated_data), _out)


class ActionStart(ApiView):
    @extend_schema(operation_id="action_start", request=None, responses=ActionInList)
    def post(self, _request: Request, number: int) -> Response:
        """Somebody works on it."""
        action = get_object_or_404(_actions(self.user), pk=number)
        require(may_finish_action(self.user, action))
        start_action(action, by=self.user)
        return _answer(action, self.user)


class ActionFinish(ApiView):
    @extend_schema(operation_id="action_finish", request=Done, responses=ActionInList)
    def post(self, request: Request, number: int) -> Response:
        """Done, with a word on what was done."""
        action = get_object_or_404(_actions(self.user), pk=number)
        require(may_finish_action(self.user, action))
        body = Done(data=request.data)
        body.is_valid(raise_exception=True)
        finish_action(action, by=self.user, note=body.validated_data["note"])
        return _answer(action, self.user)


class ActionVerify(ApiView):
    @extend_schema(operation_id="action_verify", request=None, responses=ActionInList)
    def post(self, _request: Request, number: int) -> Response:
        """Another person than the one who did it has seen that it is done."""
        action = get_object_or_404(_actions(self.user), pk=number)
        require(may_verify_action(self.user, action))
        verify_action(action, by=self.user)
        return _answer(action, self.user)


class ActionReopen(ApiView):
    @extend_schema(operation_id="action_reopen", request=Reason, responses=ActionInList)
    def post(self, request: Request, number: int) -> Response:
        """It is not done after all; the reason says what is missing."""
        action = get_object_or_404(_actions(self.user), pk=number)
        require(may_verify_action(self.user, action))
        reopen_action(action, by=self.user, reason=reason_in(request))
        return _answer(action, self.user)


def _actions(user: User) -> QuerySet[Action]:
    return Action.objects.visible_to(user).select_related(
        "plan__risk", "owner", "done_by", "verified_by", "control"
    )


def _out(actions: Sequence[Action]) -> list[dict[str, Any]]:
    return list(ActionInList(actions, many=True).data)


def _answer(action: Action, user: User) -> Response:
    return Response(_out([_actions(user).get(pk=action.pk)])[0])
