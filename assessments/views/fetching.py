"""Fetch what this user sees: everything else does not exist for them."""

from django.shortcuts import get_object_or_404

from assessments.models import (
    Action,
    Assessment,
    ProcessChange,
    ResourceLine,
    ResponsePlan,
)
from registers.models import Risk
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


def visible_risk(request: SignedInRequest, code: str) -> Risk:
    return get_object_or_404(Risk.objects.visible_to(request.user).for_page().coded(code))


def visible_plan(request: SignedInRequest, code: str) -> ResponsePlan:
    plans = ResponsePlan.objects.visible_to(request.user).for_page()
    return get_object_or_404(plans, code=code.upper())


def visible_change(request: SignedInRequest, code: str) -> ProcessChange:
    changes = ProcessChange.objects.visible_to(request.user)
    changes = changes.select_related("department", "requested_by", "implemented_by", "reviewed_by")
    return get_object_or_404(changes, code=code.upper())


def visible_assessment(request: SignedInRequest, key: int) -> Assessment:
    assessments = Assessment.objects.visible_to(request.user).select_related("risk", "assessor")
    return get_object_or_404(assessments, pk=key)


def visible_action(request: SignedInRequest, key: int) -> Action:
    actions = Action.objects.visible_to(request.user).select_related("plan__risk", "owner")
    return get_object_or_404(actions, pk=key)


def visible_resource(request: SignedInRequest, key: int) -> ResourceLine:
    lines = ResourceLine.objects.visible_to(request.user).select_related("version__plan__risk")
    return get_object_or_404(lines, pk=key)
