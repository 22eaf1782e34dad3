import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """The sentences are compared in English; tests/catalogue.py holds their Chinese."""
    with translation.override("en"):
        yield
