"""The audit events of one thing, newest last."""

from riskhub.audit.models import AuditEvent


def events_of(obj, *, action=None):
    """Dicts of what a test asserts: action, who, reason, before, after."""
    found = AuditEvent.objects.filter(
        object_type=obj._meta.db_table, object_id=str(obj.pk)
    ).order_by("id")
    if action:
        found = found.filter(action=action)
    return list(found.values("action", "actor_name", "reason", "before", "after"))


def actions_of(obj):
    return [event["action"] for event in events_of(obj)]
