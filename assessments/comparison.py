"""The former assessment beside the new one: what is judged otherwise, and what was found since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.choices import AssessmentState
from assessments.effects import Effect, NetOf
from assessments.matrix import Cell
from assessments.models import Assessment, AssessmentControl
from assessments.previews import Preview
from registers.choices import Effectiveness
from registers.models import RiskControl

_KINDS = (
    ("inherent", gettext_lazy("Inherent")), ("residual", gettext_lazy("Residual")),
    ("target", gettext_lazy("Target")),
)  # fmt: skip


@dataclass(frozen=True)
class Scored:
    """A pair of scores then and now, as 4,3; empty where there was or is none."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Differing:
    """What is otherwise about a control: in words."""

    code: str
    words: str


@dataclass(frozen=True)
class Comparison:
    scores: Sequence[Scored]
    controls: Sequence[Differing]


def compare(
    former: Assessment,
    preview: Preview,
    links: Iterable[RiskControl],
    effects: Iterable[Effect],
    net_of: NetOf | None = None,
) -> Comparison:
    """With the scores chosen so far; one query for the controls of the former one."""
    scores = [
        Scored(str(label), _pair_of(former, kind), _pair_words(getattr(preview, kind)))
        for kind, label in _KINDS
    ]
    then = {row.control_id: row for row in former.controls.select_related("control")}
    chosen = {one.control: one for one in effects}
    controls = [] if not then else list(_controls(then, links, chosen))
    controls += _policy(former, net_of)
    return Comparison([one for one in scores if one.before or one.after], controls)


def name_former(newest_first: Sequence[Assessment]) -> None:
    """Give each the one that counted before it as `former`, where its residual is another one."""
    counted: Assessment | None = None
    for one in reversed(newest_first):
        pair = one.residual_probability, one.residual_impact
        is_other = counted and (counted.residual_probability, counted.residual_impact) != pair
        one.former = counted if is_other else None  # type: ignore[attr-defined]
        if one.state in (AssessmentState.CONFIRMED, AssessmentState.SUPERSEDED):
            counted = one


def _controls(
    then: Mapping[int, AssessmentControl],
    links: Iterable[RiskControl],
    chosen: Mapping[int, Effect],
) -> Iterable[Differing]:
    seen = set()
    for link in links:
        seen.add(link.control_id)
        row, code = then.get(link.control_id), link.control.code
        if row is None:
            yield Differing(code, _("new since then"))
            continue
        now = chosen.get(link.control_id, Effect(link.control_id))
        if (row.probability, row.impact) != (now.probability, now.impact):
            words = _("counted %(before)s, now %(after)s")
            before = steps_words(row.probability, row.impact)
            after = steps_words(now.probability, now.impact)
            yield Differing(code, words % {"before": before, "after": after})
        if row.checked_on != link.control.last_done_on:  # type: ignore[attr-defined]
            yield Differing(code, _checks(row, link))
    for key, row in then.items():
        if key not in seen:
            yield Differing(row.control.code, _("no longer in use on this risk"))


def _policy(former: Assessment, net_of: NetOf | None) -> Iterable[Differing]:
    """Of the policy that was counted then."""
    if former.net_of_policy is None:
        return
    is_same = net_of is not None and net_of.policy == former.net_of_policy_id
    after = net_of.impact if net_of and is_same else 0
    if not former.net_of_policy.is_in_force:
        yield Differing(former.net_of_policy.code, _("no longer in force"))
    elif after != former.policy_impact:
        words = _("counted %(before)s, now %(after)s")
        pair = {"before": steps_words(0, former.policy_impact), "after": steps_words(0, after)}
        yield Differing(former.net_of_policy.code, words % pair)


def _checks(row: AssessmentControl, link: RiskControl) -> str:
    before = check_words(row.check_result, row.sample_size, row.exceptions)
    control = link.control
    after = check_words(control.last_result, control.last_sample, control.last_exceptions)  # type: ignore[attr-defined]
    return _("check: %(before)s, now %(after)s") % {"before": before, "after": after}


def check_words(result: str | None, sample: int | None, exceptions: int | None) -> str:
    """What was found, and how much of the sample was good: "Effective, 18 of 20"."""
    if not result:
        return _("never checked")
    label = str(Effectiveness(result).label)
    if not sample:
        return label
    good = sample - (exceptions or 0)
    return _("%(result)s, %(good)d of %(sample)d") % {
        "result": label,
        "good": good,
        "sample": sample,
    }


def steps_words(probability: int, impact: int) -> str:
    """What a control was counted for: "probability -1, impact -2", or "0"."""
    parts = []
    if probability:
        parts.append(_("probability −%(steps)d") % {"steps": probability})
    if impact:
        parts.append(_("impact −%(steps)d") % {"steps": impact})
    return ", ".join(parts) or "0"


def _pair_of(assessment: Assessment, kind: str) -> str:
    pair = getattr(assessment, f"{kind}_probability"), getattr(assessment, f"{kind}_impact")
    return "" if None in pair else "{},{}".format(*pair)


def _pair_words(cell: Cell | None) -> str:
    return "{},{}".format(*cell.pair) if cell else ""
