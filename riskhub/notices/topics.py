"""What notices are about, as people choose by it how they hear of them. Pure.

By the day in one mail, unless it cannot wait: somebody hurt or an S1 complaint, a decision that is due, an
alarm. What the law wants done at once is not put off, and a decision that somebody owes is not left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from riskhub.notices.choices import Delivery

FIRST_HOUR = 8
"""Of the company's zone: when the daily mail goes out for whoever has chosen nothing else."""
_DIGEST_FIRST = (Delivery.DIGEST, Delivery.NOW, Delivery.BELL)


@dataclass(frozen=True)
class Topic:
    """`offered` is what may be chosen, that which counts without a choice first."""

    key: str
    name: StrOrPromise
    text: StrOrPromise
    kinds: tuple[str, ...]
    offered: tuple[Delivery, ...] = _DIGEST_FIRST

    @property
    def usual(self) -> Delivery:
        return self.offered[0]


TOPICS = (
    Topic(
        "danger", _("Danger"),
        _("Somebody is hurt or in danger, an S1 complaint came in, or the law sets a date."),
        (
            "incident_hurt", "proposal_urgent", "complaint_urgent", "statutory_soon",
            "statutory_late",
        ), (Delivery.NOW,),
    ),
    Topic(
        "decisions", _("Decisions due"), _("Something waits for you to decide or to confirm it."),
        (
            "assessment_waiting", "import_waiting", "plan_waiting", "plan_due_soon",
            "plan_due_today", "plan_overdue", "plan_escalated", "scheme_waiting",
        ),
        (Delivery.NOW, Delivery.DIGEST),
    ),
    Topic(
        "alarms", _("Alarms"),
        _(
            "A clock of a complaint ran out, or soon does of an S1 one; a plan no longer holds, or one is "
            "activated."
        ),
        (
            "complaint_late", "complaint_amber_urgent", "plan_needs_attention", "plan_outgrown",
            "contingency_activated",
        ),
        (Delivery.NOW, Delivery.DIGEST, Delivery.BELL),
    ),
    Topic(
        "arrivals", _("What comes in"), _("Complaints, incidents and filed risks."),
        ("complaint_received", "incident_reported", "proposal_filed", "proposal_waits"),
    ),
    Topic(
        "clocks", _("Clocks"), _("A complaint of yours has a quarter of its time left."),
        ("complaint_amber",),
    ),
    Topic(
        "answers", _("Answers to you"), _("What became of what you handed in or asked for."),
        (
            "assessment_rejected", "plan_approved", "plan_approved_less", "plan_changes",
            "plan_rejected", "scheme_approved", "scheme_changes", "action_done",
            "action_reopened", "proposal_answered", "proposal_accepted", "proposal_merged",
            "proposal_asked", "proposal_declined",
        ),
    ),
    Topic(
        "dates", _("Dates"), _("Reviews, checks, drills and reassessments that are due."),
        (
            "review_cycle_opened", "check_overdue", "drill_due", "drill_overdue",
            "reassessment_asked", "reassessment_soon", "reassessment_late",
        ),
    ),
    Topic(
        "changes", _("Process changes"), _("A change of a process is handed in, ready or live."),
        (
            "change_submitted", "change_ready", "change_implemented", "change_postponed",
            "change_cancelled",
        ),
    ),
    Topic(
        "people", _("People"), _("Somebody mentions you, or decides for you."),
        (
            "comment_mentioned", "stand_in_given", "stand_in_named", "stand_in_ended",
            "stand_in_taken",
        ),
    ),
    Topic(
        "files", _("Reports and files"), _("A report or an import is ready, or failed."),
        (
            "report_ready", "report_failed", "import_applied", "records_applied", "import_failed",
            "import_undone",
        ),
    ),
)  # fmt: skip
_OF_KIND = dict(chain.from_iterable(((kind, topic) for kind in topic.kinds) for topic in TOPICS))
_OTHER = Topic("other", "", "", ())


def topic_of(kind: str) -> Topic:
    """What nobody has put under a topic is told in the daily mail."""
    return _OF_KIND.get(kind, _OTHER)


def chosen(found: Mapping[str, str]) -> dict[str, Delivery]:
    """By topic: what somebody chose, where it is still offered, else what is usual."""
    return {
        topic.key: Delivery(found[topic.key])
        if found.get(topic.key) in topic.offered
        else topic.usual
        for topic in TOPICS
    }
