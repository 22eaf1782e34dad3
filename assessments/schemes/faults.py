"""What keeps a draft of the matrix from being handed in, in sentences. Pure."""

from django.utils.translation import gettext as _

from assessments.matrix_checks import Severity, check_matrix
from assessments.schemes.content import MONTHS_OF_CRITICAL, SchemeContent
from registers.choices import Level


def faults_of(content: SchemeContent) -> list[str]:
    """The errors of the checks, and the words and figures that are missing."""
    return [
        one.sentence for one in check_matrix(content.drawn) if one.severity == Severity.ERROR
    ] + missing_in(content)


def missing_in(content: SchemeContent) -> list[str]:
    found = []
    if not content.name.is_whole:
        found.append(_("The matrix needs a name in both languages."))
    for axis, steps in ((_("Probability"), content.probability), (_("Impact"), content.impact)):
        for score, step in enumerate(steps, start=1):
            if not all(words.is_whole for words in (step.name, *step.anchors)):
                said = _("%(axis)s %(score)d: name and descriptions are needed in both languages.")
                found.append(said % {"axis": axis, "score": score})
    for rank, rule in enumerate(content.rules):
        named = {"level": Level(rank).label}
        if not rule.text.is_whole:
            said = _("%(level)s: say in both languages what the level means for the risk.")
            found.append(said % named)
        if rule.needs_approval and not (rule.needs_plan and rule.approval_days):
            found.append(_("%(level)s: an approval needs a plan and a number of days.") % named)
    return found + _falling(content)


def _falling(content: SchemeContent) -> list[str]:
    """A higher level never asks for less."""
    found = []
    flags = {
        "needs_plan": _("a plan"), "needs_approval": _("an approval"),
        "needs_special_measures": _("special measures"), "needs_contingency": _("a contingency plan"),
    }  # fmt: skip
    for name, words in flags.items():
        for rank in Level.values[:-1]:
            low, high = content.rules[rank], content.rules[rank + 1]
            if getattr(low, name) and not getattr(high, name):
                said = _("%(low)s needs %(what)s, so %(high)s needs it too.")
                found.append(
                    said % {"low": Level(rank).label, "what": words, "high": Level(rank + 1).label}
                )
    if not content.rules[Level.HIGH].needs_approval:
        found.append(_("High and above need an approved plan: that is fixed."))
    if content.rules[Level.CRITICAL].review_months != MONTHS_OF_CRITICAL:
        found.append(_("Critical is reviewed every month: that is fixed."))
    return found
