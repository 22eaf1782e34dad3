"""What the audit has recorded since a moment: action, table, operation, changed fields."""

from riskhub.audit.models import AuditEvent


class Trail:
    """`trail = Trail()`, do something, `trail.events()`."""

    def __init__(self):
        self.since = AuditEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0

    def rows(self):
        return list(AuditEvent.objects.filter(id__gt=self.since).order_by("id"))

    def events(self):
        """[(action, table, operation)] in order."""
        return [(e.action, e.object_type, e.operation) for e in self.rows()]

    def only(self, table):
        """The one event of that table."""
        (event,) = [e for e in self.rows() if e.object_type == table]
        return event
