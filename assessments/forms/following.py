"""What follows in the form of an assessment from what was changed in it."""

from collections.abc import Sequence
from typing import Any

from assessments.effects import AXES, proposed_residual
from assessments.forms.assessments import KINDS, LOWEST_QUICK, AssessmentForm
from assessments.forms.dimensions import worst_of

FOLLOWED_BY = {
    "inherent-scores": ("residual",), "inherent-dimensions": ("inherent", "residual"),
    "counted-controls": ("residual",), "net-of-policy": ("residual",),
    "residual-dimensions": ("residual",),
}  # fmt: skip
"""Parts of the page (by their id), and whose scores follow when one is changed."""


def follow(form: AssessmentForm, changed: str) -> Sequence[str]:
    """Whose scores a preview answers with, now that the part was `changed` and others follow from it.

    Scores and controls propose the residual; what was chosen otherwise gives way to it, until somebody
    chooses again. The worst dimension is the impact, whatever is chosen beside it.
    """
    parts = FOLLOWED_BY.get(changed, ())
    moved = [_decide(form, "inherent")]
    if "residual" in parts and changed != "residual-dimensions":
        _propose(form)
    moved.append(_decide(form, "residual"))
    return [kind for kind in KINDS if kind in parts or kind in moved]


def _decide(form: AssessmentForm, kind: str) -> str:
    """The kind, where its impact was not what its worst dimension says and is now."""
    name, worst = f"{kind}_impact", worst_of(form, kind)
    field: Any = form.fields[name]
    offered = {str(score) for score, _label in field.choices}
    if worst is None or str(worst.score) not in offered:
        return ""
    if str(form.initial.get(name)) == str(worst.score):
        return ""
    form.initial[name] = worst.score
    return kind


def _propose(form: AssessmentForm) -> None:
    inherent = [str(form[f"inherent_{axis}"].value()) for axis in AXES]
    if set(inherent) <= set("12345"):
        proposed = proposed_residual((int(inherent[0]), int(inherent[1])), form.lowering)
        for axis, score in zip(AXES, proposed, strict=True):
            lowest = LOWEST_QUICK if form.is_quick else 1
            form.initial[f"residual_{axis}"] = max(score, lowest)
