"""The small parts of judgement and response: a level by its cell, the states."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.choices import ActionState, AssessmentState
from assessments.comparison import check_words, steps_words
from assessments.matrix import Cell
from assessments.models import (
    Action,
    Assessment,
    AssessmentControl,
    PlanVersion,
    ResourceLine,
    ResponsePlan,
)
from assessments.plans.content import PlanContent, PlannedResource
from assessments.plans.page import cell_of
from assessments.plans.words import asked_words, exact_words, standing_words
from registers.choices import LEVEL_WORDS, Level
from registers.responses import response_mark
from riskhub.entry.day_words import day
from riskhub.web.templatetags.riskhub import level, state

register = template.Library()

_ASSESSMENT_MARKS = {
    AssessmentState.DRAFT: "draft",
    AssessmentState.SUBMITTED: "wait",
    AssessmentState.CONFIRMED: "done",
    AssessmentState.SUPERSEDED: "none",
    AssessmentState.REJECTED: "back",
}
_ACTION_MARKS = {
    ActionState.OPEN: "draft",
    ActionState.DOING: "run",
    ActionState.DONE: "done",
    ActionState.VERIFIED: "done",
    ActionState.CANCELLED: "none",
}


@register.simple_tag
def cell_level(cell: Cell | None) -> SafeString:
    """The chip of a cell with its scores."""
    if cell is None:
        return level(None)
    return level(LEVEL_WORDS[cell.level], str(Level(cell.level).label), *cell.pair)


@register.simple_tag
def rank_chip(rank: int) -> SafeString:
    """The chip of a level without scores."""
    return level(LEVEL_WORDS[rank], str(Level(rank).label))


@register.simple_tag
def assessed_level(assessment: Assessment, kind: str) -> SafeString:
    """The chip of one of its cells: `inherent`, `residual` or `target`."""
    rank = getattr(assessment, f"{kind}_level")
    if rank is None:
        return SafeString("")
    scores = (getattr(assessment, f"{kind}_{axis}") for axis in ("probability", "impact"))
    return level(LEVEL_WORDS[rank], str(Level(rank).label), *scores)


@register.simple_tag
def reads_now(assessment: Assessment, kind: str) -> str:
    """Its level in the matrix in force, where that differs: "High under M2". Reads `name_matrices`."""
    cell: Cell | None = assessment.readings.get(kind)  # type: ignore[attr-defined]
    if cell is None:
        return ""
    words = {"level": Level(cell.level).label, "matrix": assessment.matrix_in_force}  # type: ignore[attr-defined]
    return _("%(level)s under %(matrix)s") % words


@register.simple_tag
def counted_words(row: AssessmentControl) -> str:
    """By how many steps it lowered which score, or that it was not counted."""
    return steps_words(row.probability, row.impact) if row.is_counted else _("not counted")


@register.simple_tag
def controls_words(assessment: Assessment) -> str:
    """Which controls it relies on; reads `with_controls`."""
    counted = [row.control.code for row in assessment.controls.all() if row.is_counted]
    if not counted:
        return _("No control counted")
    words = ngettext("Control counted: %(codes)s", "Controls counted: %(codes)s", len(counted))
    return words % {"codes": pgettext("between names", ", ").join(counted)}


@register.simple_tag
def net_of_words(assessment: Assessment) -> str:
    """By how many steps its policy lowered the impact."""
    return steps_words(0, assessment.policy_impact)


@register.simple_tag
def checked_words(row: AssessmentControl) -> str:
    """Its last check as it stood then, with the day."""
    words = check_words(row.check_result, row.sample_size, row.exceptions)
    if row.checked_on is None:
        return words
    return _("%(found)s, %(day)s") % {"found": words, "day": day(row.checked_on)}


@register.simple_tag
def version_level(version: PlanVersion) -> SafeString:
    """The chip of the level at submission."""
    return cell_level(cell_of(version, "residual"))


@register.simple_tag
def version_target(version: PlanVersion) -> SafeString:
    """The chip of the target at submission."""
    return cell_level(cell_of(version, "target"))


@register.simple_tag
def assessment_state(assessment: Assessment) -> SafeString:
    """Reads what `name_returns` said of those that were sent back."""
    mark = _ASSESSMENT_MARKS[AssessmentState(assessment.state)]
    is_taken_back = getattr(assessment, "is_taken_back", False)
    return state(mark, _("Taken back") if is_taken_back else assessment.get_state_display())


@register.simple_tag
def plan_state(plan: ResponsePlan) -> SafeString:
    """Its state; with the version in force where the newest is another one."""
    return state(response_mark(plan.state), standing_words(plan))


@register.simple_tag
def action_state(action: Action) -> SafeString:
    return state(_ACTION_MARKS[ActionState(action.state)], action.get_state_display())


@register.simple_tag
def resource_words(asked: PlannedResource) -> str:
    """How much is asked for, in full and with its unit."""
    return exact_words(asked.kind, asked.quantity, asked.unit)


@register.simple_tag
def amount_of(line: ResourceLine, amount: Decimal) -> str:
    """An amount in the unit of a resource, in full."""
    return exact_words(line.kind, amount, line.unit)


@register.filter
def asked_for(version: PlanVersion) -> str:
    """What a version asks for in all; empty where it asks for nothing."""
    return pgettext("between names", ", ").join(asked_words(PlanContent.parse(version.content)))
