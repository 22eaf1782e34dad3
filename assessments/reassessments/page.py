"""What the page of a risk says of its open reassessment tasks."""

from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import ReassessmentTask
from assessments.permissions import can_assess_risk
from assessments.reassessments.waiving import waiving_of
from registers.flags import Flag
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.entry.day_words import day

_KEPT = "_open_reassessments"


def open_tasks_of(risk: Risk) -> list[ReassessmentTask]:
    """What is due first at the top; one query however often the page asks."""
    if _KEPT not in risk.__dict__:
        tasks = ReassessmentTask.objects.filter(risk=risk).open().order_by("due_on", "pk")
        risk.__dict__[_KEPT] = list(tasks)
        for task in risk.__dict__[_KEPT]:
            task.risk = risk
    found: list[ReassessmentTask] = risk.__dict__[_KEPT]
    return found


def reassessment_flags(_user: User, risk: Risk) -> list[Flag]:
    """One flag, however many reasons there are; an alert when the first day is over."""
    tasks = open_tasks_of(risk)
    if not tasks:
        return []
    first = tasks[0]
    facts = {"day": day(first.due_on), "reason": first.get_reason_display(), "count": len(tasks)}
    if first.due_on < timezone.localdate():
        words = _("Reassessment overdue since %(day)s") % facts
        return [Flag(words, "arrow-path", is_alert=True)]
    if len(tasks) == 1:
        return [Flag(_("Reassess by %(day)s: %(reason)s") % facts, "arrow-path")]
    words = ngettext(
        "Reassess by %(day)s: %(count)d reason",
        "Reassess by %(day)s: %(count)d reasons",
        len(tasks),
    )
    return [Flag(words % facts, "arrow-path")]


def reassessment_card(user: User, risk: Risk) -> SafeString:
    tasks = open_tasks_of(risk)
    if not tasks:
        return SafeString("")
    waiving = waiving_of(user, tasks)
    context = {
        "risk": risk,
        "tasks": [(task, task.pk in waiving.may, task.pk in waiving.own) for task in tasks],
        "may_assess": can_assess_risk(user, risk),
        "today": timezone.localdate(),
    }
    return SafeString(get_template("assessments/reassessment_card.html").render(context))
