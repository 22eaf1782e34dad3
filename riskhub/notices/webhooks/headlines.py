"""What a group is told: numbers, dates and levels, and no name or text that somebody typed. Pure.

A group has more readers than a notice: what a person says in a text, or is called, stays in the app.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from riskhub.notices.kinds import TITLES, filled
from riskhub.notices.topics import TOPICS, Topic

OWN: dict[str, StrOrPromise] = {
    "incident_hurt": _("Somebody is hurt: %(incident)s"),
    "incident_reported": _("An incident was reported: %(incident)s"),
    "proposal_urgent": _("Urgent, somebody was hurt or is in danger: a risk was filed"),
    "proposal_filed": _("A new risk was filed"),
    "plan_waiting": _("%(plan)s for %(risk)s waits for a decision"),
    "plan_overdue": _("The decision on %(plan)s for %(risk)s is overdue since %(day)s"),
    "scheme_waiting": _("Matrix %(matrix)s waits for a decision"),
}
_AS_IN_THE_APP = ("complaint_urgent", "complaint_received", "complaint_late", "plan_outgrown")
HEADLINES = OWN | {kind: TITLES[kind] for kind in _AS_IN_THE_APP}


def headline_of(kind: str, params: Mapping[str, Any]) -> str:
    """In the active language; raises KeyError for a kind of which groups are not told."""
    return filled(HEADLINES[kind], params)


def told_topics() -> list[Topic]:
    """Of which a group can be told."""
    return [topic for topic in TOPICS if any(kind in HEADLINES for kind in topic.kinds)]
