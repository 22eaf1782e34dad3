import pytest
from django.db import transaction

from tests.access.world import build_world


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """Built once; every test of the package takes back what it does, and all of it goes at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)
