"""Write what a judgement rests on; `assessments.grounds` has checked it."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from assessments.choices import ScoreKind
from assessments.effects import Effect
from assessments.grounds import Grounds
from assessments.models import Assessment, AssessmentControl, ImpactScore, LecScore
from registers.models import RiskControl
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.entry.texts import prose


def keep_grounds(all_grounds: Sequence[Grounds], *, by: User | None) -> None:
    """Write what these fresh assessments rest on, in two queries for all."""
    with acting(by, "assessment.submitted"):
        _keep(all_grounds)


def _keep(all_grounds: Sequence[Grounds]) -> None:
    today = timezone.localdate()
    controls, scores = [], []
    for grounds in all_grounds:
        effects = {one.control: one for one in grounds.effects}
        for key, link in grounds.links.items():
            effect = effects.get(key, Effect(key))
            controls.append(_counted(grounds.assessment, link, effect, today))
        for kind in ScoreKind.values:
            scores += [
                ImpactScore(
                    assessment=grounds.assessment, kind=kind, dimension=one.dimension,
                    score=one.score, note=prose(one.note),
                )
                for one in getattr(grounds.basis, kind)
            ]  # fmt: skip
    AssessmentControl.objects.bulk_create(controls, batch_size=2000)
    ImpactScore.objects.bulk_create(scores, batch_size=2000)
    lecs = [
        LecScore(
            assessment=one.assessment, likelihood=lec.likelihood, exposure=lec.exposure,
            consequence=lec.consequence,
        )
        for one in all_grounds
        if (lec := one.basis.lec)
    ]  # fmt: skip
    if lecs:
        LecScore.objects.bulk_create(lecs, batch_size=2000)


def _counted(
    assessment: Assessment, link: RiskControl, effect: Effect, today: date
) -> AssessmentControl:
    control = link.control
    due_on = control.next_check_on
    return AssessmentControl(
        assessment=assessment, control=control, probability=effect.probability,
        impact=effect.impact, answer=prose(effect.answer) if effect.is_counted else "",
        check_result=control.last_result or "", checked_on=control.last_done_on,  # type: ignore[attr-defined]
        sample_size=control.last_sample, exceptions=control.last_exceptions,  # type: ignore[attr-defined]
        was_overdue=due_on is not None and due_on < today,
    )  # fmt: skip
