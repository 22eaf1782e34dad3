from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251 - a framework hook, see below


class AuditConfig(AppConfig):
    """After each migrate every table has the audit trigger, and the run-time role its rights."""

    name = "riskhub.audit"

    def ready(self) -> None:
        from riskhub.audit import protection  # noqa: PLC0415 - needs the app registry

        post_migrate.connect(
            protection.after_migrate, sender=self, dispatch_uid="riskhub.audit.protection"
        )
