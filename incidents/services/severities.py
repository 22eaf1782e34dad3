from typing import Any

from incidents.models import Severity
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_version, save_fields


def edit_severity(severity: Severity, *, by: User, version: int | None, **fields: Any) -> Severity:  # noqa: ANN401 - model fields
    """For what comes in from now on: clocks that run stay as they were promised.

    Raises StaleVersion when somebody saved since `version` was read.
    """
    with acting(by, "severity.edited"):
        stored = lock_version(severity, version)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.full_clean()
        return save_fields(stored, **fields)
