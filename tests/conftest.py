from tests.cast import *  # noqa: F403 - the cast is for every test
from tests.database import as_owner, django_db_setup

__all__ = ["as_owner", "django_db_setup"]
