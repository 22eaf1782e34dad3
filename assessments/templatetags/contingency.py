"""The parts of a contingency plan that stand on every list: its state, how far it is proven, its drill."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.contingency.choices import (
    DrillResult,
    DrillState,
    Feasibility,
    GapState,
    VersionState,
)
from assessments.contingency.feasibility import is_missed
from assessments.contingency.phones import Piece, pieces
from assessments.models import ContingencyPlan, Drill, DrillGap
from riskhub.accounts.bilingual import in_language
from riskhub.entry.day_words import day
from riskhub.web.templatetags.riskhub import state

register = template.Library()

_STATE_MARKS = {
    VersionState.DRAFT: "draft",
    VersionState.IN_FORCE: "run",
    VersionState.RETIRED: "stop",
}
_PROOF_MARKS = {
    Feasibility.PROVEN: "done", Feasibility.UNPROVEN: "wait", Feasibility.FAILED: "late",
}  # fmt: skip
_DRILL_MARKS = {
    DrillState.SCHEDULED: "wait", DrillState.HELD: "done", DrillState.MISSED: "late",
    DrillState.RESCHEDULED: "back",
}  # fmt: skip
_RESULT_MARKS = {DrillResult.PASS: "done", DrillResult.PARTLY: "wait", DrillResult.FAIL: "late"}
_GAP_MARKS = {GapState.OPEN: "run", GapState.DONE: "wait", GapState.VERIFIED: "done"}
_HOUR, _DAY = 60, 24 * 60


@register.simple_tag
def contingency_state(plan: ContingencyPlan) -> SafeString:
    found = VersionState(plan.state)
    return state(_STATE_MARKS[found], str(found.label))


@register.simple_tag
def feasibility(plan: ContingencyPlan) -> SafeString:
    """Of a plan `with_drills()` that is in force."""
    found = plan.feasibility_on(timezone.localdate())
    return state(_PROOF_MARKS[found], str(found.label))


@register.simple_tag
def drill_due(plan: ContingencyPlan, today: date) -> str:
    """The day of the next drill; in red, and said, where it has passed."""
    due_on: date | None = plan.drill_on  # type: ignore[attr-defined]  # with_drills()
    if due_on is None:
        return format_html('<span class="rh-3">{}</span>', _("none scheduled"))
    if due_on >= today:
        return day(due_on)
    words = _("overdue since %(day)s") % {"day": day(due_on)}
    return format_html('<span class="rh-alert">{}</span>', words)


@register.simple_tag
def drill_state(drill: Drill) -> SafeString:
    """Its result where it was held; late where its day has passed."""
    if drill.state == DrillState.HELD:
        result = DrillResult(drill.result)
        return state(_RESULT_MARKS[result], str(result.label))
    if drill.is_overdue:
        return state("late", _("overdue since %(day)s") % {"day": day(drill.scheduled_on)})
    return state(_DRILL_MARKS[DrillState(drill.state)], drill.get_state_display())


@register.simple_tag
def gap_state(gap: DrillGap) -> SafeString:
    return state(_GAP_MARKS[GapState(gap.state)], gap.get_state_display())


@register.filter
def after(minutes: int | None) -> str:
    """At once, 5 min, 2 h, 3 days: how long after it has happened."""
    if minutes is None:
        return ""
    if not minutes:
        return _("at once")
    if minutes % _DAY == 0:
        count = minutes // _DAY
        return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
    if minutes % _HOUR == 0:
        return _("%(count)d h") % {"count": minutes // _HOUR}
    return _("%(count)d min") % {"count": minutes}


@register.filter
def dial(text: str, look: str) -> SafeString:
    """The text, each number in it a link of that class that dials it."""
    return format_html_join(
        "", "{}", ((_as_link(piece, look) if piece.number else piece.words,) for piece in pieces(text))
    )  # fmt: skip


def _as_link(piece: Piece, look: str) -> SafeString:
    return format_html('<a class="{}" href="tel:{}">{}</a>', look, piece.number, piece.words)


@register.simple_tag
def either(zh: str, en: str) -> str:
    """A text that was kept in both languages, in the one of the page."""
    return in_language(zh, en)


@register.simple_tag
def took(timing: dict[str, Any]) -> str:
    """How long a step took; in red, and said, where that was too long or it was not done."""
    if timing["took"] is None:
        return format_html('<span class="rh-alert">{}</span>', _("not done"))
    if not is_missed(timing["took"], timing["target"]):
        return after(timing["took"])
    words = _("%(time)s, too late") % {"time": after(timing["took"])}
    return format_html('<span class="rh-alert">{}</span>', words)
