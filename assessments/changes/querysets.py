"""Who sees which process changes, and which of them wait."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from assessments.choices import (
    OPEN_CHANGE_STATES,
    PENDING_CHANGE_STATES,
    ChangeState,
    ReassessmentState,
)
from registers.querysets import READERS, risk_scope
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from assessments.models import ChangeRisk, ProcessChange  # noqa: F401 - named in quotes

_OPEN_TASK = Q(
    risks__task__state=ReassessmentState.OPEN, risks__removed_reason="", risks__waived_reason=""
)


class ChangeQuerySet(models.QuerySet["ProcessChange"]):
    def visible_to(self, user: User) -> Self:
        """Of one's departments; and once handed in, those that ask for a risk that one sees."""
        held = user.deciding_roles
        if held.everywhere(*READERS):
            return self
        own = Q(department__in=held.department_ids(*READERS))
        rows = apps.get_model("assessments", "ChangeRisk")._default_manager
        asking = rows.filter(risk_scope(user, "risk__"), removed_reason="").values("change")
        return self.filter(own | (Q(pk__in=asking) & ~Q(state=ChangeState.DRAFT)))

    def open(self) -> Self:
        """Not yet over: a change that is live still waits for its review."""
        return self.filter(state__in=OPEN_CHANGE_STATES)

    def waiting(self) -> Self:
        """For the risk manager's next step: handed in, with every risk judged, or live and not reviewed."""
        rows = apps.get_model("assessments", "ChangeRisk")._default_manager
        open_ones = rows.filter(
            removed_reason="", waived_reason="", task__state=ReassessmentState.OPEN
        )
        is_judged = Q(state=ChangeState.ASSESSING) & ~Q(pk__in=open_ones.values("change"))
        steps = [ChangeState.SUBMITTED, ChangeState.READY, ChangeState.IMPLEMENTED]
        return self.filter(Q(state__in=steps) | is_judged)

    def for_list(self) -> Self:
        """With how many risks each asks for, and how many of these are still to be judged."""
        return self.select_related("department", "requested_by").annotate(
            asked=Count("risks", filter=Q(risks__removed_reason="")),
            to_do=Count("risks", filter=_OPEN_TASK),
        )


class ChangeRiskQuerySet(models.QuerySet["ChangeRisk"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "risk__"))

    def asked(self) -> Self:
        """Not taken off the list."""
        return self.filter(removed_reason="")

    def with_waiving(self) -> Self:
        """Each with the moment in which it was waived for its change."""
        events = apps.get_model("audit", "AuditEvent")._default_manager.filter(
            object_type=self.model._meta.db_table, action="reassessment.waived",
            object_id=Cast(OuterRef("pk"), models.TextField()),
        )  # fmt: skip
        return self.annotate(waived_at=Subquery(events.order_by("-id").values("at")[:1]))

    def to_do(self) -> Self:
        """Those whose task is still open and that are not waived for their change."""
        return self.asked().filter(task__state=ReassessmentState.OPEN, waived_reason="")

    def waiting(self) -> Self:
        """Those that keep a change from going live."""
        return self.to_do().filter(change__state__in=PENDING_CHANGE_STATES)
