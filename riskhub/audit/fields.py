from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class TransactionIdField(models.BigIntegerField[int, int]):
    """PostgreSQL's 64-bit transaction id, by which the sealer tells committed events from open ones."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 - one database only
        return "xid8"

    def from_db_value(self, value: Any, *_args: Any) -> int | None:  # noqa: ANN401 - Django's signature
        return None if value is None else int(value)

    def get_db_prep_value(
        self,
        value: Any,  # noqa: ANN401 - Django's signature
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - one database only
        prepared: bool = False,  # noqa: ARG002 - Django's signature
    ) -> str | None:
        """As text: nothing compares an xid8 with a number."""
        return None if value is None else str(value)
