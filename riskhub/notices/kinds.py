"""The words of each kind of notice: an English msgid with named places."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

TITLES: dict[str, StrOrPromise] = {
    "assessment_waiting": _("The assessment of %(risk)s %(title)s waits for confirmation"),
    "assessment_rejected": _("Your assessment of %(risk)s was sent back: %(reason)s"),
    "plan_waiting": _("%(plan)s for %(risk)s %(title)s waits for your decision"),
    "plan_due_soon": _("%(plan)s for %(risk)s %(title)s: your decision is due on %(day)s"),
    "plan_due_today": _("%(plan)s for %(risk)s %(title)s: your decision is due today, %(day)s"),
    "plan_overdue": _("%(plan)s for %(risk)s %(title)s: your decision is overdue since %(day)s"),
    "plan_escalated": _(
        "The decision on %(plan)s for %(risk)s %(title)s is overdue since %(day)s. "
        "Who can decide: %(names)s"
    ),
    "plan_approved": _("%(plan)s for %(risk)s was approved"),
    "plan_approved_less": _(
        "%(plan)s for %(risk)s was approved, with less than asked for: %(lines)s"
    ),
    "plan_changes": _("%(plan)s for %(risk)s: changes are requested"),
    "plan_rejected": _("%(plan)s for %(risk)s was rejected"),
    "scheme_waiting": _("Matrix %(matrix)s %(name)s waits for your decision"),
    "scheme_approved": _("Matrix %(matrix)s %(name)s was approved and is in force"),
    "scheme_changes": _("Matrix %(matrix)s %(name)s: changes are requested"),
    "action_done": _("%(name)s says it is done: %(title)s (%(plan)s). Verify it"),
    "action_reopened": _("Not done yet: %(title)s (%(plan)s): %(reason)s"),
    "stand_in_given": _("You decide for %(name)s from %(first)s to %(last)s: %(reason)s"),
    "stand_in_named": _("%(deputy)s decides for you from %(first)s to %(last)s"),
    "stand_in_ended": _("You do not decide for %(name)s any more"),
    "stand_in_taken": _("%(deputy)s does not decide for you any more"),
    "review_cycle_opened": _("The review of %(quarter)s is open"),
    "proposal_filed": _("A new risk was filed: %(text)s"),
    "proposal_urgent": _("Urgent, somebody was hurt or is in danger: %(text)s"),
    "proposal_answered": _("Answer about filing %(number)s: %(text)s"),
    "proposal_accepted": _("What you filed became %(risk)s"),
    "proposal_merged": _("What you filed was added to %(risk)s"),
    "proposal_asked": _("A question about what you filed: %(question)s"),
    "proposal_waits": _("A filing has waited for more than %(days)d days: %(text)s"),
    "proposal_declined": _("What you filed was declined: %(reason)s"),
    "check_overdue": _("The check of %(control)s %(title)s is overdue since %(day)s"),
    "drill_due": _("The drill of %(plan)s %(title)s is due on %(day)s"),
    "drill_overdue": _("The drill of %(plan)s %(title)s is overdue since %(day)s"),
    "reassessment_asked": _("%(risk)s %(title)s is to be judged again by %(day)s: %(reason)s"),
    "reassessment_soon": _("The reassessment of %(risk)s %(title)s is due on %(day)s: %(reason)s"),
    "reassessment_late": _(
        "The reassessment of %(risk)s %(title)s is overdue since %(day)s: %(reason)s"
    ),
    "plan_needs_attention": _(
        "%(plan)s for %(risk)s needs attention: %(code)s %(name)s does not hold any more"
    ),
    "plan_outgrown": _(
        "%(plan)s for %(risk)s needs attention: the risk now stands at %(level)s, and the plan in force "
        "lacks what that level asks for"
    ),
    "change_submitted": _("%(name)s hands in %(change)s %(title)s"),
    "change_ready": _("%(change)s %(title)s is ready: every risk was judged again"),
    "change_implemented": _("%(change)s %(title)s is live"),
    "change_postponed": _("%(change)s %(title)s is postponed: %(reason)s"),
    "change_cancelled": _("%(change)s %(title)s is cancelled: %(reason)s"),
    "complaint_received": _("A complaint came in: %(code)s. The customer hears from us by %(due)s"),
    "complaint_urgent": _("Urgent complaint: %(code)s. The customer hears from us by %(due)s"),
    "complaint_amber": _("%(code)s: %(step)s is due by %(due)s, a quarter of its time is left"),
    "complaint_amber_urgent": _(
        "Urgent, %(code)s: %(step)s is due by %(due)s, a quarter of its time is left"
    ),
    "complaint_late": _("%(code)s: %(step)s is overdue since %(due)s"),
    "incident_hurt": _("Somebody is hurt: %(incident)s %(text)s"),
    "incident_reported": _("An incident was reported: %(incident)s %(text)s"),
    "contingency_activated": _("%(incident)s: %(plan)s %(title)s is activated"),
    "statutory_soon": _("%(incident)s: %(rule)s is due on %(due)s"),
    "statutory_late": _("%(incident)s: %(rule)s is overdue since %(due)s"),
    "comment_mentioned": _("%(name)s mentions you in a comment on %(thing)s"),
    "report_ready": _("The report %(period)s is ready"),
    "report_failed": _("The report %(period)s could not be made"),
    "import_applied": ngettext_lazy(
        "%(file)s is imported: %(created)d risk",
        "%(file)s is imported: %(created)d risks",
        "created",
    ),
    "records_applied": ngettext_lazy(
        "%(file)s is imported: %(created)d record",
        "%(file)s is imported: %(created)d records",
        "created",
    ),
    "import_failed": _("%(file)s could not be imported"),
    "import_undone": _("%(name)s undid the import of %(file)s: %(reason)s"),
    "import_waiting": ngettext_lazy(
        "%(count)d imported assessment of %(register)s waits for confirmation",
        "%(count)d imported assessments of %(register)s wait for confirmation",
        "count",
    ),
}


def title_of(kind: str, params: Mapping[str, Any]) -> str:
    """In the active language; raises KeyError for an unknown kind.

    A value that is a mapping is a name in each language, by the language's code.
    """
    return filled(TITLES[kind], params)


def filled(words: StrOrPromise, params: Mapping[str, Any]) -> str:
    """In the active language; a mapping among the values is a name in each language."""
    language = get_language() or settings.LANGUAGE_CODE
    names = {name: value[language] for name, value in params.items() if isinstance(value, Mapping)}
    return str(words % ({**params, **names} if names else params))
