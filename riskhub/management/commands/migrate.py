from typing import Any

from django.core.management.commands import migrate

from riskhub.management.ownership import as_owner


class Command(migrate.Command):
    """Django's migrate, as the database's owner."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]):
            super().handle(*args, **options)
