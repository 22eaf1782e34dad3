"""What a judgement rests on, checked: no control, no reduction, and the worst dimension decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.choices import Dimension, Method, ScoreKind
from assessments.counting import has_failed, usual_effects
from assessments.effects import (
    MOST_STEPS,
    Effect,
    Lowering,
    NetOf,
    Pair,
    is_below,
    proposed_residual,
    uncovered_axes,
)
from assessments.lec import AREA, Lec
from assessments.lec_words import lec_words
from assessments.matrix import QUALITATIVE_SCORES, SCORES
from assessments.models import Assessment
from registers.models import RiskControl
from registers.models.transfers import Transfer
from riskhub.entry.texts import prose

ENOUGH = 10
"""So many characters at least say why the residual is below what the controls give."""
Links = Mapping[int, RiskControl]
"""What is in use on the risk, by the key of the control."""
Policies = Mapping[int, Transfer]
"""In force today, by their keys."""
_NO_POLICIES: Policies = {}


@dataclass(frozen=True)
class Score:
    """The impact in one dimension."""

    dimension: str
    score: int
    note: str = ""

    @property
    def label(self) -> str:
        return str(Dimension(self.dimension).label)


@dataclass(frozen=True)
class Basis:
    """`effects` of the controls in use; None counts them as their links say.

    `inherent` and `residual` are the impact by dimension, empty where only the worst was judged.
    """

    effects: tuple[Effect, ...] | None = None
    inherent: tuple[Score, ...] = ()
    residual: tuple[Score, ...] = ()
    evidence: str = ""
    lec: Lec | None = None
    net_of: NetOf | None = None

    def injury(self, kind: str) -> int | None:
        """Its impact, where somebody said it."""
        scores: tuple[Score, ...] = getattr(self, kind)
        return next((one.score for one in scores if one.dimension == Dimension.INJURY), None)


@dataclass(frozen=True)
class Grounds:
    """An assessment with its basis, and the controls that were in use on its risk."""

    assessment: Assessment
    basis: Basis
    effects: Sequence[Effect]
    links: Links
    policies: Policies

    @property
    def lowering(self) -> Sequence[Lowering]:
        """The controls, and the policy that is counted."""
        net_of = self.basis.net_of
        return [*self.effects, net_of] if net_of else self.effects


def grounds_of(
    assessment: Assessment,
    basis: Basis,
    links: Sequence[RiskControl],
    policies: Policies = _NO_POLICIES,
) -> Grounds:
    """Of `links_in_use` and `policies_named`; notes on the assessment the policy that it counts.

    Raises ValidationError; the fields are named as the form names them.
    """
    effects = usual_effects(links) if basis.effects is None else basis.effects
    by_key = {link.control_id: link for link in links}
    grounds = Grounds(assessment, basis, effects, by_key, policies)
    faults = dict(_faults_of_controls(grounds))
    if basis.net_of:
        faults |= dict(_faults_of_policy(grounds, basis.net_of))
    for kind in ScoreKind.values:
        faults |= _faults_of_dimensions(assessment, kind, getattr(basis, kind))
        if assessment.method == Method.QUALITATIVE:
            faults |= faults_of_quick(kind, getattr(basis, kind))
    if basis.lec:
        faults |= _faults_of_lec(assessment, basis.lec)
    if faults:
        raise ValidationError(faults)
    if basis.net_of:
        assessment.net_of_policy_id = basis.net_of.policy
        assessment.policy_impact = basis.net_of.impact
        assessment.policy_until = policies[basis.net_of.policy].valid_until
    return grounds


def _faults_of_controls(grounds: Grounds) -> Iterator[tuple[str, str]]:
    assessment, effects = grounds.assessment, grounds.effects
    for effect in effects:
        if fault := _fault_of(effect, grounds.links):
            yield fault
    inherent, residual = _pair(assessment, "inherent"), _pair(assessment, "residual")
    bare = uncovered_axes(inherent, residual, grounds.lowering)
    for axis in bare:
        yield f"residual_{axis}", _uncovered(axis, grounds.links)
    proposed = proposed_residual(inherent, grounds.lowering)
    if not bare and is_below(residual, proposed) and len(assessment.rationale) < ENOUGH:
        words = _("The controls give %(pair)s. Say why it is lower: %(count)d characters at least.")
        yield "rationale", words % {"pair": "{},{}".format(*proposed), "count": ENOUGH}


def _fault_of(effect: Effect, links: Links) -> tuple[str, str] | None:
    link = links.get(effect.control)
    if link is None:
        return "controls", _(
            "A control lowers nothing unless it is in use and linked to this risk."
        )
    if not {effect.probability, effect.impact} <= set(range(MOST_STEPS + 1)):
        return f"counted_{effect.control}", _("A control lowers a score by 0, 1 or 2 steps.")
    if effect.is_counted and has_failed(link) and not prose(effect.answer):
        words = _(
            "%(code)s failed its last check. Say why it counts all the same, or count it as 0."
        )
        return f"answer_{effect.control}", words % {"code": link.control.code}
    return None


def _faults_of_policy(grounds: Grounds, net_of: NetOf) -> Iterator[tuple[str, str]]:
    """A policy pays; it does not make anybody less hurt."""
    if net_of.policy not in grounds.policies:
        yield (
            "net_of_policy",
            _("Only a policy that is in force counts. Choose another one, or none."),
        )
    if not 1 <= net_of.impact <= MOST_STEPS:
        yield "policy_impact", _("A policy lowers the impact by 1 or 2 steps.")
    before, after = (grounds.basis.injury(kind) for kind in ScoreKind.values)
    if before and after and after < before and not any(one.impact for one in grounds.effects):
        words = _(
            "A policy makes no injury smaller. Keep its score, or count a control that lowers the impact."
        )
        yield "net_of_policy", words


def _uncovered(axis: str, links: Links) -> str:
    """What to do: count one that is there, or link one first."""
    if not links:
        return _(
            "No control, no reduction: link a control in use to this risk, then count it here."
        )
    if axis == "probability":
        return _(
            "No control, no reduction: count one that lowers the probability, or keep the score."
        )
    return _("No control, no reduction: count one that lowers the impact, or keep the score.")


def _faults_of_dimensions(
    assessment: Assessment, kind: str, scores: tuple[Score, ...]
) -> dict[str, str]:
    if not scores:
        return {}
    names = [one.dimension for one in scores]
    if len(set(names)) < len(names) or not set(names) <= set(Dimension.values):
        return {f"{kind}_impact": _("Each dimension is scored once.")}
    if not {one.score for one in scores} <= set(SCORES):
        return {f"{kind}_impact": _("Choose scores from 1 to 5.")}
    worst = max(scores, key=lambda one: one.score)
    if worst.score == getattr(assessment, f"{kind}_impact"):
        return {}
    words = _("The worst counts: %(dimension)s is %(score)d. Choose %(score)d, or change it there.")
    return {f"{kind}_impact": words % {"dimension": worst.label, "score": worst.score}}


def faults_of_quick(kind: str, scores: Sequence[Score]) -> dict[str, str]:
    """High, medium and low stand for three scores: no dimension of a quick assessment has another."""
    words = _("Quick entry has no score %(score)d: clear it here, or go to the five scores.")
    return {
        f"{kind}_{one.dimension}": words % {"score": one.score}
        for one in scores
        if one.score not in QUALITATIVE_SCORES.values()
    }


def _faults_of_lec(assessment: Assessment, lec: Lec) -> dict[str, str]:
    """The level is the worse of the two: a cell of the matrix that says less than LEC is refused."""
    area = assessment.risk.area
    if area is None or area.code != AREA:
        return {"lec_likelihood": _("LEC is for risks of staff safety. Leave it empty here.")}
    if not lec.is_of_the_tables:
        return {"lec_likelihood": _("L, E and C come out of their tables.")}
    if lec.level <= (assessment.residual_level or 0):
        return {}
    words = _("LEC says %(level)s (%(lec)s). The worse counts: choose scores of that level.")
    return {"residual_probability": words % {"level": lec.level.label, "lec": lec_words(lec)}}


def _pair(assessment: Assessment, kind: str) -> Pair:
    return getattr(assessment, f"{kind}_probability"), getattr(assessment, f"{kind}_impact")
