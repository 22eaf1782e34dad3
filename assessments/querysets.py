from typing import TYPE_CHECKING, Self

from django.db import models

from assessments.choices import LIVE_PLAN_STATES, ActionState, AssessmentState, SchemeState
from registers.choices import PlanState
from registers.querysets import risk_scope
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from assessments.models import Action, Assessment, MatrixScheme, ResponsePlan  # noqa: F401 - named in quotes


class SchemeQuerySet(models.QuerySet["MatrixScheme"]):
    def in_force(self) -> Self:
        return self.filter(state=SchemeState.IN_FORCE)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "risk__"))

    def confirmed(self) -> Self:
        return self.filter(state=AssessmentState.CONFIRMED)

    def waiting(self) -> Self:
        """Submitted, for another person to confirm."""
        return self.filter(state=AssessmentState.SUBMITTED)


class PlanQuerySet(models.QuerySet["ResponsePlan"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "risk__"))

    def live(self) -> Self:
        """Neither closed, rejected nor withdrawn: a risk has one such plan at most."""
        return self.filter(state__in=LIVE_PLAN_STATES)

    def awaiting_approval(self) -> Self:
        return self.filter(state=PlanState.SUBMITTED)


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "plan__risk__"))

    def pending(self) -> Self:
        return self.filter(state__in=[ActionState.OPEN, ActionState.DOING])

    def finished(self) -> Self:
        return self.filter(state__in=[ActionState.DONE, ActionState.VERIFIED])
