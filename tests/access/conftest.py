import pytest

from tests.access.world import build_world
from tests.standing import standing


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """Built once; every test of the package takes back what it does, and all of it goes at the end."""
    with standing(django_db_blocker):
        yield build_world()
