import gc
from uuid import uuid4

import pytest
from django.utils import translation

from riskhub.web import limits
from tests.cast import *  # noqa: F403 - the cast is for every test
from tests.collected import collected_files
from tests.database import as_owner, django_db_setup
from tests.riskhub.web.browser import chromium, window

# One browser for the whole session: a fixture that is imported twice would start two.
__all__ = ["as_owner", "chromium", "collected_files", "django_db_setup", "window"]


def pytest_collection_modifyitems(items):
    """The longest first: at the end no worker waits for the other to finish its stories."""
    items.sort(key=lambda item: "flows" not in item.path.parts)


def pytest_collection_finish():
    """What was imported and collected stays until the end: the collector need not walk it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _language_of_a_test():
    """The language of the last page that a test asked for ends with the test."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _counts_of_a_test(monkeypatch):
    """What tests do too often, they do under counts of their own: they share one address and one Redis."""
    own = uuid4().hex
    monkeypatch.setattr(limits, "_NAMES", f"limit:{own}")
