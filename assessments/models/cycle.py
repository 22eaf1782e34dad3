from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessments.choices import CYCLE_NEXT_STATES, CycleState


class ReviewCycle(models.Model):
    """The review of one quarter. It is owed by the calendar and made once, whoever derives it."""

    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=8, choices=CycleState.choices, default=CycleState.PLANNED)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = CYCLE_NEXT_STATES

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="review_cycle_once"),
            models.CheckConstraint(
                name="review_cycle_quarter_1_to_4", condition=Q(quarter__range=(1, 4))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}"
