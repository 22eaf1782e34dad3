import pytest
from django.utils import translation

from tests.cast import *  # noqa: F403 - the cast is for every test
from tests.database import as_owner, django_db_setup

__all__ = ["as_owner", "django_db_setup"]


@pytest.fixture(autouse=True)
def _language_of_a_test():
    """The language of the last page that a test asked for ends with the test."""
    yield
    translation.deactivate()
