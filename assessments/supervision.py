"""What the table of departments says of actions and assessments."""

from datetime import timedelta

from django.db.models import Count, F, Q, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import ActionState, AssessmentState
from assessments.models import Action, Assessment
from assessments.plans.action_lists import ALL, OVERDUE
from assessments.reassessments.lists import ALL as TASKS
from assessments.reassessments.lists import LATE, tasks_in
from riskhub.accounts.models import User
from riskhub.company.preferences import company_zone
from riskhub.oversight.supervision import Column, Part

WINDOW = timedelta(days=90)
_DAYS_90 = _("in 90 days")


def action_columns(user: User) -> list[Column]:
    """By the department of the action, which need not be that of the risk. One query."""
    today = timezone.localdate()
    pending = Q(state__in=[ActionState.OPEN, ActionState.DOING])
    done = Q(done_at__gte=timezone.now() - WINDOW)
    day_done = TruncDate("done_at", tzinfo=company_zone())
    rows = (
        Action.objects.visible_to(user)
        .order_by()
        .alias(day_done=day_done)
        .values("department")
        .annotate(
            open=Count(Value(1), filter=pending),
            late=Count(Value(1), filter=pending & Q(due_on__lt=today)),
            done=Count(Value(1), filter=done),
            in_time=Count(Value(1), filter=done & Q(day_done__lte=F("due_on"))),
        )
    )
    counted = {row["department"]: row for row in rows}
    url = f"{reverse('assessments:action_list')}?department={{code}}&view="
    return [
        Column(
            _("Open actions"), {key: Part(row["open"]) for key, row in counted.items()}, url + ALL
        ),
        Column(
            _("Late actions"), {key: Part(row["late"]) for key, row in counted.items()},
            url + OVERDUE, is_alarm=True,
        ),
        Column(
            _("Actions in time"),
            {key: Part(row["in_time"], row["done"]) for key, row in counted.items()},
            hint=_DAYS_90, is_share=True,
        ),
    ]  # fmt: skip


def reassessment_columns(user: User) -> list[Column]:
    """Risks that have to be judged again; one query."""
    tasks = tasks_in(TASKS, user).order_by().values("risk__owner_department")
    late = Count(Value(1), filter=Q(due_on__lt=timezone.localdate()))
    rows = tasks.annotate(open=Count("*"), late=late)
    counted = {row["risk__owner_department"]: row for row in rows}
    url = f"{reverse('assessments:reassessment_list')}?department={{code}}&view="
    return [
        Column(
            _("Reassessments"), {key: Part(row["open"]) for key, row in counted.items()},
            url + TASKS,
        ),
        Column(
            _("Overdue reassessments"), {key: Part(row["late"]) for key, row in counted.items()},
            url + LATE, is_alarm=True,
        ),
    ]  # fmt: skip


def assessment_columns(user: User) -> list[Column]:
    """Of what was judged in the last 90 days: the share that another person sent back. One query."""
    decided = [AssessmentState.CONFIRMED, AssessmentState.SUPERSEDED, AssessmentState.REJECTED]
    since = timezone.localdate() - WINDOW
    rows = (
        Assessment.objects.visible_to(user)
        .filter(state__in=decided, assessed_on__gte=since)
        .order_by()
        .values("risk__owner_department")
        .annotate(
            back=Count(Value(1), filter=Q(state=AssessmentState.REJECTED)), decided=Count("*")
        )
    )  # fmt: skip
    parts = {row["risk__owner_department"]: Part(row["back"], row["decided"]) for row in rows}
    return [Column(_("Assessments sent back"), parts, hint=_DAYS_90, is_share=True)]
