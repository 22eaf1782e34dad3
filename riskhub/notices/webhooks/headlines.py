"""What a group is told: numbers, dates and levels, and no name or text that somebody typed. Pure.

A group has more readers than a notice: what a person says in a text, or is called, stays in the app.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_stubs_ext import StrOrPromise

from riskhub.notices.kinds import TITLES, filled

OWN: dict[str, StrOrPromise] = {
    "incident_hurt": _("Somebody is hurt: %(incident)s"),
    "incident_reported": _("An incident was reported: %(incident)s"),
    "proposal_urgent": _("Urgent, somebody was hurt or is in danger: a risk was filed"),
    "proposal_filed": _("A new risk was filed"),
    "proposal_answered": _("There is an answer about filing %(number)s"),
    "proposal_merged": _("A filed risk was added to %(risk)s"),
    "proposal_accepted": _("A filed risk became %(risk)s"),
    "proposal_asked": _("There is a question about a filed risk"),
    "proposal_waits": _("A filing has waited for more than %(days)d days"),
    "proposal_declined": _("A filed risk was declined"),
    "assessment_waiting": _("The assessment of %(risk)s waits for confirmation"),
    "assessment_rejected": _("The assessment of %(risk)s was sent back"),
    "plan_waiting": _("%(plan)s for %(risk)s waits for a decision"),
    "plan_due_soon": _("%(plan)s for %(risk)s: the decision is due on %(day)s"),
    "plan_due_today": _("%(plan)s for %(risk)s: the decision is due today, %(day)s"),
    "plan_overdue": _("The decision on %(plan)s for %(risk)s is overdue since %(day)s"),
    "plan_escalated": _("The decision on %(plan)s for %(risk)s is overdue since %(day)s"),
    "plan_approved_less": _("%(plan)s for %(risk)s was approved, with less than asked for"),
    "plan_needs_attention": _(
        "%(plan)s for %(risk)s needs attention: %(code)s does not hold any more"
    ),
    "scheme_waiting": _("Matrix %(matrix)s waits for a decision"),
    "scheme_approved": _("Matrix %(matrix)s was approved and is in force"),
    "scheme_changes": _("Matrix %(matrix)s: changes are requested"),
    "action_done": _("An action of %(plan)s is said to be done. Verify it"),
    "action_reopened": _("An action of %(plan)s is not done yet"),
    "check_overdue": _("The check of %(control)s is overdue since %(day)s"),
    "drill_due": _("The drill of %(plan)s is due on %(day)s"),
    "drill_overdue": _("The drill of %(plan)s is overdue since %(day)s"),
    "reassessment_asked": _("%(risk)s is to be judged again by %(day)s"),
    "reassessment_soon": _("The reassessment of %(risk)s is due on %(day)s"),
    "reassessment_late": _("The reassessment of %(risk)s is overdue since %(day)s"),
    "change_submitted": _("%(change)s is handed in"),
    "change_ready": _("%(change)s is ready: every risk was judged again"),
    "change_implemented": _("%(change)s is live"),
    "change_postponed": _("%(change)s is postponed"),
    "change_cancelled": _("%(change)s is cancelled"),
    "contingency_activated": _("%(incident)s: %(plan)s is activated"),
    "statutory_soon": _("%(incident)s: what the law asks for is due on %(due)s"),
    "statutory_late": _("%(incident)s: what the law asks for is overdue since %(due)s"),
    "comment_mentioned": _("Somebody was mentioned in a comment"),
    "stand_in_given": _("Somebody stands in for another from %(first)s to %(last)s"),
    "stand_in_named": _("Somebody stands in for another from %(first)s to %(last)s"),
    "stand_in_ended": _("Somebody does not stand in for another any more"),
    "stand_in_taken": _("Somebody does not stand in for another any more"),
    "import_applied": ngettext_lazy(
        "A file is imported: %(created)d risk", "A file is imported: %(created)d risks", "created"
    ),
    "records_applied": ngettext_lazy(
        "A file is imported: %(created)d record",
        "A file is imported: %(created)d records",
        "created",
    ),
    "import_failed": _("A file could not be imported"),
    "import_undone": _("An import was undone"),
}
_AS_IN_THE_APP = (
    "complaint_urgent", "complaint_received", "complaint_late", "complaint_amber",
    "complaint_amber_urgent", "plan_outgrown", "plan_approved", "plan_changes", "plan_rejected",
    "review_cycle_opened", "report_ready", "report_failed", "import_waiting",
)  # fmt: skip
"""Of numbers, dates and levels alone."""
HEADLINES = OWN | {kind: TITLES[kind] for kind in _AS_IN_THE_APP}
"""Every kind of notice has one; a test compares."""


def headline_of(kind: str, params: Mapping[str, Any]) -> str:
    """In the active language; raises KeyError for an unknown kind."""
    return filled(HEADLINES[kind], params)
