from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from riskhub.audit.models import AuditEvent  # noqa: F401 - named in quotes


class EventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, obj: models.Model) -> Self:
        """The events of one row, newest first."""
        return self.filter(object_type=obj._meta.db_table, object_id=str(obj.pk)).order_by("-id")

    def unsealed(self) -> Self:
        return self.filter(seal__isnull=True)
