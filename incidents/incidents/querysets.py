"""Who sees which incidents, and what was lost by them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, Q, Sum
from django.utils import timezone

from assessments.models import Action
from incidents.incidents.choices import INCIDENT_OVER, RECOVERIES, IncidentState
from registers.models import Risk
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.company.models import CompanySetting
from riskhub.company.preferences import preference
from riskhub.search.words import each_word_in

if TYPE_CHECKING:
    from incidents.models import (  # noqa: F401 - named in quotes
        Incident,
        IncidentFact,
        IncidentMeasure,
        IncidentRisk,
        InjuredPerson,
        LossEntry,
    )

READERS = (Role.RISK_MANAGER, Role.AUDITOR, Role.APPROVER, Role.FINANCE)
DUTY_MANAGER = "duty_manager"


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user: User) -> Self:
        """All for readers of the whole company and the duty manager; else one's departments' and one's own.

        One's own are those that one reported and those that one looks into.
        """
        if user.roles.everywhere(*READERS):
            return self.all()
        ids = user.roles.department_ids(*READERS, Role.DEPARTMENT_HEAD)
        duty = CompanySetting.objects.filter(key=DUTY_MANAGER, value=user.pk)
        return self.filter(
            Q(department__in=ids) | Q(reporter=user) | Q(investigator=user) | Exists(duty)
        )

    def open(self) -> Self:
        return self.exclude(state__in=INCIDENT_OVER)

    def files_over(self) -> Self:
        """Closed for so long, they or the one that they repeat, that their files are not needed any more."""
        days = preference("incident_files_kept_days")
        if days is None:
            return self.none()
        before = timezone.now() - timedelta(days=days)
        return self.filter(Q(closed_at__lt=before) | Q(duplicate_of__closed_at__lt=before))

    def worded(self, text: str) -> Self:
        """Each word stands in the text, in the place, in the order or in the number."""
        return self.filter(each_word_in(text, "text", "place", "order_ref", "code"))

    def for_list(self) -> Self:
        """With `hurt`, how many people were injured."""
        return self.select_related("kind", "department").annotate(hurt=Count("injured"))

    def for_page(self) -> Self:
        return self.select_related("kind", "department", "service_line", "reporter", "investigator")


class InjuredQuerySet(models.QuerySet["InjuredPerson"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(incident__in=incidents_of(self).visible_to(user))

    def to_forget(self, before: datetime) -> Self:
        """Those whose name is kept though the incident, or the one that it repeats, was closed by then."""
        closed = Q(incident__closed_at__lt=before)
        repeated = Q(incident__duplicate_of__closed_at__lt=before)
        return self.filter(closed | repeated).exclude(person_name="")


class FactQuerySet(models.QuerySet["IncidentFact"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(incident__in=incidents_of(self).visible_to(user))


class LinkQuerySet(models.QuerySet["IncidentRisk"]):
    def visible_to(self, user: User) -> Self:
        """Of whoever sees both."""
        seen = Risk.objects.visible_to(user)
        return self.filter(incident__in=incidents_of(self).visible_to(user), risk__in=seen)


class MeasureQuerySet(models.QuerySet["IncidentMeasure"]):
    def visible_to(self, user: User) -> Self:
        """Of whoever sees both."""
        seen = Action.objects.visible_to(user)
        return self.filter(incident__in=incidents_of(self).visible_to(user), action__in=seen)


class LossQuerySet(models.QuerySet["LossEntry"]):
    def of_incidents_visible_to(self, user: User) -> Self:
        return self.filter(incident__in=incidents_of(self).visible_to(user))

    def counted(self) -> Self:
        """Without what was taken back, and without what stands on an incident that was reported twice."""
        return self.filter(withdrawn_reason="").exclude(incident__state=IncidentState.DUPLICATE)

    def totals(self) -> dict[str, Decimal | None]:
        """Gross, recovered and net in yuan; None where nothing is known, which is not 0. One query."""
        is_recovery = Q(kind__in=RECOVERIES)
        sums = self.counted().aggregate(
            gross=Sum("amount", filter=~is_recovery), recovered=Sum("amount", filter=is_recovery)
        )
        net = None if sums["gross"] is None else sums["gross"] - (sums["recovered"] or 0)
        return {**sums, "net": net}


def incidents_of(rows: models.QuerySet[Any]) -> IncidentQuerySet:
    """Models import this module, and not the other way round."""
    field: Any = rows.model._meta.get_field("incident")
    found: IncidentQuerySet = field.related_model.objects
    return found
