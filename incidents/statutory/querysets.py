from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from incidents.incidents.choices import INCIDENT_OVER
from incidents.incidents.querysets import incidents_of
from incidents.statutory.choices import ClockAnswer
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from incidents.models import StatutoryClock, StatutoryRule  # noqa: F401 - named in quotes


class RuleQuerySet(models.QuerySet["StatutoryRule"]):
    def confirmed(self) -> Self:
        """Those that somebody who knows the law has looked at: the others remind nobody."""
        return self.exclude(confirmed_at=None)


class ClockQuerySet(models.QuerySet["StatutoryClock"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(incident__in=incidents_of(self).visible_to(user))

    def unanswered(self) -> Self:
        return self.filter(answer=ClockAnswer.NONE)

    def running(self) -> Self:
        """Not answered, of incidents that are not over."""
        return self.unanswered().exclude(incident__state__in=INCIDENT_OVER)

    def to_remind(self, now: datetime) -> Self:
        return self.running().filter(remind_at__lte=now, due_at__gt=now)

    def late(self, now: datetime) -> Self:
        return self.running().filter(due_at__lte=now)
