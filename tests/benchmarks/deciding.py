"""The inbox of whoever approves, with five hundred plans waiting, beside the bare floor of its rows."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, ResponsePlan
from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import confirm_assessments, create_plan, submit_plan
from registers.choices import Level
from riskhub.accounts.services import assign_role, create_user
from tests.benchmarks.pages import LIST_RATIO, bare_floor, queries, side_by_side, signed_in

WAITING = 500
QUERIES = 16


def inbox(table, people):
    """Of the risks that `judging` has left waiting for a second person."""
    approver = create_user(by=None, username="decider", display_name="马文斌")
    assign_role(approver, by=None, role="approver")
    hand_in(people.manager, approver)
    get, url = signed_in(approver), reverse("assessments:plan_waiting")
    if b"RP-" not in get(url).content:
        raise RuntimeError("The inbox is empty.")
    table.add_count(f"{WAITING} plans to decide: queries", queries(get, url), QUERIES)
    page, bare = side_by_side(lambda: get(url), lambda: bare_floor({}, "plans/"))
    table.add(
        f"{WAITING} plans to decide", page, beside=bare, limit=LIST_RATIO * bare,
        words=f"<= {LIST_RATIO} x the floor",
    )  # fmt: skip


def hand_in(manager, approver):
    high = Assessment.objects.waiting().filter(residual_level=Level.HIGH).select_related("risk")
    judged = list(high.order_by("pk")[:WAITING])
    confirm_assessments(judged, by=approver)
    due_on = (timezone.localdate() + timedelta(days=30)).isoformat()
    content = PlanContent(
        "mitigate", objective="半年内降到中",
        actions=(PlannedAction("a1", "完工试压 10 分钟并拍照", manager.pk, due_on),),
    )  # fmt: skip
    for one in judged:
        submit_plan(create_plan(one.risk, by=manager, content=content), by=manager)
    found = ResponsePlan.objects.awaiting_approval().count()
    if found != WAITING:
        raise RuntimeError(f"{found} of {WAITING} plans wait.")
