"""What production refuses to start with, each refusal in one sentence."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from riskhub.company.preferences import preference

DEMO_DATA = "This database holds the demo company, whose sign-ins are known: production needs one of its own."


def refuse_demo_data() -> None:
    """Called where the web server loads the application; a database that is down is not its matter."""
    if settings.IS_PRODUCTION and holds_demo_data():
        raise ImproperlyConfigured(DEMO_DATA)
    connection.close()  # what the server's children inherit must not be shared


def check_demo_data(
    *,
    databases: Sequence[str] | None = None,
    **_kwargs: Any,  # noqa: ANN401 - Django's signature
) -> list[checks.Error]:
    """The same for `migrate`, which comes before every process of a deployment."""
    if databases and settings.IS_PRODUCTION and holds_demo_data():
        return [checks.Error(DEMO_DATA, id="riskhub.E001")]
    return []


def holds_demo_data() -> bool:
    try:
        with transaction.atomic():
            return bool(preference("is_demo"))
    except DatabaseError:
        return False
