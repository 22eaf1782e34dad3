"""Attempts on assessments and reassessment tasks."""

from django.utils import timezone

from assessments.models import (
    Assessment,
    MatrixCell,
    ReassessmentTask,
)
from tests.assessments.reassessing import ask_again
from tests.assessments.three_ways.world import Ways, settled
from tests.assessments.views.assessment_forms import URL as ASSESS
from tests.assessments.views.assessment_forms import answers
from tests.builders import assess

PAIR = ("probability", "impact")


def judged(inherent, residual):
    return {
        "risk": "R001", "inherent": dict(zip(PAIR, inherent, strict=True)),
        "residual": dict(zip(PAIR, residual, strict=True)), "rationale": "三起同类事件",
    }  # fmt: skip


def typed_scores(inherent, residual):
    names = [f"{kind}_{axis}" for kind in ("inherent", "residual") for axis in PAIR]
    return answers(**dict(zip(names, (*inherent, *residual), strict=True)))


def stored_scores(world, inherent, residual, state="submitted"):
    """The row itself, with the levels of the cells."""
    levels = {
        (cell.probability, cell.impact): cell.level for cell in MatrixCell.objects.filter(scheme=1)
    }
    Assessment.objects.create(
        risk=world.risk, scheme_id=1, state=state, assessor=world.manager, rationale="x",
        submitted_at=timezone.now(),
        inherent_probability=inherent[0], inherent_impact=inherent[1],
        inherent_level=levels[inherent],
        residual_probability=residual[0], residual_impact=residual[1],
        residual_level=levels[residual],
    )  # fmt: skip
    settled()


def second_pending(world):
    assess(world.risk, (5, 5), (5, 5), by=world.manager)
    scores = (5, 5), (5, 5)
    return Ways(
        (world.manager, ASSESS, typed_scores(*scores)),
        (world.manager, "assessments/", judged(*scores)),
        lambda: stored_scores(world, *scores),
    )


def own_confirmation(world):
    one = assess(world.risk, (5, 5), (5, 5), by=world.manager)
    return Ways(
        (world.manager, "/assessments/waiting/", {"chosen": [one.pk], "decision": "confirm"}),
        (world.manager, f"assessments/{one.pk}/confirm/", None),
        lambda: Assessment.objects.update(
            state="confirmed", confirmed_at=timezone.now(), confirmed_by=world.manager
        ),
    )


def no_control(world):
    scores = (3, 3), (2, 2)
    return Ways(
        (world.manager, ASSESS, typed_scores(*scores)),
        (world.manager, "assessments/", judged(*scores)),
        lambda: stored_scores(world, *scores),
    )


def residual_above(world):
    scores = (3, 2), (3, 4)
    return Ways(
        (world.manager, ASSESS, typed_scores(*scores)),
        (world.manager, "assessments/", judged(*scores)),
        lambda: stored_scores(world, *scores),
    )


def waived_without_reason(world):
    task = ask_again(world.risk, by=world.manager)
    path, body = f"reassessments/{task.pk}/waive/", {"reason": " "}
    return Ways(
        (world.manager, f"/{path}", body | {"row_version": task.row_version}),
        (world.manager, path, body, "post", {"if_match": f'"{task.row_version}"'}),
        lambda: ReassessmentTask.objects.update(state="waived", closed_at=timezone.now()),
    )
