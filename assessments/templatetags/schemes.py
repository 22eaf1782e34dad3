"""The small parts of a matrix: a level, its state, an amount."""

from django import template
from django.utils.safestring import SafeString

from assessments.choices import SchemeState
from assessments.matrix_checks import Finding
from assessments.matrix_checks.losses import plain
from assessments.models import MatrixScheme
from registers.choices import LEVEL_WORDS, Level
from riskhub.web.templatetags.riskhub import level, state

register = template.Library()

_MARKS = {
    SchemeState.DRAFT: "draft",
    SchemeState.SUBMITTED: "wait",
    SchemeState.CHANGES_REQUESTED: "back",
    SchemeState.IN_FORCE: "done",
    SchemeState.RETIRED: "none",
    SchemeState.DISCARDED: "stop",
}


@register.simple_tag
def rank_level(rank: int) -> SafeString:
    """The chip of a level alone."""
    return level(LEVEL_WORDS[rank], str(Level(rank).label))


@register.simple_tag
def scheme_state(scheme: MatrixScheme) -> SafeString:
    return state(_MARKS[SchemeState(scheme.state)], scheme.get_state_display())


@register.filter
def yuan(amount: float | None) -> str:
    """Whole yuan with thousands separated."""
    return "" if amount is None else plain(amount)


@register.filter
def places(finding: Finding) -> str:
    """For the script of the editor: 15 24."""
    return " ".join(f"{p}{i}" for p, i in finding.cells)
