from typing import TYPE_CHECKING, Self

from django.db import models

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.company.calendar import Quarter
from riskhub.reports.choices import ReportState

if TYPE_CHECKING:
    from riskhub.reports.models import Report, ReportSnapshot  # noqa: F401 - the querysets' own rows

# A report shows the whole company, so only roles that see the whole company read it.
READERS = (Role.RISK_MANAGER, Role.APPROVER, Role.FINANCE, Role.AUDITOR)


class SnapshotQuerySet(models.QuerySet["ReportSnapshot"]):
    def visible_to(self, user: User) -> Self:
        return self if user.roles.everywhere(*READERS) else self.none()

    def newest_of(self, kind: str, quarter: Quarter) -> "ReportSnapshot | None":
        """The highest revision of one period, or None."""
        of_period = self.filter(kind=kind, period_start=quarter.starts_on)
        return of_period.order_by("-revision").first()


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        return self if user.roles.everywhere(*READERS) else self.none()

    def ready(self) -> Self:
        return self.filter(state=ReportState.READY)

    def newest_first(self) -> Self:
        return self.select_related("snapshot", "file").order_by(
            "-snapshot__period_start", "-snapshot__revision", "locale"
        )
