"""The product beside a reference model: each step is tried on both, and both must say the same.

A few random stories in every run, always the same ones; RISKHUB_MODEL_STORIES=500 tells so many other
ones. What fails is not made shorter: that would take minutes.
"""

import os

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from assessments.services import (
    CannotConfirm,
    CannotDecide,
    HasLivePlan,
    NotReached,
    OwnAction,
    OwnGap,
    OwnRequest,
    PendingAssessment,
    PlanIncomplete,
    PutItLive,
    RisksNotJudged,
)
from assessments.services.schemes import CannotDecideScheme, SchemeIncomplete
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from tests.assessments.reference.people import PEOPLE
from tests.contingency import at_once

STORIES = int(os.environ.get("RISKHUB_MODEL_STORIES", "0"))
REFUSALS = (
    PermissionDenied, ValidationError, WrongState, StaleVersion, CannotConfirm, CannotDecide,
    CannotDecideScheme, HasLivePlan, NotReached, OwnAction, OwnGap, OwnRequest,
    PendingAssessment, PlanIncomplete, PutItLive, RisksNotJudged, SchemeIncomplete,
)  # fmt: skip
"""What a service or a permission says no with. What only the database refuses is a divergence."""
people = st.sampled_from(PEOPLE)
mostly = st.sampled_from([True, True, True, False])


class Beside(RuleBasedStateMachine):
    """One story: everything it writes is taken back at its end."""

    def __init__(self, cast):
        super().__init__()
        self.cast = cast
        self._story = transaction.atomic()
        self._story.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self._story.__exit__(None, None, None)

    def both(self, expected, step):
        """`expected` of the model: whether the step works. What is refused leaves nothing behind."""
        said = ""
        try:
            with transaction.atomic():
                step()
                at_once()
        except REFUSALS as refusal:
            said = repr(refusal)
        worked = not said
        assert worked is bool(expected), f"model: {expected}, product: {worked} {said}"


def require(*answers):
    """As a view asks before it calls the service."""
    if not all(answers):
        raise PermissionDenied


def sees(model, user, obj):
    return model.objects.visible_to(user).filter(pk=obj.pk).exists()


def tell_stories(machine, steps, stories=8):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=STORIES or stories, stateful_step_count=steps, derandomize=not STORIES,
            deadline=None, database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.generate], report_multiple_bugs=False,
        ),
    )  # fmt: skip
