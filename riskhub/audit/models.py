from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Left, Upper

from riskhub.audit.choices import Operation
from riskhub.audit.fields import TransactionIdField
from riskhub.audit.querysets import EventQuerySet


class AuditEvent(models.Model):
    """One change of one row, written by the generic trigger; nobody can change or remove it.

    `before` and `after` hold the changed keys only. Users are kept as id and name, not as a foreign
    key: the event outlives the person's row.
    """

    at = models.DateTimeField()
    transaction_id = TransactionIdField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.TextField()
    action = models.TextField()
    reason = models.TextField()
    request_id = models.UUIDField(null=True)
    operation = models.TextField(choices=Operation.choices)
    object_type = models.TextField()
    object_id = models.TextField()
    object_label = models.TextField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    ip_prefix = models.TextField()

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_event_object"),
            models.Index(fields=["actor_id", "id"], name="audit_event_actor"),
            models.Index(fields=["actor_name", "id"], name="audit_event_name"),
            models.Index(fields=["action", "id"], name="audit_event_action"),
            models.Index(fields=["request_id", "id"], name="audit_event_group"),
            models.Index(fields=["transaction_id"], name="audit_event_transaction"),
            models.Index(fields=["at"], name="audit_event_time"),
            # A code in whatever case, or how a name begins.
            models.Index(
                OpClass(Upper("object_label"), name="text_pattern_ops"),
                "id",
                name="audit_event_label",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}"


class AuditSeal(models.Model):
    """The place of one committed event in the chain: hash = sha256(previous hash || event)."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.DO_NOTHING, related_name="seal")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    # What is hashed: 1 the event, 2 with its transaction and `sealed_at`.
    form = models.PositiveSmallIntegerField(default=1, db_default=1)

    class Meta:
        # A hash that somebody kept is found again by how it begins.
        indexes = [models.Index(Left("hash", 12), name="audit_seal_hash")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"
