"""What reassessment tasks put on the home page and on /my/: each number is that of its list."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from assessments.late import due_words
from assessments.models import ReassessmentTask
from assessments.permissions import can_answer_any, can_assess_risk
from assessments.reassessments.lists import LATE, MINE, tasks_in
from riskhub.accounts.models import User
from riskhub.oversight.cards import MY, NEEDS, Card, Row, Section, first_and_counted, register_card


def register_reassessment_cards() -> None:
    register_card(Card("my_reassessments", NEEDS, 35, can_answer_any, mine))
    register_card(Card("late_reassessments", NEEDS, 74, can_answer_any, late))
    register_card(Card("reassessments_of_mine", MY, 15, can_answer_any, mine_or_none))


def mine(user: User) -> Section | None:
    return _section(user, MINE, gettext_lazy("My reassessments"))


def mine_or_none(user: User) -> Section:
    """On /my/, where it says too that there is none."""
    hint = gettext_lazy("No risk waits for you to judge it again.")
    return mine(user) or Section(gettext_lazy("My reassessments"), 0, "", hint=hint)


def late(user: User) -> Section | None:
    """Of everybody whom one sees: whoever answers for risks asks why they were not judged."""
    return _section(user, LATE, gettext_lazy("Overdue reassessments"))


def _section(user: User, view: str, title: StrOrPromise) -> Section | None:
    tasks = tasks_in(view, user).for_list()
    first, count, is_late = first_and_counted(tasks, Q(due_on__lt=timezone.localdate()))
    if not count:
        return None
    rows = [_row(user, task) for task in first]
    url = f"{reverse('assessments:reassessment_list')}?view={view}"
    return Section(title, count, url, rows, late=is_late)


def _row(user: User, task: ReassessmentTask) -> Row:
    risk, is_late = task.risk, task.due_on < timezone.localdate()
    may = can_assess_risk(user, risk)
    return Row(
        risk.get_absolute_url(), risk.name, "arrow-path",
        meta=[risk.code, risk.owner_department.name, str(task.get_reason_display())],
        fact=due_words(task.due_on), is_late=is_late,
        action=gettext_lazy("Assess") if may else "",
        action_url=reverse("assessments:assessment_create", args=[risk.code]),
    )  # fmt: skip
